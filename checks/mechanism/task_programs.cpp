// Programs about the state machine of a task's word: one owner for each suspension, whoever ends it (T1, W1 to W6).
#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"

namespace rota::checks::mechanism {
namespace {

// A task that has opened a suspension, and what its ends did. Whoever owns the task resumes it, and so must see the
// frame that its worker left and, if it was woken, what the waker wrote: cells, so that a missing edge is a race.
class Suspension {
 public:
  Suspension() {
    task.begin_life();
    epoch = task.prepare_suspend();
  }
  void commit() {
    frame_.write(1);
    switch (task.commit_suspend()) {
      case Commit::suspended:
        return;
      case Commit::woken:
        saw("woken before the commit");
        (void)message_.read();
        return own();
      case Commit::cancelled:
        saw("cancelled before the commit");
        return own();
    }
  }
  // True if it won.
  bool wake() {
    const Wake result = task.wake(epoch);
    if (result == Wake::enqueue) own();
    return result != Wake::stale;
  }
  bool wake_with_message() {
    message_.write(1);
    return wake();
  }
  void cancel() {
    if (task.request_cancel() == CancelRequest::enqueue) own();
  }
  void own() {
    (void)frame_.read();
    owners_.fetch_add(1, Order::relaxed);
  }
  void expect_one_owner() {
    require(owners_.load(Order::relaxed) == 1, "T1",
            "a suspension that was ended has no owner, or two: its task is lost, or runs twice");
  }

  Task<E> task;
  std::uint64_t epoch = 0;

 private:
  Cell<int> frame_{0}, message_{0};
  Atomic<int> owners_{0};
};

}  // namespace

void a_wake_meets_the_commit() {
  Suspension suspension;
  E::thread waker = start("waker", [&] {
    require(suspension.wake_with_message(), "W1", "the only wake of a suspension was taken for a stale one");
  });
  suspension.commit();
  waker.join();
  suspension.expect_one_owner();
}

void two_wakes_meet_the_commit() {
  Suspension suspension;
  Atomic<int> wins{0};
  const auto wake = [&] {
    if (suspension.wake()) wins.fetch_add(1, Order::relaxed);
  };
  E::thread first = start("first waker", wake);
  E::thread second = start("second waker", wake);
  suspension.commit();
  first.join();
  second.join();
  require(wins.load(Order::relaxed) == 1, "W2", "two wakes of one suspension: not exactly one of them was true");
  suspension.expect_one_owner();
}

void a_wake_and_a_cancel_meet_the_commit() {
  Suspension suspension;
  E::thread waker = start("waker", [&] { (void)suspension.wake(); });
  E::thread canceller = start("canceller", [&] { suspension.cancel(); });
  suspension.commit();
  waker.join();
  canceller.join();
  suspension.expect_one_owner();
}

void a_stale_wake_meets_the_next_suspension() {
  Suspension suspension;
  const std::uint64_t old = suspension.epoch;
  Task<E>& task = suspension.task;
  E::thread waker = start("stale waker", [&task, old] {
    const Wake result = task.wake(old);
    require(result != Wake::enqueue, "W3", "a wake ended a suspension that had never been committed");
    saw(result == Wake::stale ? "stale" : "early");
  });
  task.retract_suspend();
  suspension.epoch = task.prepare_suspend();
  require(task.commit_suspend() == Commit::suspended, "W3", "a waker of an older suspension ended this one");
  waker.join();
  require(task.wake(suspension.epoch) == Wake::enqueue, "W3", "a stale wake changed the suspension it met");
}

void a_shutdown_meets_a_wake() {
  Suspension suspension;
  const int runtime = 0;
  suspension.task.set_link(const_cast<int*>(&runtime));
  suspension.commit();
  E::thread waker = start("waker", [&] { saw(suspension.wake() ? "woken" : "too late"); });
  if (suspension.task.cancel_if_suspended_in(&runtime)) suspension.own();
  waker.join();
  suspension.expect_one_owner();
}

// The shutdown of a runtime looks at a slot whose task ends meanwhile, and where another runtime's begins.
void a_shutdown_meets_a_reused_slot() {
  int mine = 0;
  int others = 0;
  Suspension suspension;
  Task<E>& task = suspension.task;
  task.set_link(&mine);
  suspension.commit();
  bool won = false;
  E::thread waker = start("waker", [&] {
    won = task.wake(suspension.epoch) == Wake::enqueue;
    if (!won) return;
    task.end_life();
    task.begin_life();
    const std::uint64_t epoch = task.prepare_suspend();
    task.set_link(&others);
    require(task.commit_suspend() == Commit::suspended, "P6", "a shutdown cancelled another runtime's task");
    require(task.wake(epoch) == Wake::enqueue, "P6", "a shutdown ended another runtime's suspension");
  });
  const bool cancelled = task.cancel_if_suspended_in(&mine);
  waker.join();
  saw(cancelled ? "cancelled" : "woken");
  require(won != cancelled, "T1", "a suspended task was woken and cancelled by shutdown, or neither");
}

}  // namespace rota::checks::mechanism
