// The explored world of one thread: what a wait is there, that it ends or is found, and that nothing is left behind.
#include <gtest/gtest.h>

#include "worlds/explored/explore.hpp"
#include "worlds/explored/local_world.hpp"

namespace rota::testing {
namespace {

using E = env::ExploredLocal;

explored::Verdict run(const std::function<void()>& program) {
  return explored::explore({.max_executions = 5, .twice = true}, program);
}

// A loop that is one call, in which its thread counts as a worker.
struct Once final : E::Loop {
  explicit Once(std::function<void()> does) : does(std::move(does)) {}
  void run_until(const bool& unparked) override {
    E::set_context(this);
    if (!unparked) does();
    E::set_context(nullptr);
  }
  std::function<void()> does;
};

TEST(ExploredLocal, RunsItsLoopWhileItIsParkedAndHasOneSchedule) {
  const auto verdict = run([] {
    E::parker parker;
    Once loop([&parker] { (void)parker.unpark(); });
    if (!E::set_loop(&loop)) explored::fail("leak", "an earlier execution left its loop");
    if (E::set_loop(&loop)) explored::fail("usage", "two loops of one thread");
    parker.park();
  });
  EXPECT_TRUE(verdict.passed) << verdict.failure.sentence;
  EXPECT_TRUE(verdict.complete);
  EXPECT_EQ(verdict.executions, 1U);
}

TEST(ExploredLocal, CallsALoopThatComesBackForNothingADeadlock) {
  const auto verdict = run([] {
    E::parker parker;
    Once loop([] {});
    (void)E::set_loop(&loop);
    parker.park();
  });
  EXPECT_EQ(verdict.failure.id, "deadlock");
}

TEST(ExploredLocal, LetsTheClockGoOnInsideTheLoopAndSaysWhenNothingIsLeft) {
  struct Told final : E::Watch {
    void at_rest() override { (void)parker.unpark(); }
    E::parker parker;
  };
  const auto verdict = run([] {
    Told told;
    E::parker worker;
    const TimePoint deadline = later(E::now(), std::chrono::microseconds(5));
    Once loop([&] {
      if (worker.park_until(deadline)) explored::fail("usage", "nobody had unparked it");
      if (E::now() < deadline) explored::fail("usage", "it came back too early");
      worker.park();
    });
    (void)E::set_loop(&loop);
    E::set_watch(&told);
    told.parker.park();
  });
  EXPECT_TRUE(verdict.passed) << verdict.failure.sentence;
}

TEST(ExploredLocal, CallsAWorkerThatParksForEverADeadlock) {
  const auto verdict = run([] {
    E::parker parker;
    Once loop([] { E::parker().park(); });
    (void)E::set_loop(&loop);
    parker.park();
  });
  EXPECT_EQ(verdict.failure.id, "deadlock");
}

TEST(ExploredLocal, FindsWhoLocksWhatHeHolds) {
  const auto verdict = run([] {
    E::mutex mutex;
    mutex.lock();
    mutex.lock();
  });
  EXPECT_EQ(verdict.failure.id, "deadlock");
}

TEST(ExploredLocal, RefusesToParkWithoutALoop) {
  EXPECT_EQ(run([] { E::parker().park(); }).failure.id, "usage");
}

}  // namespace
}  // namespace rota::testing
