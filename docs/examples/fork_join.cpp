// Fork and join, twice: with a task for each part, and on the workers' own stacks.
#include <cstdint>
#include <cstdio>

#include "reactor/registry.hpp"
#include "runtime/forks.hpp"
#include "runtime/runtime.hpp"
#include "schedulers/work_stealing.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using E = env::Real;

constexpr std::uint64_t grain = 1000;  // numbers that are not worth a part of their own

std::uint64_t add_up(std::uint64_t from, std::uint64_t to) {
  std::uint64_t sum = 0;
  for (std::uint64_t number = from; number < to; ++number) sum += number * number;
  return sum;
}

// The left half is a task, for whichever worker comes by; the right half is awaited here. Either may wait for anything.
Job<E, std::uint64_t> by_tasks(Executor<E>& executor, std::uint64_t from, std::uint64_t to) {
  if (to - from <= grain) co_return add_up(from, to);
  const std::uint64_t middle = from + (to - from) / 2;
  JoinHandle<E, std::uint64_t> left = executor.spawn(by_tasks(executor, from, middle));
  const std::uint64_t right = co_await by_tasks(executor, middle, to);
  co_return right + co_await left;
}

// Both halves are plain calls: one may be taken by an idle worker, none may wait. A fork that nobody takes costs about
// as much as the call.
std::uint64_t by_forks(Forks<E>& here, std::uint64_t from, std::uint64_t to) {
  if (to - from <= grain) return add_up(from, to);
  const std::uint64_t middle = from + (to - from) / 2;
  const auto [left, right] = here.both([=](Forks<E>& on) { return by_forks(on, from, middle); },
                                       [=](Forks<E>& on) { return by_forks(on, middle, to); });
  return left + right;
}
Job<E, std::uint64_t> forking(std::uint64_t to) { co_return by_forks(Forks<E>::here(), 0, to); }

}  // namespace

int main() {
  Runtime<E, schedulers::WorkStealing<E>> runtime(Placement(Topology::host(), "none", 2), {}, {}, make_reactor<E>());
  std::printf("by tasks: %lu\n", runtime.block_on(by_tasks(runtime, 0, 1'000'000)));
  std::printf("by forks: %lu\n", runtime.block_on(forking(1'000'000)));
}
