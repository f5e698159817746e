// The world of one thread: a runtime whose worker is the thread that waits for it.
#include <gtest/gtest.h>

#include "reactor/registry.hpp"
#include "runtime/fiber.hpp"
#include "runtime/sleep.hpp"
#include "runtime/sync/channel.hpp"
#include "schedulers/fifo.hpp"
#include "tests/support/test_policy.hpp"
#include "worlds/local.hpp"

namespace rota::testing {
namespace {

using L = env::Local;
using LocalRuntime = Runtime<L, schedulers::Fifo<L>>;

LocalRuntime local(unsigned workers = 1, const RuntimeConfig& config = {}) {
  return {unpinned(workers), config, {}, make_reactor<L>()};
}

Job<L, int> twice(int value) {
  co_await yield();
  co_return 2 * value;
}
Job<L, int> sum(Executor<L>& executor, int count) {
  std::vector<JoinHandle<L, int>> joins;
  for (int i = 0; i < count; ++i) joins.push_back(executor.spawn(twice(i)));
  int total = 0;
  for (auto& join : joins) total += co_await join;
  co_return total;
}

TEST(Local, RunsTasksInTheThreadThatWaits) {
  auto runtime = local();
  auto job = []() -> Job<L, std::thread::id> { co_return std::this_thread::get_id(); };
  EXPECT_EQ(runtime.block_on(job()), std::this_thread::get_id());
}

TEST(Local, SpawnsJoinsAndYields) {
  auto runtime = local();
  EXPECT_EQ(runtime.block_on(sum(runtime, 1000)), 999'000);
  const Counters counters = runtime.counters();
  EXPECT_EQ(counters.spawned, 1001U);
  EXPECT_EQ(counters.finished, 1001U);
}

TEST(Local, RunsNothingUntilItsThreadWaits) {
  auto runtime = local();
  int ran = 0;
  auto job = [](int& count) -> Job<L> {
    ++count;
    co_return;
  };
  auto join = runtime.spawn(job(ran));
  EXPECT_EQ(ran, 0);
  join.join_blocking();
  EXPECT_EQ(ran, 1);
}

TEST(Local, SleepsInItsReactor) {
  auto runtime = local();
  auto job = []() -> Job<L, bool> {
    const TimePoint start = L::now();
    co_await sleep_for<L>(std::chrono::milliseconds(2));
    co_return L::now() - start >= std::chrono::milliseconds(2);
  };
  EXPECT_TRUE(runtime.block_on(job()));
}

TEST(Local, PassesMessagesBetweenCoroutinesAndFibers) {
  auto runtime = local();
  Channel<L, int> channel(2);
  auto sender = runtime.spawn_fiber([&channel](FiberContext<L>& fiber) {
    for (int i = 0; i < 100; ++i) fiber.await(channel.send(i));
  });
  auto receive = [](Channel<L, int>& from) -> Job<L, int> {
    int total = 0;
    for (int i = 0; i < 100; ++i) total += *co_await from.receive();
    co_return total;
  };
  EXPECT_EQ(runtime.block_on(receive(channel)), 4950);
  sender.join_blocking();
}

TEST(Local, EndsTasksThatWaitWhenItIsShutDown) {
  bool destroyed = false;
  struct Guest {
    bool* flag;
    ~Guest() { *flag = true; }
  };
  Event<L> never_set;
  {
    auto runtime = local();
    auto waits = [](Event<L>& event, bool& flag) -> Job<L> {
      Guest guest{&flag};
      co_await event;
    };
    auto join = runtime.spawn(waits(never_set, destroyed));
    runtime.block_on(twice(1));
    EXPECT_FALSE(destroyed);
  }
  EXPECT_TRUE(destroyed);
}

TEST(Local, ForksWithoutAnybodyToHelp) {
  auto runtime = local();
  auto job = []() -> Job<L, int> {
    const auto [a, b] = Forks<L>::here().both([](Forks<L>&) { return 1; }, [](Forks<L>&) { return 2; });
    co_return a + b;
  };
  EXPECT_EQ(runtime.block_on(job()), 3);
}

TEST(Local, HasOneWorkerAndOneRuntimeAThread) {
  EXPECT_THROW((void)local(2), UsageError);
  EXPECT_THROW((void)local(1, {.driver = Driver::thread}), UsageError);
  auto first = local();
  EXPECT_THROW((void)local(), UsageError);
  std::thread([] { EXPECT_EQ(local().block_on(twice(3)), 6); }).join();
}

TEST(Local, MayBeFollowedByAnother) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(local().block_on(twice(i)), 2 * i);
}

TEST(LocalDeath, SaysThatNothingCanEndTheWait) {
  auto waits = [](Event<L>& event) -> Job<L> { co_await event; };
  EXPECT_DEATH(
      {
        Event<L> never_set;
        auto runtime = local();
        runtime.block_on(waits(never_set));
      },
      "nothing is left to run");
}

}  // namespace
}  // namespace rota::testing
