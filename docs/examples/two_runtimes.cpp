// Two runtimes in one process that know nothing of each other: one for what must answer soon, one for what takes long.
#include <cstdint>
#include <cstdio>

#include "reactor/registry.hpp"
#include "runtime/runtime.hpp"
#include "runtime/sleep.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/work_stealing.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using namespace std::chrono_literals;
using E = env::Real;

Job<E, std::uint64_t> take_long(std::uint64_t steps) {
  std::uint64_t state = 1;
  for (std::uint64_t i = 0; i < steps; ++i) state = state * 6364136223846793005U + 1442695040888963407U;
  co_return state;
}

// Runs on `soon`, and waits for a task of `late` as for one of its own. No worker of `soon` is held meanwhile.
Job<E> ask(Executor<E>& late) {
  JoinHandle<E, std::uint64_t> far = late.spawn(take_long(1'000'000));
  std::printf("the answer is %s\n", co_await far == 0xce8eefe99cd3cc41U ? "right" : "wrong");
}

Job<E> sleep_long() { co_await sleep_for<E>(1h); }

Job<E, bool> was_cancelled(JoinHandle<E>& other) {
  try {
    co_await other;
  } catch (const TaskCancelled&) {
    co_return true;
  }
  co_return false;
}

}  // namespace

int main() {
  const Topology host = Topology::host();
  Runtime<E, schedulers::Fifo<E>> soon(Placement(host, "none", 1), {}, {}, make_reactor<E>());
  {
    Runtime<E, schedulers::WorkStealing<E>> late(Placement(host, "none", 2), {.spin = 10}, {.ring = 64},
                                                 make_reactor<E>());
    soon.block_on(ask(late));
    JoinHandle<E> asleep = late.spawn(sleep_long());
    auto watching = soon.spawn(was_cancelled(asleep));
    late.shutdown();  // ends its tasks, and tells those of other runtimes who wait for them
    std::printf("%s ended, its last task was cancelled: %s\n", late.policy().data(),
                watching.join_blocking() ? "yes" : "no");
  }
  soon.block_on([]() -> Job<E> {
    std::printf("the other one goes on\n");
    co_return;
  }());
}
