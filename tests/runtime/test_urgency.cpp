// What a policy may know of a task, and work in quanta.
#include <gtest/gtest.h>

#include "runtime/work.hpp"
#include "tests/support/test_policy.hpp"

namespace rota::testing {
namespace {

using namespace std::chrono_literals;

// One queue that writes down what it was told at each enqueue. One worker uses it, after the first spawn.
template <Env World> class Listens : public OneQueue<World> {
 public:
  static constexpr std::string_view name = "listens";
  struct Config {
    std::vector<std::optional<Urgency>>* heard = nullptr;
    Duration quantum{0};
  };
  Listens(const Placement& placement, const Config& config) : OneQueue<World>(placement, {}), config_(config) {}

  WakeHint enqueue(Worker<World>* self, Runnable<World> task, EnqueueInfo info) noexcept {
    const Urgency* const told = urgency_of(*task.get());
    config_.heard->push_back(told == nullptr ? std::nullopt : std::optional(*told));
    return OneQueue<World>::enqueue(self, std::move(task), info);
  }
  [[nodiscard]] Duration quantum() const noexcept { return config_.quantum; }

 private:
  const Config config_;
};

struct Heard {
  std::vector<std::optional<Urgency>> all;
  Duration quantum{0};

  template <class Body> void run(Body body, const Urgency* urgency) {
    Runtime<E, Listens<E>> runtime(unpinned(1), {}, {.heard = &all, .quantum = quantum}, reactors().front().make());
    runtime.spawn(body(runtime), urgency).join_blocking();
  }
};

Job<E, int> child(int depth) {
  co_await yield();
  if (depth == 0) co_return 1;
  co_return 1 + co_await child(depth - 1);
}

// It is found wherever the task stopped: at its spawn, in its own frame, in a frame far down its calls; and the parents
// of those frames are still found.
TEST(Urgency, IsKnownAtEveryEnqueueOfItsTask) {
  Heard heard;
  const Urgency urgency{.remaining = 7us, .deadline = TimePoint(9s), .priority = 3};
  int depth = 0;
  heard.run(
      [&](Executor<E>&) -> Job<E> {
        co_await yield();
        depth = co_await child(3);
        co_await yield();
      },
      &urgency);
  EXPECT_EQ(depth, 4);
  ASSERT_EQ(heard.all.size(), 7U);
  for (const auto& told : heard.all) {
    ASSERT_TRUE(told.has_value());
    EXPECT_EQ(told->remaining, 7us);
    EXPECT_EQ(told->deadline, TimePoint(9s));
    EXPECT_EQ(told->priority, 3U);
  }
}

TEST(Urgency, OfATaskWhoseAuthorToldNothingIsNone) {
  Heard heard;
  heard.run([](Executor<E>&) -> Job<E> { (void)co_await child(2); }, nullptr);
  ASSERT_EQ(heard.all.size(), 4U);
  for (const auto& told : heard.all) EXPECT_FALSE(told.has_value());
}

TEST(Urgency, OfAFiberIsNone) {
  Heard heard;
  Runtime<E, Listens<E>> runtime(unpinned(1), {}, {.heard = &heard.all}, reactors().front().make());
  runtime.spawn_fiber([](FiberContext<E>& fiber) { fiber.yield(); }).join_blocking();
  runtime.shutdown();
  ASSERT_EQ(heard.all.size(), 2U);
  for (const auto& told : heard.all) EXPECT_FALSE(told.has_value());
}

TEST(Work, GivesWayAfterEachQuantumAndTellsWhatRemains) {
  Heard heard{.all = {}, .quantum = 10us};
  Urgency urgency{.remaining = 35us};
  heard.run([&](Executor<E>& executor) -> Job<E> { co_await work(executor, {.work = 35us}, &urgency); }, &urgency);
  std::vector<Duration> remaining;
  for (const auto& told : heard.all) remaining.push_back(told.value().remaining);
  EXPECT_EQ(remaining, (std::vector<Duration>{35us, 25us, 15us, 5us}));
  EXPECT_EQ(urgency.remaining, 0us);
}

TEST(Work, OfExactlyAQuantumDoesNotGiveWay) {
  Heard heard{.all = {}, .quantum = 10us};
  heard.run([](Executor<E>& executor) -> Job<E> { co_await work(executor, {.work = 10us}); }, nullptr);
  EXPECT_EQ(heard.all.size(), 1U);
}

TEST(Work, WithoutAQuantumIsDoneInOnePiece) {
  Heard heard;
  Urgency urgency{.remaining = 35us};
  const TimePoint start = E::now();
  heard.run([&](Executor<E>& executor) -> Job<E> { co_await work(executor, {.work = 35us}, &urgency); }, &urgency);
  EXPECT_GE(E::now() - start, 35us);
  EXPECT_EQ(heard.all.size(), 1U);
  EXPECT_EQ(urgency.remaining, 0us);
}

}  // namespace
}  // namespace rota::testing
