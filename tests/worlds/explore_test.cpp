// The explorer: what it finds, what it proves, that it repeats itself, and that it says so when the program does not.
#include "worlds/virtual/explore.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <set>

#include "worlds/virtual/world.hpp"

namespace rota::testing {
namespace {

using E = env::Explored;
using explore::Memory;
using explore::Method;
using explore::Options;

template <class F> E::thread thread(const char* name, F body) {
  return E::thread(ThreadOptions{.name = name, .pu = std::nullopt}, std::move(body));
}

struct Pair {
  E::atomic<int> x{0}, y{0};
};

// Two threads that each write one and read the other: the store buffer's litmus test.
template <class Out> auto store_buffering(Out& out) {
  return [&out] {
    Pair pair;
    int a = 0, b = 0;
    auto one = thread("one", [&] {
      pair.x.store(1, Order::relaxed);
      a = pair.y.load(Order::relaxed);
    });
    auto two = thread("two", [&] {
      pair.y.store(1, Order::relaxed);
      b = pair.x.load(Order::relaxed);
    });
    one.join();
    two.join();
    const explore::OutsideArena outside;
    out.insert({a, b});
  };
}

explore::Verdict dfs(const std::function<void()>& program, Memory memory = Memory::relaxed) {
  return explore::explore({.memory = memory, .method = Method::dfs}, program);
}

TEST(Explorer, SearchesEveryScheduleAndSaysSo) {
  std::set<std::pair<int, int>> seen;
  const auto verdict = dfs(store_buffering(seen), Memory::sc);
  EXPECT_TRUE(verdict.passed && verdict.complete);
  EXPECT_EQ(verdict.executions, 3U) << "one for each class of equivalent schedules";
  EXPECT_EQ(seen.size(), 3U);
}

TEST(Explorer, ShowsWhatWeakMemoryAllows) {
  std::set<std::pair<int, int>> seen;
  EXPECT_TRUE(dfs(store_buffering(seen)).complete);
  EXPECT_TRUE(seen.contains({0, 0}));
  EXPECT_EQ(seen.size(), 4U);
}

TEST(Explorer, DoesNotShowLoadBuffering) {
  std::set<std::pair<int, int>> seen;
  const auto program = [&seen] {
    Pair pair;
    int a = 0, b = 0;
    auto one = thread("one", [&] {
      a = pair.x.load(Order::relaxed);
      pair.y.store(1, Order::relaxed);
    });
    auto two = thread("two", [&] {
      b = pair.y.load(Order::relaxed);
      pair.x.store(1, Order::relaxed);
    });
    one.join();
    two.join();
    const explore::OutsideArena outside;
    seen.insert({a, b});
  };
  EXPECT_TRUE(dfs(program).complete);
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_FALSE(seen.contains({1, 1}));
  EXPECT_NE(explore::limits().at(0).find("Load buffering"), std::string::npos);
}

TEST(Explorer, FindsADeadlockAndSaysWhoWaitsWhere) {
  const auto verdict = dfs([] {
    E::mutex first, second;
    auto other = thread("other", [&] {
      second.lock();
      first.lock();
      first.unlock();
      second.unlock();
    });
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
    other.join();
  });
  ASSERT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "deadlock");
  EXPECT_NE(verdict.failure.sentence.find("other for a mutex at explore_test.cpp"), std::string::npos)
      << verdict.failure.sentence;
}

TEST(Explorer, FindsARaceOnACellInOneExecution) {
  const auto racy = [] {
    E::cell<int> plain;
    E::atomic<bool> ready{false};
    auto writer = thread("writer", [&] {
      plain.write(1);
      ready.store(true, Order::relaxed);
    });
    if (ready.load(Order::acquire)) (void)plain.read();
    writer.join();
  };
  const auto verdict = dfs(racy);
  ASSERT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "race");
}

TEST(Explorer, AcceptsACellThatAReleasePublishes) {
  const auto fine = [] {
    E::cell<int> plain;
    E::atomic<bool> ready{false};
    auto writer = thread("writer", [&] {
      plain.write(1);
      ready.store(true, Order::release);
    });
    if (ready.load(Order::acquire)) (void)plain.read();
    writer.join();
  };
  const auto verdict = dfs(fine);
  EXPECT_TRUE(verdict.passed && verdict.complete) << verdict.failure.sentence;
}

// Full fences order what may be read, but they publish nothing by themselves.
TEST(Explorer, DoesNotTakeTwoFencesForASynchronisation) {
  const auto verdict = dfs([] {
    E::cell<int> plain;
    auto writer = thread("writer", [&] {
      plain.write(1);
      E::full_fence();
    });
    E::full_fence();
    (void)plain.read();
    writer.join();
  });
  EXPECT_EQ(verdict.failure.id, "race");
}

TEST(Explorer, LetsADeadlinePassBeforeOrAfterAWake) {
  std::set<bool> woken;
  const auto verdict = dfs([&] {
    E::parker parker;
    auto waker = thread("waker", [&] { (void)parker.unpark(); });
    const bool result = parker.park_until(E::now() + std::chrono::seconds(1));
    waker.join();
    const explore::OutsideArena outside;
    woken.insert(result);
  });
  EXPECT_TRUE(verdict.complete);
  EXPECT_EQ(woken.size(), 2U);
}

