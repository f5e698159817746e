// Embassy's executor allocates nothing once it has begun: tasks are static there. Here their slots are carved at first
// use and then used again, and the run list is in the tasks. A program of its own, for its operator new counts.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "reactor/registry.hpp"
#include "runtime/runtime.hpp"
#include "runtime/sync/event.hpp"
#include "schedulers/embassy.hpp"
#include "worlds/local.hpp"

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t bytes) {
  ++allocations;
  if (void* const memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace rota::schedulers {
namespace {

using L = env::Local;
constexpr std::size_t most = 64;

Job<L, int> waits(Event<L>& event, int value) {
  co_await yield();
  co_await event.wait();
  co_return value;
}

// Spawns, yields, waits, wakes and joins, as often as tasks fit.
Job<L, int> round(Executor<L>& executor) {
  Event<L> event;
  std::array<JoinHandle<L, int>, most> joins;
  for (std::size_t i = 0; i < most; ++i) joins[i] = executor.spawn(waits(event, 1));
  co_await yield();
  co_await yield();
  event.set();
  int sum = 0;
  for (auto& join : joins) sum += co_await join;
  co_return sum;
}

TEST(Embassy, AllocatesNothingAfterItsStart) {
  const Topology host = Topology::host();
  Runtime<L, Embassy<L>> runtime(Placement(host, "none", 1), {}, {}, make_reactor<L>());
  EXPECT_EQ(runtime.block_on(round(runtime)), int{most});  // slots are carved
  const std::size_t before = allocations;
  EXPECT_GT(before, 0U);
  int sum = 0;
  for (int i = 0; i < 100; ++i) sum += runtime.block_on(round(runtime));
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(sum, 100 * int{most});
}

}  // namespace
}  // namespace rota::schedulers
