// Tasks in a runtime: spawning, joining, wakes from outside, counters, budget, and the rules that are refused.
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "runtime/sync/event.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

class Runtimes : public ::testing::TestWithParam<unsigned> {
 protected:
  Runtime<E, OneQueue<E>> runtime = rt(GetParam());
};
INSTANTIATE_TEST_SUITE_P(Workers, Runtimes, ::testing::Values(1U, 2U, 4U));

Job<E, int> answer(int value) {
  co_await yield();
  co_return value;
}
Job<E, int> failure(std::string what) {
  co_await yield();
  throw std::runtime_error(what);
}

TEST_P(Runtimes, GiveTheValueOfATask) { EXPECT_EQ(runtime.block_on(answer(42)), 42); }

TEST_P(Runtimes, GiveTheExceptionOfATask) {
  try {
    runtime.block_on(failure("as told"));
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "as told");
  }
}

Job<E, int> sum_of_tasks(Executor<E>& executor, int count) {
  std::vector<JoinHandle<E, int>> joins;
  for (int i = 0; i < count; ++i) joins.push_back(executor.spawn(answer(i)));
  int sum = 0;
  for (auto& join : joins) sum += co_await join;
  co_return sum;
}
TEST_P(Runtimes, JoinTasksFromATask) { EXPECT_EQ(runtime.block_on(sum_of_tasks(runtime, 1000)), 499'500); }

Job<E, int> catches(Executor<E>& executor) {
  auto join = executor.spawn(failure("inner"));
  int caught = 0;
  try {
    co_await join;
  } catch (const std::runtime_error&) {
    caught = 1;
  }
  co_return caught;
}
TEST_P(Runtimes, ThrowATasksExceptionWhereItIsJoined) { EXPECT_EQ(runtime.block_on(catches(runtime)), 1); }

Job<E, std::unique_ptr<int>> move_only(std::unique_ptr<int> value) {
  co_await yield();
  co_return std::move(value);
}
TEST_P(Runtimes, MoveResultsThatCannotBeCopied) {
  EXPECT_EQ(*runtime.block_on(move_only(std::make_unique<int>(5))), 5);
}

Job<E> waits(Event<E>& event) { co_await event; }

TEST_P(Runtimes, FinishDetachedTasksThatNobodyJoins) {
  const std::uint64_t before = runtime.counters().finished;
  for (int i = 0; i < 500; ++i) runtime.spawn(answer(i)).detach();
  wait_until([&] { return runtime.counters().finished == before + 500; });
}

TEST_P(Runtimes, LetAHandleBeDroppedBeforeAndAfterTheEnd) {
  for (int i = 0; i < rounds(2000); ++i) {
    Event<E> go;
    {
      auto early = runtime.spawn(waits(go));
    }
    auto late = runtime.spawn(waits(go));
    go.set();
    if (i % 2 == 0) wait_until([&] { return late.ended(); });
    // Whatever is left of both must not touch `go` any more when it ends.
    wait_until([&] { return runtime.counters().finished == 2U * static_cast<unsigned>(i + 1); });
  }
}

TEST_P(Runtimes, CountEveryTaskAtAllTimes) {  // T3
  std::atomic<bool> over{false};
  std::thread observer([&] {
    while (!over.load()) {
      const Counters now = runtime.counters();
      EXPECT_LE(now.finished + now.cancelled, now.spawned);
    }
  });
  for (int i = 0; i < 20; ++i) runtime.block_on(sum_of_tasks(runtime, 100));
  over = true;
  observer.join();
  wait_until([&] { return runtime.counters().finished == 20 * 101; });
  EXPECT_EQ(runtime.counters().spawned, 20U * 101U);
  EXPECT_EQ(runtime.counters().cancelled, 0U);
}

// W5: plain data, written before a wake from a thread that no runtime knows, is there after the resume.
Job<E, std::uint64_t> reads_after_wakes(WakerBox& box, const std::uint64_t& data, std::uint64_t times) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < times; ++i) {
    co_await box.wait();
    sum += data;
  }
  co_return sum;
}
TEST_P(Runtimes, ShowAResumedTaskWhatWasWrittenBeforeItsWake) {
  constexpr std::uint64_t times = sanitized ? 2000 : 20'000;
  WakerBox box;
  std::uint64_t data = 0;
  auto join = runtime.spawn(reads_after_wakes(box, data, times));
  for (std::uint64_t i = 1; i <= times; ++i) {
    const Waker<E> waker = box.take();
    data = i;
    ASSERT_TRUE(waker.wake());
    ASSERT_FALSE(waker.wake()) << "W2";
  }
  EXPECT_EQ(join.join_blocking(), times * (times + 1) / 2);
}

TEST(RuntimeBudget, LetsOthersRunBesideATaskWhoseAwaitsAreAlwaysReady) {
  auto runtime = rt(1, {.budget = 16});
  Event<E> always;
  always.set();
  Atomic<bool> stop{false};
  auto greedy = runtime.spawn([](Event<E>& event, Atomic<bool>& over) -> Job<E, int> {
    int turns = 0;
    for (; !over.load(Order::acquire); ++turns) co_await event;
    co_return turns;
  }(always, stop));
  wait_until([&] { return runtime.counters().yielded > 2; });
  EXPECT_EQ(runtime.block_on(answer(1)), 1);
  stop.store(true, Order::release);
  EXPECT_GT(greedy.join_blocking(), 16);
}

TEST(RuntimeBudget, ForcesAYieldAfterAsManyReadyAwaits) {
  auto runtime = rt(1, {.budget = 10});
  Event<E> always;
  always.set();
  runtime.block_on([](Event<E>& event) -> Job<E> {
    for (int i = 0; i < 100; ++i) co_await event;
  }(always));
  EXPECT_EQ(runtime.counters().yielded, 10U);
}

Job<E, int> blocks_inside(Executor<E>& inner) { co_return inner.block_on(answer(3)); }

TEST(RuntimeRules, RefuseBlockOnInsideATaskOfTheSameRuntime) {
  auto runtime = rt(1);
  EXPECT_THROW(runtime.block_on(blocks_inside(runtime)), UsageError);
  EXPECT_EQ(runtime.block_on(answer(4)), 4) << "the refusal did no harm";
}
TEST(RuntimeRules, RefuseBlockOnInsideATaskOfAnotherRuntime) {
  auto outer = rt(1);
  auto inner = rt(1);
  EXPECT_THROW(outer.block_on(blocks_inside(inner)), UsageError);
  EXPECT_EQ(inner.counters().spawned, 0U);
}
TEST(RuntimeRules, RefuseBlockOnInsideAFiber) {
  auto runtime = rt(1);
  auto join = runtime.spawn_fiber([&](FiberContext<E>&) { return runtime.block_on(answer(3)); });
  EXPECT_THROW(join.join_blocking(), UsageError);
}
TEST(RuntimeRulesDeath, AHandleThatIsDestroyedWhileItIsAwaitedIsAContractFailure) {
  EXPECT_DEATH(
      {
        auto runtime = rt(1);
        Event<E> never_set;
        std::optional<JoinHandle<E>> join(runtime.spawn(waits(never_set)));
        auto waiter = runtime.spawn([](JoinHandle<E>& other) -> Job<E> { co_await other; }(*join));
        run_nothing(runtime);
        join.reset();
      },
      "usage");
}

}  // namespace
}  // namespace rota::testing
