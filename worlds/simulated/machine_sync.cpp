// The simulated computer: threads that wait for each other.
#include <algorithm>
#include <utility>

#include "worlds/simulated/machine_thread.hpp"

namespace rota::simulated {
namespace {

constexpr unsigned most_spins = 10'000;  // at one moment, where spinning costs nothing

}  // namespace

void Machine::fence() {
  let_earlier_run();
  spend(model_.costs.fence);
}

void Machine::relax() {
  Thread& self = *current_;
  spend(model_.costs.relax);
  if (std::exchange(self.spun_at, now_) != now_) self.spins = 0;
  if (turns_.first_time() <= now_) return give_way();
  if (++self.spins < most_spins) return;
  if (turns_.empty()) block("somebody, spinning");  // does not come back: nobody is left
  spend(turns_.first_time() - now_);
  give_way();
}

void Machine::sleep(const char* on, Ps Spent::* bucket, Ps wake_at) {
  Thread& self = *current_;
  self.spent.*bucket += model_.costs.park;
  const Ps asleep = now_ += model_.costs.park;
  block(on, wake_at);
  self.spent.*bucket += now_ - asleep;
}

// A mutex of the system: an update of its line when it is free, and a sleep in the order of arrival when it is not. Who
// comes by when it is given up may take it before the one that is being woken.
void Machine::lock(Lock& lock) {
  access(&lock, Access::update);
  while (lock.taken) {
    const int self = static_cast<int>(current_->id);
    (lock.last < 0 ? lock.first : threads_[static_cast<unsigned>(lock.last)]->next_waiter) = self;
    lock.last = self;
    sleep("a mutex", &Spent::line_wait, Turns::nobody);
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
  if (lock.first < 0) return;
  const auto next = static_cast<unsigned>(lock.first);
  lock.first = std::exchange(threads_[next]->next_waiter, -1);
  if (lock.first < 0) lock.last = -1;
  spend(model_.costs.unpark);
  turns_.queue(next, std::max(threads_[next]->time, now_ + model_.costs.wake_up));
}

bool Machine::park(Token& token, TimePoint deadline) {
  access(&token, Access::update);
  if (std::exchange(token.set, false)) return true;
  token.sleeper = static_cast<int>(current_->id);
  // What lies further off than picoseconds can say (106 days) is never reached.
  const auto due = std::max<Duration::rep>(deadline.time_since_epoch().count(), 0);
  const bool for_ever = due >= Turns::nobody / 1000;
  const Ps asleep = now_ + model_.costs.park;
  current_->wakes_at = for_ever ? Turns::nobody : std::max<Ps>(due * 1000, asleep) + model_.costs.wake_up;
  sleep("an unpark", &Spent::idle, current_->wakes_at);
  token.sleeper = -1;
  return std::exchange(token.set, false);
}

bool Machine::unpark(Token& token) {
  access(&token, Access::update);
  token.set = true;
  if (token.sleeper >= 0) {
    Thread& sleeper = *threads_[static_cast<unsigned>(std::exchange(token.sleeper, -1))];
    spend(model_.costs.unpark);
    const Ps at = std::max(sleeper.time, now_ + model_.costs.wake_up);
    if (at < sleeper.wakes_at) turns_.queue(sleeper.id, at);  // else its deadline wakes it no later
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

}  // namespace rota::simulated
