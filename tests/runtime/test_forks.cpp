// Fork and join on a worker's own stack: every part runs once, wherever it runs, and its join sees what it did (F1).
#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

std::uint64_t fib(Forks<E>& here, unsigned n) {
  if (n < 2) return n;
  const auto [a, b] =
      here.both([n](Forks<E>& on) { return fib(on, n - 1); }, [n](Forks<E>& on) { return fib(on, n - 2); });
  return a + b;
}

// Adds one to each of a range, halving it: no addition may be lost or made twice.
void mark(Forks<E>& here, std::span<int> range) {
  if (range.size() <= 1) {
    for (int& each : range) ++each;
    return;
  }
  const std::size_t half = range.size() / 2;
  here.both([&](Forks<E>& on) { mark(on, range.first(half)); }, [&](Forks<E>& on) { mark(on, range.subspan(half)); });
}

Job<E, std::uint64_t> fib_task(unsigned n) { co_return fib(Forks<E>::here(), n); }

class Forked : public ::testing::TestWithParam<unsigned> {};

TEST_P(Forked, GiveTheResultsOfTheirParts) {
  auto runtime = rt(GetParam());
  EXPECT_EQ(runtime.block_on(fib_task(20)), 6765U);
}

TEST_P(Forked, RunEachPartOnce) {
  auto runtime = rt<ManyQueues>(GetParam());
  for (int i = 0; i < rounds(20); ++i) {
    std::vector<int> ran(10'000);
    auto job = [](std::span<int> range) -> Job<E> {
      mark(Forks<E>::here(), range);
      co_return;
    };
    runtime.block_on(job(ran));
    EXPECT_EQ(std::accumulate(ran.begin(), ran.end(), 0), 10'000);
    EXPECT_EQ(*std::max_element(ran.begin(), ran.end()), 1);
  }
}

TEST_P(Forked, OfManyTasksAtOnceDoNotMix) {
  auto runtime = rt(GetParam());
  std::vector<JoinHandle<E, std::uint64_t>> joins;
  for (unsigned n = 0; n < 18; ++n) joins.push_back(runtime.spawn(fib_task(n)));
  std::uint64_t previous = 1, value = 0;
  for (auto& join : joins) {
    EXPECT_EQ(join.join_blocking(), value);
    value += std::exchange(previous, value);
  }
}

INSTANTIATE_TEST_SUITE_P(Workers, Forked, ::testing::Values(1U, 2U, 4U));

TEST(Forks, AreRunByAnIdleWorkerThatSlept) {
  auto runtime = rt(2);
  run_nothing(runtime);
  // Two parts that wait for each other can only end if two workers run them.
  auto job = []() -> Job<E> {
    Atomic<int> arrived{0};
    const auto meet = [&arrived](Forks<E>& here) {
      arrived.fetch_add(1, Order::acq_rel);
      // The other worker takes what is shared, and it is shared at a fork.
      while (arrived.load(Order::acquire) < 2) here.both([](Forks<E>&) {}, [](Forks<E>&) {});
    };
    Forks<E>::here().both(meet, meet);
    co_return;
  };
  runtime.block_on(job());
}

TEST(Forks, GiveOnWhatTheLeftPartThrows) {
  auto runtime = rt(2);
  auto job = []() -> Job<E, int> {
    int ran = 0;
    try {
      Forks<E>::here().both([](Forks<E>&) { throw std::runtime_error("left"); }, [&ran](Forks<E>&) { ++ran; });
    } catch (const std::runtime_error&) {
      ran += 10;
    }
    co_return ran;
  };
  const int ran = runtime.block_on(job());
  EXPECT_TRUE(ran == 10 || ran == 11) << ran;  // 11: somebody else had begun the right part
}

TEST(Forks, GiveOnWhatTheRightPartThrowsWhereverItRan) {
  auto runtime = rt(2);
  auto job = []() -> Job<E, int> {
    int caught = 0;
    for (int i = 0; i < 1000; ++i) {
      try {
        Forks<E>::here().both([](Forks<E>& on) { (void)fib(on, 8); },
                              [](Forks<E>&) { throw std::runtime_error("right"); });
      } catch (const std::runtime_error&) {
        ++caught;
      }
    }
    co_return caught;
  };
  EXPECT_EQ(runtime.block_on(job()), 1000);
}

TEST(Forks, BeyondTheirMostJustRun) {
  auto runtime = rt(2);
  struct Deep {
    static unsigned down(Forks<E>& here, unsigned left) {
      if (left == 0) return 0;
      const auto [a, b] = here.both([left](Forks<E>& on) { return down(on, left - 1); }, [](Forks<E>&) { return 1U; });
      return a + b;
    }
  };
  auto job = []() -> Job<E, unsigned> { co_return Deep::down(Forks<E>::here(), Forks<E>::most + 100); };
  EXPECT_EQ(runtime.block_on(job()), Forks<E>::most + 100);
}

TEST(Forks, AreForTasksOnly) { EXPECT_THROW((void)Forks<E>::here(), UsageError); }

TEST(Forks, MayBeUsedOnAFiberToo) {
  auto runtime = rt(2);
  auto join = runtime.spawn_fiber([](FiberContext<E>&) { return fib(Forks<E>::here(), 15); });
  EXPECT_EQ(join.join_blocking(), 610U);
}

}  // namespace
}  // namespace rota::testing
