// The oracles inside the explored world: an execution stops at its first violation, under the id that is broken.
#include <gtest/gtest.h>

#include "checks/oracle/observer.hpp"
#include "worlds/explored/world.hpp"

namespace rota::checks {
namespace {

using E = env::Explored;

explored::Verdict explore_under(OracleObserver& observer, const std::function<void()>& program) {
  explored::Options options;
  options.max_executions = 3;
  options.trace = true;
  return explored::explore(options, program, &observer);
}

TEST(OracleObserver, LetsARightProgramPassEveryTime) {
  OracleObserver observer({.workers = 1});
  int task = 0;
  const explored::Verdict verdict = explore_under(observer, [&] {
    E::thread other({.name = "other", .pu = {}}, [] {});
    E::full_fence();  // before or after the other: with nothing to choose there would be one execution
    E::mark(Mark::spawn, &task, 0);
    E::mark(Mark::enqueue, &task, 0);
    E::mark(Mark::enqueued, nullptr, 0);
    E::mark(Mark::look, nullptr, 0);
    E::mark(Mark::pick, &task, 0);
    other.join();
  });
  EXPECT_TRUE(verdict.passed) << verdict.failure.sentence;
  EXPECT_EQ(verdict.executions, 3U);
}

TEST(OracleObserver, StopsAnExecutionBeforeTheWrongIsDone) {
  OracleObserver observer({.workers = 1});
  int task = 0;
  bool done = false;
  const explored::Verdict verdict = explore_under(observer, [&] {
    E::mark(Mark::spawn, &task, 0);
    E::mark(Mark::enqueue, &task, 0);
    E::mark(Mark::enqueue, &task, 0);
    done = true;
  });
  EXPECT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "T1");
  EXPECT_FALSE(done);
}

TEST(OracleObserver, MissesWhatNeverCameWhenTheProgramHasReturned) {
  OracleObserver observer({.workers = 1});
  const explored::Verdict verdict = explore_under(observer, [] { E::mark(Mark::shutdown, nullptr, 0); });
  EXPECT_FALSE(verdict.passed);
  EXPECT_EQ(verdict.failure.id, "P6");
}

}  // namespace
}  // namespace rota::checks
