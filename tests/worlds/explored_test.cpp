// The explored world: what it finds and proves, that it repeats itself, and says so when the program does not.
#include "worlds/explored/explore.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <set>

#include "tests/worlds/store_buffering.hpp"

namespace rota::testing {
namespace {

using explored::Memory;
using explored::Method;

explored::Verdict dfs(const std::function<void()>& program, Memory memory = Memory::relaxed) {
  return explored::explore({.memory = memory, .method = Method::dfs}, program);
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
    const explored::OutsideArena outside;
    seen.insert({a, b});
  };
  EXPECT_TRUE(dfs(program).complete);
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_FALSE(seen.contains({1, 1}));
  EXPECT_NE(explored::limits().at(0).find("Load buffering"), std::string::npos);
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
  EXPECT_NE(verdict.failure.sentence.find("other for a mutex at explored_test.cpp"), std::string::npos)
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
    const explored::OutsideArena outside;
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

TEST(Explorer, TakesAnAbortAndAnExceptionForFindings) {
  const auto aborts = dfs([] {
    if (E::atomic<int>(0).load(Order::relaxed) == 0) std::abort();
  });
  EXPECT_EQ(aborts.failure.id, "crash");
  const auto throws = dfs([] { thread("other", [] { throw std::runtime_error("no room"); }).join(); });
  EXPECT_EQ(throws.failure.id, "usage");
  EXPECT_EQ(throws.failure.sentence, "other threw: no room");
}

TEST(Explorer, DoesNotGrowWithTheNumberOfExecutions) {
  const auto peak = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
  };
  std::set<std::pair<int, int>> seen;
  const auto run = [&](std::uint64_t executions) {
    (void)explored::explore({.method = Method::random, .max_executions = executions}, store_buffering(seen));
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
  const auto places = explored::explore({.method = Method::dfs, .sites = true}, publish).sites;
  ASSERT_EQ(places.size(), 2U);
  for (const auto& place : places) {
    const auto weaker =
        explored::explore({.method = Method::dfs, .weakened = place, .weaker = Order::relaxed}, publish);
    EXPECT_EQ(weaker.failure.id, "race") << to_string(place.kind);
  }
}

}  // namespace
}  // namespace rota::testing
