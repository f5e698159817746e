// Programs about sleeping: the idle set, and the order of fences that loses no wake-up (P2, P3).
#include <array>
#include <vector>

#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"
#include "runtime/parking.hpp"

namespace rota::checks::mechanism {
namespace {

// Workers over a queue that is only a count, with the loop of Runtime::run_worker. The queue's own orders are as weak
// as a policy's may be, so that what is seen is seen by the fences.
class Workers {
 public:
  Workers(unsigned count, int tasks) : left_(tasks) {
    for (WorkerId id = 0; id < count; ++id) workers_.push_back(std::make_unique<Worker<E>>(id, place_, 1));
    parking_.emplace(workers_, place_.reactor(), two_workers());
  }

  void submit() {
    queued_.fetch_add(1, Order::release);
    signal();
  }

  // As for a task that somebody has taken since.
  void signal() { parking_->signal(nullptr, WakeHint::any()); }
  // Worker 0 is about to sleep and thinks better of it.
  void doze() {
    parking_->announce(*workers_[0]);
    parking_->retract(*workers_[0]);
  }

  // Works until all tasks have been taken. `body` runs for each.
  template <class Body> void work(WorkerId id, Body body) {
    Worker<E>& self = *workers_[id];
    while (left_.load(Order::acquire) > 0) {
      if (take()) {
        if (self.searching && parking_->end_search(self)) parking_->settle([this] { return has_work(); });
        if (left_.fetch_sub(1, Order::acq_rel) == 1) parking_->unpark_all();
        body();
      } else {
        (void)parking_->begin_search(self);  // and there is nothing to steal
        rest(self);
      }
    }
  }
  // The two tasks of a pair: whoever is first waits for the other.
  void meet(WorkerId id) {
    if (met_.exchange(true, Order::acq_rel)) {
      (void)meeting_.unpark();
    } else {
      saw(id == 0 ? "worker 0 first" : "worker 1 first");
      meeting_.park();
    }
  }

 private:
  [[nodiscard]] bool has_work() const { return queued_.load(Order::acquire) > 0; }
  [[nodiscard]] bool take() {
    for (int seen = queued_.load(Order::acquire); seen > 0;) {
      if (queued_.compare_exchange(seen, seen - 1, Order::acq_rel, Order::acquire)) return true;
    }
    return false;
  }
  void rest(Worker<E>& self) {
    if (self.searching) (void)parking_->end_search(self);
    parking_->announce(self);
    self.insist = has_work();
    if (self.insist) {
      saw("looked again");
    } else if (left_.load(Order::acquire) > 0) {
      saw("slept");
      self.parker.park();
    }
    parking_->retract(self);
    if (self.insist) (void)parking_->begin_search(self);
  }

  Player place_{std::make_unique<SimulatedReactor<E>>()};
  std::vector<std::unique_ptr<Worker<E>>> workers_;
  std::optional<Parking<E>> parking_;
  Atomic<int> queued_{0}, left_;
  Atomic<bool> met_{false};
  E::parker meeting_;
};

}  // namespace

void an_announcement_has_one_end() {
  IdleSet<E> idle(2);
  Atomic<int> ends{0};
  idle.announce(0);
  E::thread claimer = start("claimer", [&] {
    if (idle.claim(0)) ends.fetch_add(1, Order::relaxed);
  });
  E::thread any = start("claimer of any", [&] {
    WorkerId id = 1;
    if (idle.claim_any(id)) ends.fetch_add(id == 0 ? 1 : 2, Order::relaxed);
  });
  const bool mine = idle.retract(0);
  saw(mine ? "retracted" : "claimed");
  if (mine) ends.fetch_add(1, Order::relaxed);
  claimer.join();
  any.join();
  require(ends.load(Order::relaxed) == 1, "P3", "a sleeper was woken by none and did not retract, or was woken twice");
}

void two_claims_get_two_workers() {
  IdleSet<E> idle(2);
  idle.announce(0);
  idle.announce(1);
  std::array<WorkerId, 2> ids{9, 9};
  E::thread other = start("claimer", [&] { require(idle.claim_any(ids[1]), "P3", "a claim overlooked a sleeper"); });
  require(idle.claim_any(ids[0]), "P3", "a claim overlooked a sleeper");
  other.join();
  require(ids[0] + ids[1] == 1, "P3", "two claims got one sleeper");
}

void a_sleep_meets_a_submit() {
  Workers workers(1, 1);
  E::thread worker = start("worker", [&] { workers.work(0, [] {}); });
  workers.submit();
  worker.join();
}

void a_sleep_meets_two_submits() {
  Workers workers(1, 2);
  E::thread worker = start("worker", [&] { workers.work(0, [] {}); });
  E::thread second = start("second submitter", [&] { workers.submit(); });
  workers.submit();
  worker.join();
  second.join();
}

// A submitter counts a searcher for the worker that it is about to claim. If that worker retracts first, whoever relied
// on the count in between must not be left alone.
void a_claim_that_fails_meets_a_submit() {
  Workers workers(1, 1);
  E::thread worker = start("worker", [&] {
    workers.doze();
    workers.work(0, [] {});
  });
  E::thread other = start("second submitter", [&] { workers.signal(); });
  workers.submit();
  worker.join();
  other.join();
}

void two_tasks_need_two_workers() {
  Workers workers(2, 2);
  std::vector<E::thread> threads;
  for (WorkerId id = 0; id < 2; ++id)
    threads.push_back(
        start(id == 0 ? "worker 0" : "worker 1", [&, id] { workers.work(id, [&, id] { workers.meet(id); }); }));
  workers.submit();
  workers.submit();
  for (auto& thread : threads) thread.join();
}

}  // namespace rota::checks::mechanism
