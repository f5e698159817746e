// The explored world's strategies: each finds, repeats and notices.
#include <gtest/gtest.h>

#include <set>

#include "tests/worlds/store_buffering.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::testing {
namespace {

using explored::Memory;
using explored::Method;
using explored::Options;

// Two increments that are a load and a store: one of them may be lost.
void lose_an_increment() {
  E::atomic<int> count{0};
  const auto add = [&] { count.store(count.load(Order::relaxed) + 1, Order::relaxed); };
  auto other = thread("other", add);
  add();
  other.join();
  if (count.load(Order::relaxed) != 2) explored::fail("T3", "an increment was lost");
}

class EveryMethod : public ::testing::TestWithParam<Method> {};
INSTANTIATE_TEST_SUITE_P(Methods, EveryMethod, ::testing::Values(Method::random, Method::pct, Method::dfs));

TEST_P(EveryMethod, FindsALostUpdateAndAReplayShowsTheSame) {
  const auto verdict =
      explored::explore({.memory = Memory::sc, .method = GetParam(), .max_executions = 10'000}, lose_an_increment);
  ASSERT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "T3");
  EXPECT_FALSE(verdict.failure.steps.empty());
  const auto again = explored::explore(
      {.memory = Memory::sc, .method = Method::replay, .schedule = verdict.failure.schedule}, lose_an_increment);
  EXPECT_EQ(again.executions, 1U);
  EXPECT_EQ(again.failure.id, "T3");
  EXPECT_EQ(again.failure.trace_hash, verdict.failure.trace_hash);
}

TEST_P(EveryMethod, IsTheSameForTheSameSeed) {
  const Options options{.method = GetParam(), .seed = 7, .max_executions = 50};
  std::set<std::pair<int, int>> seen;
  const auto first = explored::explore(options, store_buffering(seen));
  const auto second = explored::explore(options, store_buffering(seen));
  EXPECT_EQ(first.trace_hash, second.trace_hash);
  EXPECT_EQ(first.steps, second.steps);
}

TEST_P(EveryMethod, NoticesAProgramThatDependsOnMoreThanItsSchedule) {
  int calls = 0;
  const auto leaky = [&] {
    E::atomic<int> word{0};
    auto other = thread("other", [&] { word.store(1, Order::relaxed); });
    if (++calls % 2 == 0) (void)word.load(Order::relaxed);
    other.join();
  };
  const auto verdict = explored::explore({.method = GetParam(), .max_executions = 100, .twice = true}, leaky);
  ASSERT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "leak");
}

TEST(Explorer, RefusesAScheduleThatDoesNotFit) {
  const auto verdict = explored::explore({.method = Method::replay, .schedule = "9"}, lose_an_increment);
  EXPECT_EQ(verdict.failure.id, "diverged");
  EXPECT_THROW((void)explored::explore({.method = Method::replay, .schedule = "0!"}, lose_an_increment),
               std::invalid_argument);
}

TEST(Explorer, WithABoundFindsOnlyWhatThatManyPreemptionsShow) {
  const auto bounded = [](unsigned preemptions) {
    return explored::explore({.memory = Memory::sc, .method = Method::dfs, .preemptions = preemptions},
                             lose_an_increment);
  };
  EXPECT_TRUE(bounded(0).passed);
  EXPECT_TRUE(bounded(0).complete);
  EXPECT_FALSE(bounded(1).passed);
}

}  // namespace
}  // namespace rota::testing
