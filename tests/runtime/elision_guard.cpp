// Spawned frames lie in slots: a compiler that elided their allocation would put them, with nothing in front, on the
// spawner's stack. This source is compiled at every optimisation level.
#include <unordered_set>

#include "tests/support/suite_at_level.hpp"
#include "tests/support/test_policy.hpp"

namespace rota::testing {
namespace {

std::unordered_set<const void*> all_slots() {
  std::unordered_set<const void*> slots;
  E::global<SlotDepot<E>>().for_each_slot([&](const Task<E>& task) { slots.insert(&task); });
  return slots;
}

// Gives the address of the frame that awaits it, without a suspension.
struct FrameAddress {
  void* address = nullptr;
  static bool await_ready() noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> frame) noexcept {
    address = frame.address();
    return false;
  }
  void* await_resume() const noexcept { return address; }
};

Job<E, void*> own_frame() { co_return co_await FrameAddress(); }
Job<E, void*> child_then_own_frame() {
  void* const child = co_await own_frame();
  void* const own = co_await FrameAddress();
  co_return child == own ? nullptr : own;
}
Job<E, int> spawn_many(Executor<E>& executor, std::vector<void*>& frames) {
  std::vector<JoinHandle<E, void*>> joins;
  for (int i = 0; i < 100; ++i) joins.push_back(executor.spawn(own_frame()));
  for (auto& join : joins) frames.push_back(co_await join);
  co_return 0;
}

TEST_AT_LEVEL(SpawnedFrames, LieInSlotsOfTheirOwn) {
  auto runtime = rt(1);
  std::vector<void*> frames;
  runtime.block_on(spawn_many(runtime, frames));
  for (int i = 0; i < 100; ++i) frames.push_back(runtime.spawn(own_frame()).join_blocking());
  for (int i = 0; i < 100; ++i) frames.push_back(runtime.block_on(child_then_own_frame()));
  const auto slots = all_slots();
  for (void* const frame : frames) EXPECT_TRUE(slots.contains(Task<E>::of_body(frame)));
}

TEST_AT_LEVEL(SpawnedFrames, ThatAreAliveTogetherShareNoSlot) {
  auto runtime = rt(1);
  Job<E, void*> first = own_frame();
  Job<E, void*> second = own_frame();
  auto a = runtime.spawn(std::move(first));
  auto b = runtime.spawn(std::move(second));
  wait_until([&] { return a.ended() && b.ended(); });
  EXPECT_NE(a.join_blocking(), b.join_blocking());
}

TEST_AT_LEVEL(SpawnedFrames, TakeOneSlotEachAndGiveItBack) {
  auto runtime = rt(1);
  std::vector<void*> frames;
  runtime.block_on(spawn_many(runtime, frames));
  const std::size_t carved = all_slots().size();
  for (int i = 0; i < 50; ++i) runtime.block_on(spawn_many(runtime, frames));
  EXPECT_EQ(all_slots().size(), carved) << "slots were lost";
}

TEST_AT_LEVEL(SpawnedFrames, ThatWereNeverSpawnedGiveTheirSlotBackToo) {
  {
    const Job<E, void*> unused = own_frame();
  }
  const std::size_t carved = all_slots().size();
  for (int i = 0; i < 1000; ++i) const Job<E, void*> unused = own_frame();
  EXPECT_EQ(all_slots().size(), carved);
}

}  // namespace
}  // namespace rota::testing