TEST(Explorer, TakesSpinningForWaiting) {
  const auto verdict = dfs([] {
    E::atomic<int> flag{0};
    auto other = thread("other", [&] { flag.store(1, Order::relaxed); });
    while (flag.load(Order::relaxed) == 0) E::relax();
    other.join();
  });
  EXPECT_TRUE(verdict.passed && verdict.complete) << verdict.failure.sentence;
}

TEST(Explorer, FindsThatNobodyEndsASpin) {
  const auto verdict = dfs([] {
    const E::atomic<int> flag{0};
    while (flag.load(Order::relaxed) == 0) E::relax();
  });
  EXPECT_EQ(verdict.failure.id, "deadlock");
  EXPECT_NE(verdict.failure.sentence.find("spinning"), std::string::npos);
}

TEST(Explorer, EndsWhatDoesNotEndByItself) {
  const auto verdict = dfs([] {
    E::atomic<int> count{0};
    while (count.fetch_add(1, Order::relaxed) >= 0) continue;
  });
  EXPECT_EQ(verdict.failure.id, "endless");
}

TEST(Explorer, TakesACrashForAFinding) {
  const auto verdict = dfs([] {
    E::atomic<int*> pointer{nullptr};
    *static_cast<volatile int*>(pointer.load(Order::relaxed)) = 1;
  });
  EXPECT_EQ(verdict.failure.id, "crash");
}

// Two increments that are a load and a store: one of them may be lost.
void lose_an_increment() {
  E::atomic<int> count{0};
  const auto add = [&] { count.store(count.load(Order::relaxed) + 1, Order::relaxed); };
  auto other = thread("other", add);
  add();
  other.join();
  if (count.load(Order::relaxed) != 2) explore::fail("T3", "an increment was lost");
}

class EveryMethod : public ::testing::TestWithParam<Method> {};
INSTANTIATE_TEST_SUITE_P(Methods, EveryMethod, ::testing::Values(Method::random, Method::pct, Method::dfs));

TEST_P(EveryMethod, FindsALostUpdateAndAReplayShowsTheSame) {
  const auto verdict =
      explore::explore({.memory = Memory::sc, .method = GetParam(), .max_executions = 10'000}, lose_an_increment);
  ASSERT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "T3");
  EXPECT_FALSE(verdict.failure.steps.empty());
  const auto again = explore::explore(
      {.memory = Memory::sc, .method = Method::replay, .schedule = verdict.failure.schedule}, lose_an_increment);
  EXPECT_EQ(again.executions, 1U);
  EXPECT_EQ(again.failure.id, "T3");
  EXPECT_EQ(again.failure.trace_hash, verdict.failure.trace_hash);
}

TEST_P(EveryMethod, IsTheSameForTheSameSeed) {
  const Options options{.method = GetParam(), .seed = 7, .max_executions = 50};
  std::set<std::pair<int, int>> seen;
  const auto first = explore::explore(options, store_buffering(seen));
  const auto second = explore::explore(options, store_buffering(seen));
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
  const auto verdict = explore::explore({.method = GetParam(), .max_executions = 100, .twice = true}, leaky);
  ASSERT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "leak");
}

TEST(Explorer, RefusesAScheduleThatDoesNotFit) {
  const auto verdict = explore::explore({.method = Method::replay, .schedule = "9"}, lose_an_increment);
  EXPECT_EQ(verdict.failure.id, "diverged");
  EXPECT_THROW((void)explore::explore({.method = Method::replay, .schedule = "0!"}, lose_an_increment),
               std::invalid_argument);
}

TEST(Explorer, WithABoundFindsOnlyWhatThatManyPreemptionsShow) {
  const auto bounded = [](unsigned preemptions) {
    return explore::explore({.memory = Memory::sc, .method = Method::dfs, .preemptions = preemptions},
                            lose_an_increment);
  };
  EXPECT_TRUE(bounded(0).passed);
  EXPECT_TRUE(bounded(0).complete);
  EXPECT_FALSE(bounded(1).passed);
}

TEST(Explorer, DoesNotGrowWithTheNumberOfExecutions) {
  const auto peak = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
  };
  std::set<std::pair<int, int>> seen;
  const auto run = [&](std::uint64_t executions) {
    (void)explore::explore({.method = Method::random, .max_executions = executions}, store_buffering(seen));
  };
  run(1000);
  const long before = peak();
  run(200'000);
  EXPECT_LT(peak() - before, 4096) << "KiB";
}

TEST(Explorer, ListsThePlacesThatAccessSharedMemoryAndWeakensOne) {
  const auto publish = [] {
    E::cell<int> plain;
    E::atomic<bool> ready{false};
    auto writer = thread("writer", [&] {
      plain.write(1);
      ready.store(true, Order::release);
    });
    if (ready.load(Order::acquire)) (void)plain.read();
    writer.join();
  };
  const auto places = explore::explore({.method = Method::dfs, .sites = true}, publish).sites;
  ASSERT_EQ(places.size(), 2U);
  for (const auto& place : places) {
    const auto weaker = explore::explore({.method = Method::dfs, .weakened = place, .weaker = Order::relaxed}, publish);
    EXPECT_EQ(weaker.failure.id, "race") << place.what;
  }
}

}  // namespace
}  // namespace rota::testing
