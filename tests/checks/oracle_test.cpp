// Each oracle on traces made by hand: what is right passes, and each id goes red on a trace that breaks it, at the
// event that breaks it.
#include <gtest/gtest.h>

#include <set>

#include "checks/oracle/ids.hpp"
#include "checks/oracle/oracles.hpp"
#include "tests/checks/verdicts.hpp"

namespace rota::checks {
namespace {

// Two workers, and most of what can happen to a task.
Script full_life() {
  Script s;
  s.by(0).spawn(0).worker(0).run(0);
  s.say(Mark::arm, 0, 1).by(4).say(Mark::wake, 0, 1);                      // woken while it arms
  s.worker(0).say(Mark::notified, 0, 1).enqueue(0).worker(1).run(0);       // its worker enqueues it
  s.sleep(0, 2).by(4).wake(0, 2).say(Mark::stale, 0, 2).worker(1).run(0);  // woken asleep, and once more
  s.say(Mark::arm, 0, 3).say(Mark::wake, 0, 3).say(Mark::retract, 0, 3);   // not needed after all
  s.yield(0).run(0).spawn(1).finish(0).run(1).sleep(1, 1);
  s.by(0).enqueue(1).worker(0).pick(1).end_cancelled(1);                              // cancelled while suspended
  s.spawn(2).run(2).say(Mark::arm, 2, 1).say(Mark::notified, 2, 1).end_cancelled(2);  // cancelled while it arms
  s.by(0).spawn(3).spawn(4).worker(0).run(4).sleep(4, 1);
  s.by(0).say(Mark::shutdown, no_subject).worker(0).say(Mark::leave).worker(1).say(Mark::leave);
  s.by(0).say(Mark::drain, 3).end_cancelled(3).end_cancelled(4).say(Mark::ended, no_subject);
  return s.say(Mark::refuse, 4).end_cancelled(4).by(4).say(Mark::stale, 4, 1);
}

TEST(Oracles, PassAWholeLifeOfARuntime) {
  expect_good(full_life(), facts(2, {.starvation_factor = 4, .work_conserving = true}));
}

TEST(Oracles, GiveTheSameVerdictAgainAfterAReset) {
  Oracles oracles;
  const Script good = full_life();
  for (int round = 0; round < 3; ++round) {
    oracles.reset(facts(2));
    for (const TraceEvent& event : good.trace()) ASSERT_FALSE(oracles.see(event));
    EXPECT_FALSE(oracles.end(Ending::returned));
  }
}

TEST(Oracles, KnowEveryIdOnceWithAStatementAndADecider) {
  std::set<std::string_view> ids;
  for (const Invariant& invariant : invariants()) {
    EXPECT_TRUE(ids.insert(invariant.id).second) << invariant.id;
    EXPECT_FALSE(invariant.statement.empty());
  }
  EXPECT_EQ(ids.size(), 24U);
  EXPECT_EQ(find_invariant("W9"), nullptr);
}

TEST(T1, BreaksWhenAQueuedTaskIsEnqueuedAgain) {
  expect_bad("T1", Script().by(0).spawn(0).worker(0).say(Mark::enqueue, 0));
}
TEST(T1, BreaksWhenAPickedTaskIsEnqueuedOrRunsElsewhere) {
  expect_bad("T1", Script().by(0).spawn(0).worker(0).pick(0).by(0).say(Mark::enqueue, 0));
  expect_bad("T1", Script().by(0).spawn(0).worker(0).pick(0).worker(1).say(Mark::resume, 0, 1), facts(2));
}
TEST(T1, BreaksWhenAQueuedTaskIsCancelledByWhoDoesNotHoldIt) {
  expect_bad("T1", Script().by(0).spawn(0).by(4).say(Mark::cancel, 0));
}
TEST(T1, BreaksWhenARunnableIsForgotten) {
  expect_good(Script().by(0).spawn(0).worker(0).run(0).finish(0).rest());
  expect_bad("T1", Script().by(0).say(Mark::spawn, 0).rest());
  expect_bad("T1", Script().by(0).spawn(0).worker(0).run(0).say(Mark::yield, 0).rest());
}

TEST(T2, BreaksWhenARunningTaskIsResumed) {
  expect_bad("T2", Script().by(0).spawn(0).worker(0).run(0).worker(1).say(Mark::resume, 0, 1), facts(2));
}
TEST(T2, BreaksWhenARunningTaskIsEndedByAnotherThread) {
  expect_bad("T2", Script().by(0).spawn(0).worker(0).run(0).by(0).say(Mark::cancel, 0));
}

TEST(T3, BreaksWhenAnEndedTaskRuns) {
  expect_bad("T3", Script().by(0).spawn(0).worker(0).run(0).say(Mark::finish, 0).say(Mark::resume, 0));
}
TEST(T3, BreaksWhenABodyIsDestroyedTwiceOrTooEarly) {
  expect_bad("T3", Script().by(0).spawn(0).worker(0).run(0).finish(0).by(0).say(Mark::destroy, 0));
  expect_bad("T3", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 1).by(0).say(Mark::destroy, 0));
}
TEST(T3, BreaksWhenATaskEndsTwice) {
  expect_bad("T3", Script().by(0).spawn(0).worker(0).run(0).say(Mark::finish, 0).say(Mark::cancel, 0));
}
TEST(T3, BreaksWhenATaskOutlivesTheShutdown) {
  expect_bad("T3", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 1).shut_down());
}
TEST(T3, BreaksWhenABodyIsNeverDestroyed) {
  expect_bad("T3", Script().by(0).spawn(0).worker(0).run(0).say(Mark::finish, 0).shut_down());
}
TEST(T3, LetsARefusedTaskEndAfterTheShutdown) {
  expect_good(Script().by(4).say(Mark::refuse, 0).shut_down().by(4).end_cancelled(0));
}

