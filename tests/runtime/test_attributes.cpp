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
    std::vector<std::optional<Attributes>>* heard = nullptr;
    Duration quantum{0};
  };
  Listens(const Placement& placement, const Config& config) : OneQueue<World>(placement, {}), config_(config) {}

  WakeHint enqueue(Self* self, Runnable<World> task, EnqueueInfo info) noexcept {
    const Attributes* const told = attributes_of(*task.get());
    config_.heard->push_back(told == nullptr ? std::nullopt : std::optional(*told));
    return OneQueue<World>::enqueue(self, std::move(task), info);
  }
  [[nodiscard]] Duration quantum() const noexcept { return config_.quantum; }

 private:
  const Config config_;
};

struct Heard {
  std::vector<std::optional<Attributes>> all;
  Duration quantum{0};

  template <class Body> void run(Body body, const Attributes* attributes) {
    Runtime<E, Listens<E>> runtime(unpinned(1), {}, {.heard = &all, .quantum = quantum}, reactors().front().make());
    runtime.spawn(body(runtime), attributes).join_blocking();
  }
};

Job<E, int> child(int depth) {
  co_await yield();
  if (depth == 0) co_return 1;
  co_return 1 + co_await child(depth - 1);
}

// It is found wherever the task stopped: at its spawn, in its own frame, in a frame far down its calls; and the parents
// of those frames are still found.
TEST(Attributes, IsKnownAtEveryEnqueueOfItsTask) {
  Heard heard;
  const Attributes attributes{.remaining = 7us, .deadline = TimePoint(9s), .priority = 3};
  int depth = 0;
  heard.run(
      [&](Executor<E>&) -> Job<E> {
        co_await yield();
        depth = co_await child(3);
        co_await yield();
      },
      &attributes);
  EXPECT_EQ(depth, 4);
  ASSERT_EQ(heard.all.size(), 7U);
  for (const auto& told : heard.all) {
    ASSERT_TRUE(told.has_value());
    EXPECT_EQ(told->remaining, 7us);
    EXPECT_EQ(told->deadline, TimePoint(9s));
    EXPECT_EQ(told->priority, 3U);
  }
}

TEST(Attributes, OfATaskWhoseAuthorToldNothingIsNone) {
  Heard heard;
  heard.run([](Executor<E>&) -> Job<E> { (void)co_await child(2); }, nullptr);
  ASSERT_EQ(heard.all.size(), 4U);
  for (const auto& told : heard.all) EXPECT_FALSE(told.has_value());
}

TEST(Attributes, OfAFiberAreKnownAsThoseOfACoroutine) {
  Heard heard;
  Runtime<E, Listens<E>> runtime(unpinned(1), {}, {.heard = &heard.all}, reactors().front().make());
  const Attributes attributes{.weight = 3, .group = 2, .home = 1};
  runtime.spawn_fiber([](FiberContext<E>& fiber) { fiber.yield(); }, &attributes).join_blocking();
  runtime.spawn_fiber([](FiberContext<E>&) {}).join_blocking();
  runtime.shutdown();
  ASSERT_EQ(heard.all.size(), 3U);
  for (std::size_t i = 0; i < 2; ++i) {
    ASSERT_TRUE(heard.all[i].has_value());
    EXPECT_EQ(heard.all[i]->weight, 3U);
    EXPECT_EQ(heard.all[i]->group, 2U);
    EXPECT_EQ(heard.all[i]->home, 1U);
  }
  EXPECT_FALSE(heard.all[2].has_value());
}

TEST(Work, GivesWayAfterEachQuantumAndTellsWhatRemains) {
  Heard heard{.all = {}, .quantum = 10us};
  Attributes attributes{.remaining = 35us};
  heard.run([&](Executor<E>& executor) -> Job<E> { co_await work(executor, {.work = 35us}, &attributes); },
            &attributes);
  std::vector<Duration> remaining;
  for (const auto& told : heard.all) remaining.push_back(told.value().remaining);
  EXPECT_EQ(remaining, (std::vector<Duration>{35us, 25us, 15us, 5us}));
  EXPECT_EQ(attributes.remaining, 0us);
}

TEST(Work, OnAFiberGivesWayAfterEachQuantumToo) {
  Heard heard{.all = {}, .quantum = 10us};
  Attributes attributes{.remaining = 35us};
  Runtime<E, Listens<E>> runtime(unpinned(1), {}, {.heard = &heard.all, .quantum = 10us}, reactors().front().make());
  runtime.spawn_fiber([&](FiberContext<E>& fiber) { work(fiber, runtime, {.work = 35us}, &attributes); }, &attributes)
      .join_blocking();
  runtime.shutdown();
  EXPECT_EQ(heard.all.size(), 4U);
  EXPECT_EQ(attributes.remaining, 0us);
}

TEST(Work, IsCountedAgainstTheQuantumOverSeveralCalls) {
  Heard heard{.all = {}, .quantum = 10us};
  heard.run(
      [](Executor<E>& executor) -> Job<E> {
        for (int i = 0; i < 5; ++i) co_await work(executor, {.work = 4us});
      },
      nullptr);
  EXPECT_EQ(heard.all.size(), 2U);  // 20 us: it gave way once, at 10
}

TEST(Work, OfExactlyAQuantumDoesNotGiveWay) {
  Heard heard{.all = {}, .quantum = 10us};
  heard.run([](Executor<E>& executor) -> Job<E> { co_await work(executor, {.work = 10us}); }, nullptr);
  EXPECT_EQ(heard.all.size(), 1U);
}

TEST(Work, WithoutAQuantumIsDoneInOnePiece) {
  Heard heard;
  Attributes attributes{.remaining = 35us};
  const TimePoint start = E::now();
  heard.run([&](Executor<E>& executor) -> Job<E> { co_await work(executor, {.work = 35us}, &attributes); },
            &attributes);
  EXPECT_GE(E::now() - start, 35us);
  EXPECT_EQ(heard.all.size(), 1U);
  EXPECT_EQ(attributes.remaining, 0us);
}

}  // namespace
}  // namespace rota::testing
