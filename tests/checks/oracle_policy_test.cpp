// The oracles of policies and the reactor on traces made by hand (oracle_test.cpp does the same for tasks and wakes).
#include <gtest/gtest.h>

#include "tests/checks/verdicts.hpp"

namespace rota::checks {
namespace {

constexpr Guarantees conserving{.work_conserving = true};
constexpr Guarantees first_in_first_out{.order = Ordering::fifo};
constexpr Guarantees starving_none{.starvation_factor = 1};

TEST(P1, BreaksWhenATaskComesOutTwice) {
  expect_bad("P1", Script().by(0).spawn(0).worker(0).run(0).worker(1).pick(0), facts(2));
  expect_bad("P1", Script().by(0).spawn(0).worker(0).run(0).finish(0).worker(1).say(Mark::steal, 0), facts(2));
}
TEST(P1, BreaksWhenATaskNeverComesOut) {
  expect_bad("P1", Script().by(0).spawn(0).shut_down());
  expect_bad("P1", Script().by(0).spawn(0).say(Mark::shutdown, no_subject).worker(0).say(Mark::leave), facts(),
             Ending::endless);
}
TEST(P1, BreaksWhenAllWorkersLookedAndFoundNothing) {
  expect_bad("P1", Script().by(0).spawn(0).worker(0).park().worker(1).park().rest(), facts(2));
}

// Worker 1 sleeps while worker 0 is kept busy by task 0, and task 1 waits.
Script held_up() { return Script().worker(1).park().by(0).spawn(0).worker(0).run(0).spawn(1).rest(); }
TEST(P2, BreaksWhenAWorkerSleepsThoughATaskWaits) { expect_bad("P2", held_up(), facts(2, conserving)); }
TEST(P2, IsNoPromiseOfAPolicyThatDoesNotConserveWork) { expect_good(held_up(), facts(2)); }
TEST(P2, HoldsWhenNobodySleeps) {
  expect_good(Script().by(0).spawn(0).worker(0).run(0).spawn(1).rest(), facts(1, conserving));
}

// Worker 0 is kept for tasks of at most 5 us.
constexpr Guarantees keeping{.work_conserving = true, .kept_workers = 1, .kept_for = std::chrono::microseconds(5)};
std::uint64_t told(const Attributes& attributes) { return Told::pack(&attributes); }
std::uint64_t left(int us) { return told({.remaining = std::chrono::microseconds(us)}); }

TEST(P10, BreaksWhenAKeptWorkerTakesATaskOutsideItsClass) {
  const auto taken = [](int us, unsigned worker) { return Script().by(0).spawn(0, left(us)).worker(worker).run(0); };
  expect_bad("P10", Script().by(0).spawn(0, left(6)).worker(0).pick(0), facts(2, keeping));
  expect_good(taken(5, 0), facts(2, keeping));
  expect_good(taken(6, 1), facts(2, keeping));
  expect_good(Script().by(0).spawn(0).worker(0).run(0), facts(2, keeping));  // of which nothing was told
  expect_good(taken(6, 0), facts(1, keeping));                               // never all workers are kept
}
TEST(P2, IsPromisedOfWorkersAndTasksThatMayMeet) {
  const auto waits = [](int us, unsigned sleeper) {
    const unsigned busy = 1 - sleeper;
    return Script().worker(sleeper).park().by(0).spawn(0).worker(busy).run(0).by(0).spawn(1, left(us)).rest();
  };
  expect_good(waits(6, 0), facts(2, keeping));
  expect_bad("P2", waits(6, 1), facts(2, keeping));
  expect_bad("P2", waits(5, 0), facts(2, keeping));
}

TEST(P3, BreaksWhenEveryWorkerSleepsThoughATaskWaits) {
  expect_bad("P3", Script().worker(0).park().worker(1).park().by(0).spawn(0).rest(), facts(2));
  expect_bad("P3", Script().worker(0).park().by(0).spawn(0), facts(), Ending::deadlock);
}
TEST(P3, IsWhatALookThatMayBeStaleShows) {
  Facts relaxed = facts();
  relaxed.stale_reads = true;
  expect_bad("P3", Script().by(0).spawn(0).worker(0).park().rest(), relaxed);
}
TEST(P3, HoldsWhenATaskIsPickedBeforeItsEnqueueReturns) {
  expect_good(Script()
                  .by(0)
                  .say(Mark::spawn, 0)
                  .say(Mark::enqueue, 0)
                  .worker(0)
                  .run(0)
                  .sleep(0, 1)
                  .park()
                  .by(0)
                  .say(Mark::enqueued, 0)
                  .rest());
}

// Worker 0 picks task 1 again and again while task 0 waits.
Script starving(int picks) {
  Script s;
  s.by(0).spawn(0).spawn(1).worker(0);
  for (int i = 0; i < picks; ++i) s.run(1).yield(1);
  return s.run(0);
}
TEST(P4, BreaksWhenATaskWaitsForMorePicksThanPromised) {
  expect_good(starving(2), facts(1, starving_none));
  expect_good(starving(3), facts(1));
  const Script bad = starving(3);
  const Judgement found = judge(bad.trace(), facts(1, starving_none));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, "P4");
}
TEST(P4, BreaksWhenATaskIsNeverPicked) {
  Script s;
  s.by(0).spawn(0).spawn(1).worker(0);
  for (int i = 0; i < 100; ++i) s.run(1).yield(1);
  expect_bad("P4", s, facts(1, starving_none), Ending::endless);
}
TEST(P4, DoesNotBlameThePolicyForAWorkerThatStandsStill) { expect_good(starving(50), facts(2, starving_none)); }
TEST(P4, CountsNoPickAfterTheLookThatFoundTheTask) {
  Script s;
  s.by(0).spawn(0).spawn(1).worker(1).say(Mark::look).worker(0);
  for (int i = 0; i < 9; ++i) s.run(1).yield(1);
  expect_good(s.worker(1).say(Mark::pick, 0, 1), facts(1, starving_none));
}

TEST(P5, BreaksWhenATaskOvertakesAnother) {
  expect_good(Script().by(0).spawn(0).spawn(1).worker(0).run(0).finish(0).run(1), facts(1, first_in_first_out));
  expect_good(Script().by(0).spawn(0).spawn(1).worker(0).run(1).finish(1).run(0), facts(1));
  expect_bad("P5", Script().by(0).spawn(0).spawn(1).worker(0).run(1).finish(1).pick(0), facts(1, first_in_first_out));
}
TEST(P5, LetsOverlappingPicksAndEnqueuesTakeEffectInAnyOrder) {
  expect_good(
      Script().by(0).spawn(0).spawn(1).worker(1).say(Mark::look).worker(0).run(1).worker(1).say(Mark::pick, 0, 1),
      facts(2, first_in_first_out));
  expect_good(Script()
                  .by(0)
                  .say(Mark::spawn, 0)
                  .say(Mark::enqueue, 0)
                  .by(4)
                  .spawn(1)
                  .worker(0)
                  .run(1)
                  .by(0)
                  .say(Mark::enqueued, 0)
                  .worker(0)
                  .finish(1)
                  .run(0),
              facts(1, first_in_first_out));
}
TEST(P5, ConcernsOneProducerIfOnlyThatIsPromised) {
  const Facts each = facts(1, {.order = Ordering::per_producer_fifo});
  expect_good(Script().by(0).spawn(0).by(4).spawn(1).worker(0).run(1).finish(1).pick(0), each);
  expect_bad("P5", Script().by(4).spawn(0).spawn(1).worker(0).run(1).finish(1).pick(0), each);
}

TEST(P6, BreaksWhenAShutdownDoesNotEnd) {
  expect_good(Script().shut_down());
  expect_bad("P6", Script().by(0).say(Mark::shutdown, no_subject), facts(), Ending::deadlock);
  expect_bad("P6", Script().worker(0).park().by(0).say(Mark::shutdown, no_subject), facts(), Ending::endless);
}
TEST(P6, BreaksWhenATaskRunsAfterTheShutdown) {
  expect_bad("P6", Script().by(0).spawn(0).worker(0).run(0).finish(0).shut_down().worker(0).say(Mark::resume, 0));
}

constexpr std::uint64_t first = 1, second = std::uint64_t{1} << 32 | 1, again = 2;  // slot << 32 | generation
const TimePoint soon{std::chrono::nanoseconds(100)}, late{std::chrono::nanoseconds(200)};

TEST(R1, PassesOpsThatAreCollectedOrWithdrawn) {
  Script s;
  s.worker(0).submit(first).say(Mark::poll).complete(first).polled(1).collect(first);
  s.complete(again).collect(again);  // complete at once
  expect_good(s.submit(second).say(Mark::withdraw, no_subject, second).shut_down());
}
TEST(R1, BreaksWhenAnOpCompletesTwiceOrAfterItsEnd) {
  expect_bad("R1", Script().by(4).submit(first).complete(first).complete(first));
  expect_bad("R1", Script().by(4).submit(first).say(Mark::withdraw, no_subject, first).complete(first));
  expect_bad("R1", Script().by(4).submit(first).collect(first));
}
TEST(R1, BreaksWhenMoreIsReportedThanWasComplete) {
  expect_bad("R1", Script().worker(0).submit(first).say(Mark::poll).complete(first).polled(2));
}
TEST(R1, BreaksWhenAnOpIsLeftOver) { expect_bad("R1", Script().by(4).submit(first).shut_down()); }
TEST(R1, BreaksWhenAPollDoesNotReportWhatIsComplete) {
  expect_bad("R1", Script().worker(0).submit(first).park().say(Mark::poll).by(4).complete(first).rest());
}

TEST(R2, BreaksWhenAnInterruptDoesNotEndThePoll) {
  Script s;
  s.worker(0).park().say(Mark::poll).by(4).say(Mark::interrupt);
  expect_good(Script(s).worker(0).polled(0).say(Mark::poll).rest());
  expect_bad("R2", Script(s).rest());
  expect_bad("R2", Script().by(4).say(Mark::interrupt).worker(0).park().say(Mark::poll).rest());
}

TEST(R3, BreaksWhenATaskIsBackBeforeItsDeadline) {
  Script s;
  s.by(0).spawn(0).worker(0).run(0).note(deadline_note(late)).submit(first);
  expect_good(Script(s).note(awake_note(late)));
  expect_bad("R3", Script(s).note(awake_note(soon)));
}
TEST(R3, BreaksWhenEqualDeadlinesFireInAnotherOrder) {
  Script s;
  s.worker(0).note(deadline_note(soon)).submit(first).note(deadline_note(soon)).submit(second).say(Mark::poll);
  expect_good(Script(s).complete(first).complete(second));
  expect_bad("R3", Script(s).complete(second));
}
TEST(R3, BreaksWhenAPollForgetsATimer) {
  Script s;
  s.worker(0).park();
  expect_good(Script(s).note(deadline_note(never)).submit(first).say(Mark::poll).rest());
  expect_bad("R3", Script(s).note(deadline_note(soon)).submit(first).say(Mark::poll).rest());
}

TEST(R4, BreaksWhenNobodyWaitsForWhatIsPending) {
  Script s;
  s.by(4).submit(first).worker(0).park();
  expect_good(Script(s).say(Mark::poll).rest());
  expect_bad("R4", Script(s).rest());
  expect_bad("R4", Script(s).by(4).complete(first).rest());
}
TEST(R4, BreaksWhenAnEarlierTimerDoesNotShortenThePoll) {
  expect_bad("R4", Script().worker(0).park().say(Mark::poll).by(4).note(deadline_note(soon)).submit(first).rest());
}
TEST(R4, BreaksWhenTwoThreadsPollAtOnce) {
  expect_bad("R4", Script().worker(0).say(Mark::poll).worker(1).say(Mark::poll), facts(2));
}

// One worker picks first and then the other of two tasks that were inside together.
Script picks(std::uint64_t one, std::uint64_t other) {
  return Script().by(0).spawn(0, one).spawn(1, other).worker(0).run(0).finish(0).pick(1);
}
TEST(P5, BreaksWhenATaskGoesBeforeOneWithLessOfWhatTheOrderIsBy) {
  const auto expect_order = [](Ordering order, std::uint64_t less, std::uint64_t more) {
    expect_bad("P5", picks(more, less), facts(1, {.order = order}));
    expect_good(picks(less, more), facts(1, {.order = order}));
    expect_good(picks(more, 0), facts(1, {.order = order}));  // of the other nothing was told
    expect_good(picks(more, less), facts());
  };
  expect_order(Ordering::by_remaining, left(1), left(2));
  expect_order(Ordering::by_deadline, told({.deadline = TimePoint(Duration(1000))}), told({}));
  expect_order(Ordering::by_priority, told({.priority = 1}), told({.priority = 2}));
  expect_good(picks(told({.priority = 9}), told({.priority = 7})), facts(1, {.order = Ordering::by_priority}));
}
TEST(P5, OfTheNewestFirstBreaksWhenAnOlderTaskGoesBefore) {
  constexpr Guarantees newest_first{.order = Ordering::lifo};
  expect_bad("P5", picks(0, 0), facts(1, newest_first));
  expect_good(Script().by(0).spawn(0).spawn(1).worker(0).run(1).finish(1).pick(0), facts(1, newest_first));
  // Who yields goes behind all; who is asked to give way keeps its age.
  const auto given_way = [](Origin origin) {
    return Script()
        .by(0)
        .spawn(0)
        .worker(0)
        .run(0)
        .by(0)
        .spawn(1)
        .worker(0)
        .say(Mark::yield, 0)
        .enqueue(0, origin)
        .run(0)
        .finish(0)
        .pick(1);
  };
  expect_bad("P5", given_way(Origin::yield), facts(1, newest_first));
  expect_bad("P5", given_way(Origin::preempt), facts(1, newest_first));
  expect_good(Script().by(0).spawn(0).worker(0).run(0).yield(0).by(0).spawn(1).worker(0).run(1).finish(1).pick(0),
              facts(1, newest_first));
}
TEST(P5, ByServiceCountsWhatTheRuntimeAccounted) {
  constexpr Guarantees least_first{.order = Ordering::by_attained};
  const auto after = [](std::uint64_t used) {
    return Script().by(0).spawn(0).spawn(1).worker(0).run(0).say(Mark::used, 0, used).yield(0).run(0).finish(0).pick(1);
  };
  expect_bad("P5", after(1), facts(1, least_first));
  expect_good(after(0), facts(1, least_first));
}

// Two groups, of weights 1 and 4, with two tasks each. One worker gives the first of them so many runs of 10 ns.
TEST(P9, BreaksWhenAGroupIsAheadByMoreThanTheLag) {
  const std::uint64_t light = told({.weight = 1, .group = 1}), heavy = told({.weight = 4, .group = 2});
  const auto runs = [&](int times) {
    Script s;
    s.by(0).spawn(0, light).spawn(1, light).spawn(2, heavy).spawn(3, heavy).worker(0);
    for (int i = 0; i < times; ++i)
      s.run(0).say(Mark::used, 0, 10).say(Mark::yield, 0).enqueue(0, Origin::yield, light);
    return s;
  };
  constexpr Guarantees fair{.fair_shares = true};
  expect_good(runs(2), facts(1, fair));  // 2 x 10 x (1 + 1/4) ns are promised
  expect_bad("P9", Script(runs(2)).run(0).say(Mark::used, 0, 10), facts(1, fair));
  expect_good(Script(runs(2)).run(0).say(Mark::used, 0, 10), facts());
}
TEST(P9, IsOfTimesInWhichBothGroupsWait) {
  const std::uint64_t light = told({.weight = 1, .group = 1}), heavy = told({.weight = 4, .group = 2});
  Script s;
  s.by(0).spawn(0, light).spawn(1, light).worker(0);
  for (int i = 0; i < 9; ++i) s.run(0).say(Mark::used, 0, 10).say(Mark::yield, 0).enqueue(0, Origin::yield, light);
  s.by(0).spawn(2, heavy).worker(0).run(0).say(Mark::used, 0, 10);
  expect_good(s, facts(1, {.fair_shares = true}));
}

}  // namespace
}  // namespace rota::checks
