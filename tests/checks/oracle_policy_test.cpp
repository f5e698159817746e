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

}  // namespace
}  // namespace rota::checks
