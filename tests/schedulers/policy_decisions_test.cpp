// What each policy of ours decides where the general promises leave it free.
#include <gtest/gtest.h>

#include "schedulers/round_robin.hpp"
#include "schedulers/work_stealing.hpp"
#include "tests/schedulers/policy_driver.hpp"

namespace rota::schedulers {
namespace {

using E = World;

using Found = std::optional<Index>;

TEST(Fifo, WakesNobodyForAYield) {
  Driver<Fifo<E>> fifo(2, 1, {}, 2);
  EXPECT_EQ(fifo.enqueue(0, 0, Origin::yield), WakeHint::none());
  EXPECT_EQ(fifo.enqueue(0, 1, Origin::spawn), WakeHint::any());
}

TEST(RoundRobin, DealsEachWorkersSpawnsInTurnBeginningWithItself) {
  Driver<RoundRobin<E>> policy(3, 1, {}, 4);
  EXPECT_EQ(policy.enqueue(1, 0, Origin::spawn), WakeHint::none());
  EXPECT_EQ(policy.enqueue(1, 1, Origin::spawn), WakeHint::exactly(2));
  EXPECT_EQ(policy.enqueue(1, 2, Origin::spawn), WakeHint::exactly(0));
  EXPECT_EQ(policy.enqueue(1, 3, Origin::spawn), WakeHint::none());
  EXPECT_EQ(policy.obtain(0), Found(2));
  EXPECT_EQ(policy.obtain(1), Found(0));
  EXPECT_EQ(policy.obtain(1), Found(3));
  EXPECT_EQ(policy.obtain(2), Found(1));
}

TEST(RoundRobin, DealsSpawnsFromOutsideInTurn) {
  Driver<RoundRobin<E>> policy(2, 1, {}, 3);
  EXPECT_EQ(policy.enqueue(outside, 0, Origin::spawn), WakeHint::exactly(0));
  EXPECT_EQ(policy.enqueue(outside, 1, Origin::spawn), WakeHint::exactly(1));
  EXPECT_EQ(policy.enqueue(outside, 2, Origin::spawn), WakeHint::exactly(0));
}

TEST(RoundRobin, RunsWhatCameFromElsewhereBeforeWhatCameLaterFromHere) {
  Driver<RoundRobin<E>> policy(2, 1, {}, 3);
  (void)policy.enqueue(0, 0, Origin::yield);
  (void)policy.enqueue(outside, 1, Origin::spawn);
  (void)policy.enqueue(0, 2, Origin::wake);
  for (Index i = 0; i < 3; ++i) EXPECT_EQ(policy.obtain(0), Found(i));
}

TEST(RoundRobin, NeverStealsAndNeverSeesAnothersTasks) {
  Driver<RoundRobin<E>> policy(2, 1, {}, 1);
  (void)policy.enqueue(0, 0, Origin::yield);
  EXPECT_FALSE(policy.has_work(1));
  EXPECT_EQ(policy.obtain(1), std::nullopt);
}

// P5 would be broken here if the younger half moved: the tasks that stay are the younger ones, in order.
TEST(WorkStealing, MovesTheOlderHalfToTheInjectionQueueWhenItsRingIsFull) {
  Driver<WorkStealing<E>> policy(1, 1, {{"ring", std::int64_t{4}}}, 5);
  for (Index i = 0; i < 5; ++i) (void)policy.enqueue(0, i, Origin::spawn);
  for (const Index expected : {2, 3, 0, 1, 4}) EXPECT_EQ(policy.obtain(0), Found(expected));
}

TEST(WorkStealing, StealsTheOlderHalfAndRunsTheOldestAtOnce) {
  Driver<WorkStealing<E>> policy(2, 1, {}, 5);
  for (Index i = 0; i < 5; ++i) (void)policy.enqueue(0, i, Origin::spawn);
  EXPECT_EQ(policy.obtain(1), Found(0));
  EXPECT_EQ(policy.pick(1), Found(1));
  EXPECT_EQ(policy.pick(1), Found(2));
  EXPECT_EQ(policy.pick(1), std::nullopt);
  EXPECT_EQ(policy.pick(0), Found(3));
}

TEST(WorkStealing, RobsTheNearestWorkerFirstIfToldTo) {
  // Four workers on two nodes: 1 is next to 0, and 2 and 3 are far.
  for (const WorkerId far : {2, 3}) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      Driver<WorkStealing<E>> policy(8, seed, {{"victim", std::string("nearest")}}, 2);
      (void)policy.enqueue(far + 4, 0, Origin::spawn);
      (void)policy.enqueue(1, 1, Origin::spawn);
      EXPECT_EQ(policy.obtain(0), Found(1));
      EXPECT_EQ(policy.obtain(0), Found(0));
    }
  }
}

