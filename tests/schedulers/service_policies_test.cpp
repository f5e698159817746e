// What the policies decide that count service, ask tasks to give way, share or keep workers: each rule by itself.
#include <gtest/gtest.h>

#include "schedulers/darc.hpp"
#include "schedulers/embassy.hpp"
#include "schedulers/fair.hpp"
#include "schedulers/las.hpp"
#include "schedulers/lifo.hpp"
#include "schedulers/mlfq.hpp"
#include "schedulers/shared_first.hpp"
#include "schedulers/srpt.hpp"
#include "tests/schedulers/told.hpp"

namespace rota::schedulers {
namespace {

using E = World;
using namespace std::chrono_literals;
using Found = std::optional<Index>;
using Indices = std::vector<Index>;

using Several = std::vector<std::optional<Attributes>>;
Several tasks(std::size_t count) { return Several(count); }

// Picks the task, says what it used, and puts it back as one that was asked to give way.
template <class P> Index run(Told<P>& told, Duration used, Origin origin = Origin::preempt) {
  const Index task = told.driver.pick(0).value();
  told.driver.account(0, task, used);
  (void)told.driver.enqueue(0, task, origin);
  return task;
}

TEST(Las, TakesTheTaskThatHasHadTheLeastServiceAndEqualOnesAsTheyCame) {
  Told<Las<E>> told(tasks(3));
  EXPECT_EQ(run(told, 30us), 0U);
  EXPECT_EQ(run(told, 10us), 1U);
  EXPECT_EQ(run(told, 20us), 2U);
  EXPECT_EQ(run(told, 15us), 1U);  // 10 before, 25 now
  EXPECT_EQ(told.rest(), (Indices{2, 1, 0}));
}

TEST(Las, KeepsTheAccountOfATaskThatWaitedAndBeginsANewOneForANewTask) {
  Told<Las<E>> told(tasks(2));
  EXPECT_EQ(told.driver.pick(0), Found(0));
  told.driver.account(0, 0, 10us);
  (void)told.driver.enqueue(outside, 0, Origin::wake);
  EXPECT_EQ(told.rest(), (Indices{1, 0}));
  (void)told.driver.enqueue(outside, 1, Origin::wake);
  (void)told.driver.enqueue(outside, 0, Origin::spawn);  // its slot's next task
  EXPECT_EQ(told.rest(), (Indices{1, 0}));
}

TEST(Lifo, TakesTheNewestFirst) {
  Told<Lifo<E>> told(tasks(3));
  EXPECT_EQ(told.driver.pick(0), Found(2));
  (void)told.driver.enqueue(0, 2, Origin::wake);
  EXPECT_EQ(told.rest(), (Indices{2, 1, 0}));
}

TEST(Lifo, PutsWhoWasAskedToGiveWayWhereItsAgeBelongsAndWhoYieldsBehindAll) {
  Told<Lifo<E>> told(tasks(2));
  EXPECT_EQ(told.driver.pick(0), Found(1));
  (void)told.driver.enqueue(0, 1, Origin::preempt);
  EXPECT_EQ(told.driver.pick(0), Found(1));
  (void)told.driver.enqueue(0, 1, Origin::yield);
  EXPECT_EQ(told.driver.pick(0), Found(0));
  (void)told.driver.enqueue(0, 0, Origin::yield);
  EXPECT_EQ(told.rest(), (Indices{1, 0}));
}

TEST(Ranked, AsksTheWorkerThatRunsTheGreatestRankIfThatIsGreaterThanWhatCame) {
  const auto left = [](Duration remaining) { return Attributes{.remaining = remaining}; };
  Told<Srpt<E>> told({left(5us), left(9us), left(7us), left(8us), left(9us)}, {{"preemptive", true}}, 3);
  EXPECT_EQ(told.driver.pick(0), Found(0));
  EXPECT_EQ(told.driver.pick(1), Found(2));
  EXPECT_EQ(told.driver.pick(2), Found(3));  // they run 5, 7 and 8
  EXPECT_EQ(told.driver.enqueue(0, 0, Origin::wake), WakeHint::preempt(2));
  EXPECT_EQ(told.driver.enqueue(2, 3, Origin::preempt), WakeHint::none());
  EXPECT_EQ(told.driver.pick(2), Found(0));
  EXPECT_EQ(told.driver.enqueue(outside, 2, Origin::wake), WakeHint::any());  // 7 is not less than any that runs
  told.attributes(2).remaining = 6us;
  EXPECT_EQ(told.driver.enqueue(outside, 2, Origin::wake), WakeHint::preempt(1));
  Told<Srpt<E>> patient({left(5us), left(1us)}, {}, 1);
  EXPECT_EQ(patient.driver.pick(0), Found(1));
  EXPECT_EQ(patient.driver.enqueue(outside, 1, Origin::wake), WakeHint::any());
}

// Levels of 10, 20, 40 … us; each has had its level when it moves down.
TEST(Mlfq, MovesATaskDownAsItUsesUpItsLevels) {
  Told<Mlfq<E>> told(tasks(3), {{"boost", std::string("0ns")}});
  EXPECT_EQ(run(told, 10us), 0U);  // to level 1
  EXPECT_EQ(run(told, 9us), 1U);   // stays
  EXPECT_EQ(run(told, 31us), 2U);  // to level 2: 10 + 20 are over
  EXPECT_EQ(run(told, 1us), 1U);   // to level 1, behind the first
  EXPECT_EQ(run(told, 19us), 0U);  // stays, with 29
  EXPECT_EQ(run(told, 20us), 1U);  // to level 2, with 30
  EXPECT_EQ(run(told, 1us), 0U);   // to level 2
  EXPECT_EQ(told.rest(), (Indices{2, 1, 0}));
}

TEST(Mlfq, TakesTheAccountAlongWhenATaskWaits) {
  Told<Mlfq<E>> told(tasks(2), {{"boost", std::string("0ns")}});
  EXPECT_EQ(run(told, 9us, Origin::wake), 0U);
  EXPECT_EQ(run(told, 9us, Origin::wake), 1U);
  EXPECT_EQ(run(told, 1us, Origin::wake), 0U);  // level 1 by waiting, too
  EXPECT_EQ(told.rest(), (Indices{1, 0}));
}

TEST(Mlfq, LetsNobodyStarveThatWaitedBeforeABoost) {
  Told<Mlfq<E>> told(tasks(2), {{"boost", std::string("100us")}});
  EXPECT_EQ(run(told, 50us), 0U);  // far down
  Index first = 1;
  int runs = 0;
  for (; first == 1 && runs < 100; ++runs) {  // the other is always new
    first = told.driver.pick(0).value();
    told.driver.account(0, first, 9us);
    (void)told.driver.enqueue(0, first, first == 1 ? Origin::spawn : Origin::preempt);
  }
  EXPECT_EQ(first, 0U);
  EXPECT_LE(runs, 8);
  Told<Mlfq<E>> never(tasks(2), {{"boost", std::string("0ns")}});
  EXPECT_EQ(run(never, 50us), 0U);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(run(never, 9us, Origin::spawn), 1U);
}

Attributes of(std::uint32_t group, std::uint32_t weight) { return {.weight = weight, .group = group}; }

TEST(Fair, GivesGroupsServiceByTheirWeights) {
  Told<Fair<E>> told({of(1, 1), of(1, 1), of(2, 2), of(2, 2), of(3, 4), of(3, 4)});
  std::array<Duration, 4> used{};
  for (int i = 0; i < 7000; ++i) {
    const Duration took(1000 + i % 7 * 100);
    used[told.attributes(run(told, took)).group] += took;
  }
  // Up to the lag of one worker: 2 runs (1 + 1).
  const auto by_weight = [&](std::size_t group, int weight) { return used[group] / weight; };
  EXPECT_LE(std::abs((by_weight(1, 1) - by_weight(2, 2)).count()), 2 * 1600 * 2);
  EXPECT_LE(std::abs((by_weight(1, 1) - by_weight(3, 4)).count()), 2 * 1600 * 2);
}

TEST(Fair, GivesAGroupThatWasAwayNothingOfWhatItMissed) {
  Told<Fair<E>> told({of(1, 1), of(1, 1), of(2, 1)});
  EXPECT_EQ(told.driver.pick(0), Found(0));
  (void)told.driver.enqueue(0, 0, Origin::preempt);
  while (told.driver.pick(0) != Found(2)) {
  }  // group 2 goes away
  (void)told.driver.enqueue(0, 0, Origin::spawn);
  (void)told.driver.enqueue(0, 1, Origin::spawn);
  for (int i = 0; i < 100; ++i) (void)run(told, 10us);
  (void)told.driver.enqueue(outside, 2, Origin::spawn);
  int in_a_row = 0;
  while (run(told, 10us) == 2U) ++in_a_row;
  EXPECT_LE(in_a_row, 2);
}

TEST(Fair, CountsGroupsBeyondItsTableAsOneAndNoWeightAsOne) {
  Told<Fair<E>> told({of(63, 0), of(1'000'000, 1), untold});
  EXPECT_EQ(told.rest().size(), 3U);
}

Attributes remaining(Duration left) { return {.remaining = left}; }

TEST(Darc, KeepsWorkersForShortTasks) {
  Told<Darc<E>> told({remaining(101us), remaining(100us), untold}, {{"reserved", std::int64_t{2}}}, 3);
  EXPECT_EQ(told.driver.pick(0), Found(1));
  EXPECT_EQ(told.driver.pick(1), Found(2));
  EXPECT_FALSE(told.driver.has_work(0));
  EXPECT_EQ(told.driver.pick(0), std::nullopt);
  EXPECT_TRUE(told.driver.has_work(2));
  EXPECT_EQ(told.driver.pick(2), Found(0));
}

TEST(Darc, LetsTheOtherWorkersRunShortTasksFirst) {
  Told<Darc<E>> told({remaining(1ms), remaining(1us)}, {}, 2);
  EXPECT_EQ(told.driver.pick(1), Found(1));
  EXPECT_EQ(told.driver.pick(1), Found(0));
}

TEST(Darc, WakesForALongTaskOnlyWhoMayRunIt) {
  Told<Darc<E>> told({remaining(1ms), remaining(1us)}, {{"reserved", std::int64_t{9}}}, 3);
  EXPECT_EQ(told.driver.enqueue(outside, 0, Origin::wake), WakeHint::among(0));
  EXPECT_EQ(told.driver.enqueue(outside, 1, Origin::wake), WakeHint::any());
  EXPECT_EQ(told.driver.enqueue(2, 0, Origin::yield), WakeHint::none());
  EXPECT_EQ(told.driver.enqueue(0, 0, Origin::yield), WakeHint::among(0));  // it has grown long on a kept worker
  const auto sets = told.driver.policy().wake_sets();
  ASSERT_EQ(sets.size(), 1U);  // never all workers are kept
  for (const WorkerId id : {0U, 1U, 2U}) EXPECT_EQ(sets[0].contains(id), id == 2);
}

TEST(Embassy, RunsAListNewestFirstAndWhatComesMeanwhileAfterIt) {
  Told<Embassy<E>> told(tasks(3));
  EXPECT_EQ(told.driver.pick(0), Found(2));
  (void)told.driver.enqueue(0, 2, Origin::yield);
  EXPECT_EQ(told.driver.pick(0), Found(1));
  EXPECT_EQ(told.driver.pick(0), Found(0));
  (void)told.driver.enqueue(0, 0, Origin::wake);
  EXPECT_EQ(told.rest(), (Indices{0, 2}));
}

TEST(SharedFirst, PutsAllWhereAllLookAndTakesBatches) {
  Told<SharedFirst<E>> told(tasks(8), {}, 2);
  EXPECT_EQ(told.driver.pick(0), Found(0));  // and half of the rest to itself
  EXPECT_EQ(told.driver.pick(1), Found(5));
  EXPECT_EQ(told.driver.pick(0), Found(1));
  EXPECT_EQ(told.driver.enqueue(0, 0, Origin::wake), WakeHint::any());
  EXPECT_EQ(told.driver.enqueue(0, 1, Origin::yield), WakeHint::none());
}

TEST(LifoSlot, WithSpawnsLetsASpawnTakeTheSlotToo) {
  using WithSlot = LifoSlot<E, Fifo<E>>;
  for (const bool spawns : {false, true}) {
    Driver<WithSlot> policy(1, 1, {{"spawns", spawns}}, 2);
    (void)policy.enqueue(0, 0, Origin::spawn);
    (void)policy.enqueue(0, 1, Origin::spawn);
    EXPECT_EQ(policy.pick(0), Found(spawns ? 1 : 0));
  }
}

}  // namespace
}  // namespace rota::schedulers
