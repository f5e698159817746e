// Races for one task's word: each true wake has one winner, and one owner whatever else happens.
#include <gtest/gtest.h>

#include "runtime/task.hpp"
#include "tests/support/race.hpp"
#include "tests/support/test_policy.hpp"

namespace rota::testing {
namespace {

// One task that suspends in every round, and what the sides of a race did to it. `frame` and `message` are plain data:
// if an edge is missing, the thread sanitizer sees it.
class TaskRaces : public ::testing::Test {
 protected:
  void arm() {
    for (auto* counter : {&wins_, &owners_}) counter->store(0, Order::relaxed);
    frame_ = seen_frame_ = message_ = seen_message_ = 0;
    task_.begin_life();
    epoch_ = task_.prepare_suspend();
  }
  void commit() {
    frame_ = 1;  // the worker leaves the frame …
    committed_ = task_.commit_suspend();
    if (committed_ != Commit::suspended) own();
  }
  void wake() {
    const Wake wake = task_.wake(epoch_);
    if (wake != Wake::stale) wins_.fetch_add(1, Order::relaxed);
    if (wake == Wake::enqueue) own();
  }
  void wake_with_message() {
    message_ = 1;
    wake();
  }
  void cancel() {
    requested_ = task_.request_cancel();
    if (requested_ == CancelRequest::enqueue) own();
  }
  void own() {
    owners_.fetch_add(1, Order::relaxed);
    seen_frame_ = frame_;  // … before anybody resumes it (W6)
    seen_message_ = message_;
  }
  [[nodiscard]] int wins() const { return wins_.load(Order::relaxed); }
  [[nodiscard]] int owners() const { return owners_.load(Order::relaxed); }

  Task<E> task_;
  std::uint64_t epoch_ = 0;
  Atomic<int> wins_{0}, owners_{0};
  int frame_ = 0, seen_frame_ = 0, message_ = 0, seen_message_ = 0;
  Commit committed_{};
  CancelRequest requested_{};
};

TEST_F(TaskRaces, BetweenWakeAndCommitScheduleTheTaskOnceWithAllThatWasWritten) {  // W1, W5, W6
  int early = 0;
  race(
      rounds(40'000), [&] { arm(); },
      [&] {
        ASSERT_EQ(wins(), 1);
        ASSERT_EQ(owners(), 1);
        ASSERT_EQ(seen_frame_, 1);
        ASSERT_EQ(seen_message_, 1);
        ASSERT_EQ(task_.phase(), Phase::active);
        early += committed_ == Commit::woken;
        task_.end_life();
      },
      [&] { commit(); }, [&] { wake_with_message(); });
  EXPECT_GT(early, 0) << "the wake never came first, so half of this was not tested";
}

TEST_F(TaskRaces, BetweenManyWakersHaveOneWinner) {  // W2
  race(
      rounds(20'000), [&] { arm(); },
      [&] {
        ASSERT_EQ(wins(), 1);
        ASSERT_EQ(owners(), 1);
        task_.end_life();
      },
      [&] { commit(); }, [&] { wake(); }, [&] { wake(); }, [&] { wake(); });
}

TEST_F(TaskRaces, BetweenCancelAndCommitGiveTheTaskOneOwner) {
  race(
      rounds(20'000), [&] { arm(); },
      [&] {
        ASSERT_EQ(owners(), 1);
        ASSERT_EQ(seen_frame_, 1);
        ASSERT_EQ(requested_ == CancelRequest::noted, committed_ == Commit::cancelled);
        ASSERT_TRUE(task_.cancel_requested());
        ASSERT_EQ(task_.request_cancel(), CancelRequest::late);
        task_.end_life();
      },
      [&] { commit(); }, [&] { cancel(); });
}

TEST_F(TaskRaces, BetweenCancelWakeAndCommitGiveTheTaskOneOwner) {  // T1, W2
  race(
      rounds(20'000), [&] { arm(); },
      [&] {
        ASSERT_EQ(owners(), 1);
        ASSERT_LE(wins(), 1);
        ASSERT_NE(requested_, CancelRequest::late);
        task_.end_life();
      },
      [&] { commit(); }, [&] { cancel(); }, [&] { wake(); });
}

TEST_F(TaskRaces, BetweenTwoCancelsAreAnsweredOnce) {
  Atomic<int> answered{0};
  const auto cancel_too = [&] {
    const CancelRequest request = task_.request_cancel();
    if (request != CancelRequest::late) answered.fetch_add(1, Order::relaxed);
    if (request == CancelRequest::enqueue) own();
  };
  race(
      rounds(20'000),
      [&] {
        arm();
        answered.store(0, Order::relaxed);
      },
      [&] {
        ASSERT_EQ(answered.load(Order::relaxed), 1);
        ASSERT_EQ(owners(), 1);
        task_.end_life();
      },
      [&] { commit(); }, cancel_too, cancel_too);
}

TEST_F(TaskRaces, BetweenAStaleWakeAndTheNextLifeChangeNothing) {  // W3
  std::uint64_t former = 0;
  race(
      rounds(40'000),
      [&] {
        task_.begin_life();
        former = task_.prepare_suspend();
        task_.retract_suspend();
      },
      [&] { ASSERT_EQ(task_.phase(), Phase::done); },
      [&] {
        task_.end_life();
        task_.begin_life();
        epoch_ = task_.prepare_suspend();
        ASSERT_EQ(task_.commit_suspend(), Commit::suspended);
        ASSERT_EQ(task_.wake(epoch_), Wake::enqueue);
        task_.end_life();
      },
      [&] { ASSERT_EQ(task_.wake(former), Wake::stale); });
}

}  // namespace
}  // namespace rota::testing
