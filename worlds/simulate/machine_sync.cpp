// The simulated computer: threads that wait for each other.
#include <algorithm>
#include <utility>

#include "worlds/simulate/machine_thread.hpp"

namespace rota::simulate {

void Machine::fence() {
  let_earlier_run();
  spend(model_.costs.fence);
}

// A spinner lets also those go first that have the same time: it may wait for one of them.
void Machine::relax() {
  spend(model_.costs.relax);
  if (turns_.first_time() <= now_) give_way();
}

// A mutex of the system: an update of its line when it is free, and a sleep in the order of arrival when it is not. Who
// comes by when it is given up may take it before the one that is being woken.
void Machine::lock(Lock& lock) {
  access(&lock, Access::update);
  while (lock.taken) {
    {
      const OutsideMemory outside;
      lock.waiters.push_back(current_->id);
    }
    const Ps before = now_;
    now_ += model_.costs.park;
    block("a mutex");
    current_->spent.line_wait += now_ - before;
    access(&lock, Access::update);
  }
  lock.taken = true;
}

bool Machine::try_lock(Lock& lock) {
  access(&lock, Access::update);
  return !std::exchange(lock.taken, true);
}

void Machine::unlock(Lock& lock) {
  access(&lock, Access::update);
  lock.taken = false;
  if (lock.waiters.empty()) return;
  const unsigned next = lock.waiters.front();
  lock.waiters.erase(lock.waiters.begin());
  spend(model_.costs.unpark);
  turns_.queue(next, std::max(threads_[next]->time, now_ + model_.costs.wake_up));
}

bool Machine::park(Token& token, TimePoint deadline) {
  access(&token, Access::update);
  if (std::exchange(token.set, false)) return true;
  const Ps before = now_;
  now_ += model_.costs.park;
  token.sleeper = static_cast<int>(current_->id);
  const bool for_ever = deadline == never;
  const Ps due = for_ever ? Turns::nobody : deadline.time_since_epoch().count() * 1000;
  block("an unpark", for_ever ? due : std::max(due, now_) + model_.costs.wake_up);
  token.sleeper = -1;
  current_->spent.idle += now_ - before;
  return std::exchange(token.set, false);
}

bool Machine::unpark(Token& token) {
  access(&token, Access::update);
  token.set = true;
  if (token.sleeper >= 0) {
    const auto sleeper = static_cast<unsigned>(std::exchange(token.sleeper, -1));
    spend(model_.costs.unpark);
    turns_.queue(sleeper, std::max(threads_[sleeper]->time, now_ + model_.costs.wake_up));
  }
  return std::exchange(token.elsewhere, false);
}

bool Machine::begin_wait_elsewhere(Token& token) {
  access(&token, Access::update);
  token.elsewhere = !token.set;
  token.set = false;
  return token.elsewhere;
}

bool Machine::end_wait_elsewhere(Token& token) {
  access(&token, Access::update);
  token.elsewhere = false;
  return std::exchange(token.set, false);
}

}  // namespace rota::simulate