TEST(WorkStealing, RobsDifferentWorkersFirstWithDifferentSeeds) {
  std::array<int, 3> first_robbed{};
  for (std::uint64_t seed = 0; seed < 64; ++seed) {
    Driver<WorkStealing<E>> policy(4, seed, {}, 3);
    for (WorkerId victim = 1; victim < 4; ++victim) (void)policy.enqueue(victim, victim - 1, Origin::spawn);
    ++first_robbed.at(policy.obtain(0).value());
  }
  for (const int times : first_robbed) EXPECT_GT(times, 0);
}

// P4: the injection queue is looked at although the local queue never runs dry.
TEST(WorkStealing, TakesFromTheInjectionQueueOnceInAnInterval) {
  Driver<WorkStealing<E>> policy(1, 1, {{"global_interval", std::int64_t{5}}}, 2);
  (void)policy.enqueue(0, 0, Origin::spawn);
  (void)policy.enqueue(outside, 1, Origin::spawn);
  for (int i = 1; i < 5; ++i) {
    EXPECT_EQ(policy.pick(0), Found(0));
    (void)policy.enqueue(0, 0, Origin::yield);
  }
  EXPECT_EQ(policy.pick(0), Found(1));
}

TEST(WorkStealing, TakesItsShareOfTheInjectionQueueInOrder) {
  Driver<WorkStealing<E>> policy(2, 1, {}, 8);
  for (Index i = 0; i < 8; ++i) (void)policy.enqueue(outside, i, Origin::spawn);
  EXPECT_EQ(policy.pick(0), Found(0));  // and 1 to 4 go to its ring: a share of 8 / 2 + 1
  EXPECT_EQ(policy.pick(1), Found(5));
  for (Index i = 1; i < 5; ++i) EXPECT_EQ(policy.pick(0), Found(i));
}

TEST(WorkStealing, RunsTheYoungestFirstWithChaseLevAndStealsTheOldest) {
  Driver<WorkStealing<E>> policy(2, 1, {{"local", std::string("chase-lev")}}, 4);
  for (Index i = 0; i < 4; ++i) (void)policy.enqueue(0, i, Origin::spawn);
  EXPECT_EQ(policy.pick(0), Found(3));
  EXPECT_EQ(policy.obtain(1), Found(0));
}

// P4: at the young end a yielding task would be picked again at once.
TEST(WorkStealing, LetsOthersGoFirstWhenATaskYieldsWithChaseLev) {
  Driver<WorkStealing<E>> policy(1, 1, {{"local", std::string("chase-lev")}}, 2);
  (void)policy.enqueue(0, 0, Origin::spawn);
  (void)policy.enqueue(0, 1, Origin::yield);
  EXPECT_EQ(policy.pick(0), Found(0));
  EXPECT_EQ(policy.pick(0), Found(1));
}

using Slot = LifoSlot<E, Fifo<E>>;

TEST(LifoSlot, RunsTheTaskThatWasWokenLastNext) {
  Driver<Slot> policy(1, 1, {}, 3);
  (void)policy.enqueue(0, 0, Origin::spawn);
  (void)policy.enqueue(0, 1, Origin::wake);
  (void)policy.enqueue(0, 2, Origin::wake);
  for (const Index expected : {2, 0, 1}) EXPECT_EQ(policy.pick(0), Found(expected));
}

// P4: two tasks that wake each other keep a third one waiting for `limit` picks, not for ever.
TEST(LifoSlot, IsLeftAfterItsLimitOfPicksInARow) {
  Driver<Slot> policy(1, 1, {{"limit", std::int64_t{3}}}, 2);
  (void)policy.enqueue(0, 0, Origin::wake);
  (void)policy.enqueue(0, 1, Origin::spawn);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(policy.pick(0), Found(0));
    (void)policy.enqueue(0, 0, Origin::wake);
  }
  EXPECT_EQ(policy.pick(0), Found(1));
}

// P2: its owner may be busy for long, so others are told, see it and may take it.
TEST(LifoSlot, CanBeEmptiedByAnotherWorker) {
  Driver<Slot> policy(2, 1, {}, 1);
  EXPECT_EQ(policy.enqueue(0, 0, Origin::wake), WakeHint::any());
  EXPECT_TRUE(policy.has_work(1));
  EXPECT_EQ(policy.obtain(1), Found(0));
  EXPECT_FALSE(policy.has_work(0));
}

TEST(LifoSlot, IsItsOwnersAloneWithoutStealing) {
  Driver<Slot> policy(2, 1, {{"steal", false}}, 1);
  EXPECT_EQ(policy.enqueue(0, 0, Origin::wake), WakeHint::none());
  EXPECT_FALSE(policy.has_work(1));
  EXPECT_EQ(policy.obtain(1), std::nullopt);
  EXPECT_TRUE(policy.has_work(0));
  EXPECT_EQ(policy.obtain(0), Found(0));
}

}  // namespace
}  // namespace rota::schedulers