TEST(W1, BreaksWhenAWakeWhileArmingIsForgottenByTheWorker) {
  expect_bad("W1", Script()
                       .by(0)
                       .spawn(0)
                       .worker(0)
                       .run(0)
                       .say(Mark::arm, 0, 1)
                       .by(4)
                       .say(Mark::wake, 0, 1)
                       .worker(0)
                       .say(Mark::suspend, 0, 1));
}
TEST(W1, BreaksWhenNobodyEnqueuesAWokenTask) {
  Script asleep;
  asleep.by(0).spawn(0).worker(0).run(0).sleep(0, 1).park();
  expect_good(Script(asleep).rest());
  expect_bad("W1", Script(asleep).by(4).say(Mark::wake, 0, 1).rest());
}
TEST(W1, BreaksWhenAWakerIsRefusedThoughNobodyWasFaster) {
  Script refused;
  refused.by(0)
      .spawn(0)
      .worker(0)
      .run(0)
      .say(Mark::arm, 0, 1)
      .by(4)
      .say(Mark::stale, 0, 1)
      .worker(0)
      .say(Mark::suspend, 0, 1);
  const Judgement waits = judge(Script(refused).rest().trace(), facts());
  ASSERT_TRUE(waits);
  EXPECT_EQ(waits->id, "W1");
  const Judgement woken_later = judge(Script(refused).by(5).say(Mark::wake, 0, 1).trace(), facts());
  ASSERT_TRUE(woken_later);
  EXPECT_EQ(woken_later->id, "W1");
  // A canceller was faster, which shows only now.
  expect_good(Script(refused).by(5).enqueue(0).worker(0).pick(0).end_cancelled(0).rest());
}

TEST(W2, BreaksWhenTwoWakesOfOneEpochAreTrue) {
  expect_bad("W2", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 1).by(4).wake(0, 1).by(5).say(Mark::wake, 0, 1));
  expect_bad("W2", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 1).by(4).wake(0, 1).worker(0).run(0).by(5).say(
                       Mark::wake, 0, 1));
}

TEST(W3, BreaksWhenAWakeOfAnotherEpochIsTrue) {
  expect_bad("W3", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 2).by(4).say(Mark::wake, 0, 1));
}
TEST(W3, BreaksWhenAWakeIsTrueAfterTheEndOrARetraction) {
  expect_bad("W3", Script().by(0).spawn(0).worker(0).run(0).finish(0).by(4).say(Mark::wake, 0, 1));
  expect_bad("W3", Script()
                       .by(0)
                       .spawn(0)
                       .worker(0)
                       .run(0)
                       .say(Mark::arm, 0, 1)
                       .say(Mark::retract, 0, 1)
                       .by(4)
                       .say(Mark::wake, 0, 1));
  expect_bad("W3", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 1).by(0).enqueue(0).by(4).say(Mark::wake, 0, 1));
}
TEST(W3, BreaksWhenAStaleWakerEnqueues) {
  expect_bad("W3", Script().by(0).spawn(0).by(4).say(Mark::stale, 0, 1).say(Mark::enqueue, 0));
}

TEST(W4, BreaksWhenASuspendedTaskIsResumedUnwoken) {
  expect_bad("W4", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 1).say(Mark::resume, 0));
}
TEST(W4, BreaksWhenACancelledTaskIsResumedInsteadOfEnded) {
  expect_bad("W4", Script().by(0).spawn(0).worker(0).run(0).sleep(0, 1).by(0).enqueue(0).worker(0).run(0));
}

TEST(W6, BreaksWhenAWakerEnqueuesATaskThatItsWorkerHasNotLeft) {
  expect_bad(
      "W6",
      Script().by(0).spawn(0).worker(0).run(0).say(Mark::arm, 0, 1).by(4).say(Mark::wake, 0, 1).say(Mark::enqueue, 0));
}

}  // namespace
}  // namespace rota::checks
