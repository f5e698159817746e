// Waiting for time: a sleep, a period, and a deadline for something else.
#include <cstdio>
#include <optional>

#include "reactor/registry.hpp"
#include "runtime/runtime.hpp"
#include "runtime/sleep.hpp"
#include "runtime/sync/event.hpp"
#include "schedulers/fifo.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using namespace std::chrono_literals;
using E = env::Real;

const char* yes_or_no(bool is) { return is ? "yes" : "no"; }

Job<E, int> slow_answer() {
  co_await sleep_for<E>(1h);
  co_return 42;
}

Job<E> timers(Executor<E>& executor) {
  const TimePoint begin = E::now();
  co_await sleep_for<E>(5ms);
  std::printf("slept for 5 ms, or longer: %s\n", yes_or_no(E::now() - begin >= 5ms));

  // A period that does not drift: each deadline is made of the one before, not of now.
  TimePoint next = E::now();
  for (int tick = 1; tick <= 3; ++tick) {
    next += 2ms;
    co_await sleep_until<E>(next);
    std::printf("tick %d, early: %s\n", tick, yes_or_no(E::now() < next));
  }

  Event<E> never_set;
  std::printf("the event came within 1 ms: %s\n", yes_or_no(co_await timeout<E>(1ms, never_set.wait())));

  JoinHandle<E, int> answer = executor.spawn(slow_answer());
  const std::optional<int> in_time = co_await timeout<E>(1ms, answer.join());
  std::printf("the answer came within 1 ms: %s\n", yes_or_no(in_time.has_value()));

  // A deadline ends the wait and not the task: that is for its owner to say.
  answer.cancel();
  try {
    co_await answer;
  } catch (const TaskCancelled& ended) {
    std::printf("%s\n", ended.what());
  }
}

}  // namespace

int main() {
  Runtime<E, schedulers::Fifo<E>> runtime(Placement(Topology::host(), "none", 1), {}, {}, make_reactor<E>());
  runtime.block_on(timers(runtime));
}
