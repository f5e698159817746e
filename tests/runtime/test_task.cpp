// The task's state machine against a sequential model, and the token that goes with it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/runnable.hpp"
#include "tests/support/test_policy.hpp"

namespace rota::testing {
namespace {

// The table of the design, with `scheduled` and `running` apart: a Runnable exists in `scheduled` only (T1).
enum class State { running, arming, notified, suspended, scheduled, done };

class Model {
 public:
  Task<E> task;
  int mine = 0, other = 0;  // two executors, for the link

  // One step, if it is legal now. Every answer of the task is compared with the model's.
  void step(int choice) {
    switch (choice) {
      case 0:
        return prepare();
      case 1:
        return retract();
      case 2:
        return commit();
      case 3:
        return wake(epoch_, true);
      case 4:
        return wake(epoch_ - 1, false);  // W3: an epoch that has passed
      case 5:
        return wake(epoch_ + 1, false);  // and one that nobody was given
      case 6:
        return cancel();
      case 7:
        return pick();
      case 8:
        return end();
      case 9:
        return begin();
      case 10:
        return cancel_if_suspended(&mine);
      case 11:
        return cancel_if_suspended(&other);
      default:
        return wake(epoch_, true);  // often, so that repeated wakes are (W2)
    }
  }

 private:
  void prepare() {
    if (state_ != State::running) return;
    RC_ASSERT(task.prepare_suspend() == epoch_);
    task.set_link(&mine);
    state_ = State::arming;
  }
  void retract() {
    if (state_ != State::arming && state_ != State::notified) return;
    task.retract_suspend();
    ++epoch_;
    state_ = State::running;
  }
  void commit() {
    if (state_ != State::arming && state_ != State::notified) return;
    const Commit expected = cancelled_                  ? Commit::cancelled
                            : state_ == State::notified ? Commit::woken
                                                        : Commit::suspended;
    RC_ASSERT(task.commit_suspend() == expected);
    if (expected != Commit::suspended) ++epoch_;
    // W6: it is scheduled only now; a cancelled task is the worker's, to end.
    state_ = expected == Commit::suspended ? State::suspended
             : expected == Commit::woken   ? State::scheduled
                                           : State::running;
  }
  void wake(std::uint64_t epoch, bool current) {
    if (current && (state_ == State::running || state_ == State::scheduled)) return;  // nobody was given it
    const bool arming = current && state_ == State::arming;
    const bool suspended = current && state_ == State::suspended;
    RC_ASSERT(task.wake(epoch) == (arming ? Wake::early : suspended ? Wake::enqueue : Wake::stale));
    if (arming) state_ = State::notified;
    if (suspended) reopen();
  }
  void reopen() {
    ++epoch_;
    state_ = State::scheduled;
  }
  void cancel() {
    const bool late = cancelled_ || state_ == State::done;
    const bool suspended = state_ == State::suspended;
    RC_ASSERT(task.request_cancel() == (late        ? CancelRequest::late
                                        : suspended ? CancelRequest::enqueue
                                                    : CancelRequest::noted));
    if (late) return;
    cancelled_ = true;
    if (suspended) reopen();
  }
  void cancel_if_suspended(void* executor) {
    const bool expected = state_ == State::suspended && executor == &mine;
    RC_ASSERT(task.cancel_if_suspended_in(executor) == expected);
    if (!expected) return;
    cancelled_ = true;
    reopen();
  }
  void pick() {
    if (state_ != State::scheduled) return;
    RC_ASSERT(task.cancel_requested() == cancelled_);
    state_ = State::running;
  }
  void end() {
    if (state_ != State::running) return;
    task.end_life();
    RC_ASSERT(task.epoch() == ++epoch_);
    RC_ASSERT(task.phase() == Phase::done);
    state_ = State::done;
  }
  void begin() {
    if (state_ != State::done) return;
    task.begin_life();
    RC_ASSERT(task.epoch() == epoch_);  // W3: the epoch survives the end and the reuse
    RC_ASSERT(!task.cancel_requested());
    cancelled_ = false;
    state_ = State::scheduled;
  }

  State state_ = State::running;
  std::uint64_t epoch_ = 1;
  bool cancelled_ = false;
};

// W1, W2, W3, W4, W6, T1, in every order that the contract allows.
RC_GTEST_PROP(TaskStates, AgreeWithTheTableInEverySequence, (const std::vector<std::uint8_t>& choices)) {
  Model model;
  for (const std::uint8_t choice : choices) model.step(choice % 14);
}
RC_GTEST_PROP(TaskStates, AgreeWithTheTableInLongSequences, ()) {
  Model model;
  for (const int choice : *rc::gen::container<std::vector<int>>(400, rc::gen::inRange(0, 14))) model.step(choice);
}

TEST(TaskStates, GiveNoTwoSuspensionsTheSameEpochInWhateverLife) {
  Task<E> task;
  std::uint64_t last = 0;
  for (int life = 0; life < 100; ++life) {
    task.begin_life();
    for (int i = 0; i < life % 3; ++i) {
      const std::uint64_t epoch = task.prepare_suspend();
      EXPECT_GT(epoch, last);
      last = epoch;
      task.retract_suspend();
    }
    task.end_life();
    EXPECT_EQ(task.wake(last), Wake::stale) << "W3";
  }
}

TEST(RunnableDeath, OfAFullTokenIsAContractFailure) {
  Task<E> task;
  EXPECT_DEATH({ auto lost = Runnable<E>::adopt(&task); }, "T1");
  EXPECT_DEATH(
      {
        auto first = Runnable<E>::adopt(&task);
        first = Runnable<E>();
      },
      "T1");
}

}  // namespace
}  // namespace rota::testing
