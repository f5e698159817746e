// Two runtimes in one process: they do not know each other, yet tasks of one may await tasks of the other; and wakers
// that outlive everything.
#include <gtest/gtest.h>

#include "runtime/sync/event.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

Job<E, int> doubled(int value) {
  co_await yield();
  co_return 2 * value;
}
Job<E, int> sum_over_there(Executor<E>& other, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    auto join = other.spawn(doubled(i));
    sum += co_await join;
  }
  co_return sum;
}

TEST(TwoRuntimes, AwaitEachOthersTasks) {
  auto left = rt(2);
  auto right = rt<ManyQueues>(2);
  auto from_left = left.spawn(sum_over_there(right, 500));
  auto from_right = right.spawn(sum_over_there(left, 500));
  EXPECT_EQ(from_left.join_blocking(), 499 * 500);
  EXPECT_EQ(from_right.join_blocking(), 499 * 500);
  EXPECT_EQ(left.counters().spawned, 501U);
  EXPECT_EQ(right.counters().spawned, 501U);
}

Job<E, bool> sees_the_end_of(JoinHandle<E>& join) {
  bool cancelled = false;
  try {
    co_await join;
  } catch (const TaskCancelled&) {
    cancelled = true;
  }
  co_return cancelled;
}
Job<E> waits_for(Event<E>& event) { co_await event; }

TEST(TwoRuntimes, TellTheirJoinersOfTheirShutdown) {
  Event<E> never_set;
  auto here = rt(2);
  for (int i = 0; i < rounds(300); ++i) {
    auto there = rt(1);
    auto far = there.spawn(waits_for(never_set));
    auto near = here.spawn(sees_the_end_of(far));
    if (i % 2 == 0) run_nothing(here);
    there.shutdown();
    EXPECT_TRUE(near.join_blocking());
  }
}

TEST(TwoRuntimes, MayEndWhileTheirTasksAwaitTheOthers) {
  Event<E> go;
  auto there = rt(1);
  auto far = there.spawn(waits_for(go));
  {
    auto here = rt(1);
    auto near = here.spawn(sees_the_end_of(far));
    run_nothing(here);
    here.shutdown();
    EXPECT_THROW(near.join_blocking(), TaskCancelled);
  }
  EXPECT_FALSE(far.ended());
  go.set();
  far.join_blocking();
}

// Ends of one runtime's tasks wake the other's while that one shuts down.
TEST(TwoRuntimes, MayShutDownWhileTheOthersWakesArrive) {
  auto there = rt(2);
  for (int i = 0; i < rounds(300); ++i) {
    auto here = rt(2);
    std::vector<JoinHandle<E, int>> joins;
    for (int k = 0; k < 4; ++k) joins.push_back(here.spawn(sum_over_there(there, 1000)));
    for (int wait = i % 20; wait > 0; --wait) std::this_thread::yield();
    here.shutdown();
    const Counters now = here.counters();
    EXPECT_EQ(now.spawned, now.finished + now.cancelled);
  }
}

TEST(StaleWakers, AreRefusedAfterTheEndOfTaskAndRuntime) {  // W3
  std::vector<Waker<E>> wakers;
  WakerBox box;
  {
    auto runtime = rt(2);
    auto join = runtime.spawn([](WakerBox& from) -> Job<E> {
      for (int i = 0; i < 10; ++i) co_await from.wait();
    }(box));
    for (int i = 0; i < 10; ++i) {
      wakers.push_back(box.take());
      EXPECT_TRUE(wakers.back().wake());
    }
    join.join_blocking();
    for (const auto& waker : wakers) EXPECT_FALSE(waker.wake()) << "after completion";
    auto cancelled = runtime.spawn([](WakerBox& from) -> Job<E> { co_await from.wait(); }(box));
    wakers.push_back(box.take());
    cancelled.cancel();
    EXPECT_THROW(cancelled.join_blocking(), TaskCancelled);
    EXPECT_FALSE(wakers.back().wake()) << "after cancellation";
    runtime.spawn([](WakerBox& from) -> Job<E> { co_await from.wait(); }(box)).detach();
    wakers.push_back(box.take());
    runtime.shutdown();
    EXPECT_FALSE(wakers.back().wake()) << "after shutdown";
  }
  for (const auto& waker : wakers) EXPECT_FALSE(waker.wake()) << "after the end of the runtime";
  auto again = rt(2);  // whose tasks live in the same slots
  auto join = again.spawn([](WakerBox& from) -> Job<E> { co_await from.wait(); }(box));
  const Waker<E> fresh = box.take();
  for (const auto& waker : wakers) EXPECT_FALSE(waker.wake()) << "in another task's life";
  EXPECT_TRUE(fresh.wake());
  join.join_blocking();
}

TEST(StaleWakers, DoNotDisturbTasksThatComeAndGoInTheirSlots) {  // W3
  std::mutex mutex;
  std::vector<Waker<E>> old;
  std::atomic<bool> over{false};
  std::thread pest([&] {
    while (!over) {
      const std::scoped_lock lock(mutex);
      for (const auto& waker : old) EXPECT_FALSE(waker.wake());
    }
  });
  WakerBox box;
  auto runtime = rt(2);
  for (int i = 0; i < rounds(5000); ++i) {
    auto join = runtime.spawn([](WakerBox& from) -> Job<E, int> {
      co_await from.wait();
      co_return 1;
    }(box));
    const Waker<E> waker = box.take();
    EXPECT_TRUE(waker.wake());
    EXPECT_EQ(join.join_blocking(), 1);
    const std::scoped_lock lock(mutex);
    if (old.size() < 64)
      old.push_back(waker);
    else
      old[static_cast<std::size_t>(i) % 64] = waker;
  }
  over = true;
  pest.join();
}

}  // namespace
}  // namespace rota::testing
