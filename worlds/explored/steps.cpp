// Machine: which thread takes the next step, who waits for what, and what becomes of it when nobody can go on.
#include <algorithm>
#include <bit>

#include "worlds/explored/machine.hpp"

namespace rota::explored {

void Machine::before(const void* object, bool writes, Site site) {
  pending_[current_->id] = {object, writes, false};
  pass(site);
  if (object != nullptr) strategy_->access(current_->id, {object, writes, false});
}

void Machine::before_wait(Wait wait, const void* what, bool ready, Site site, const void* also) {
  pending_[current_->id] = {what, true, false, also};
  current_->wait = wait;
  current_->waits_for = what;
  if (!ready) ready_ &= ~bit(current_->id);
  pass(site);
  current_->wait = Wait::none;
}

void Machine::pass(Site site) {
  current_->site = site;
  if (++step_ > options_.max_steps) fail("endless", "no end within " + std::to_string(options_.max_steps) + " steps");
  const unsigned next = choose_thread();
  if (next != current_->id) switch_to(next);
  mix((std::uint64_t{site.line()} << 8) | current_->id);
}

void Machine::after(bool writes) {
  WeakMemory::tick(current_->id, current_->knowledge);
  if (writes && (spinning_ | refreshed_) != 0) {
    // Something changed: those who spin look again. The one who changed it has seen it.
    ready_ |= spinning_ & ~bit(current_->id);
    refreshed_ = 0;
  }
}

unsigned Machine::choose_thread() {
  for (;;) {
    while (ready_ == 0) stuck();
    const ThreadChoice choice{.ready = ready_, .current = last_, .current_ready = (ready_ & bit(last_)) != 0};
    unsigned next = 0;
    {
      const OutsideArena outside;
      next = strategy_->thread(choice, pending_.data());
    }
    if (next == Strategy::prune) {
      run_.pruned = true;
      leave();
    }
    if (std::popcount(ready_) > 1) {
      const unsigned index = index_of(choice, next);
      schedule_.add(index);
      mix(index + 1);
    }
    last_ = next;
    if (next != clock_thread) return next;
    advance_clock();
  }
}

unsigned Machine::choose_value(unsigned options) {
  if (options < 2) return 0;
  const OutsideArena outside;
  const unsigned index = strategy_->value(options);
  schedule_.add(index);
  mix(index + 100);
  return index;
}

// Blocking.

void Machine::wake(Wait wait, const void* what) {
  for (unsigned t = 0; t < count_; ++t) {
    Thread& thread = threads_[t];
    if (thread.wait != wait || thread.waits_for != what) continue;
    ready_ |= bit(t);
  }
}

void Machine::advance_clock() {
  time_ = std::max(time_, next_deadline());
  for (unsigned t = 0; t < count_; ++t) {
    Thread& thread = threads_[t];
    if (thread.wait != Wait::token || thread.deadline > time_) continue;
    thread.timed_out = true;
    thread.deadline = never;
    ready_ |= bit(t);
  }
  arm_clock();
  strategy_->access(clock_thread, {.object = &time_, .writes = true, .orders_only = false});
}

TimePoint Machine::next_deadline() const {
  TimePoint next = never;
  for (unsigned t = 0; t < count_; ++t) {
    if (threads_[t].wait == Wait::token) next = std::min(next, threads_[t].deadline);
  }
  return next;
}

// The clock can go on while somebody waits for a deadline.
void Machine::arm_clock() {
  ready_ = next_deadline() == never ? ready_ & ~bit(clock_thread) : ready_ | bit(clock_thread);
}

// Nobody can go on. Those who spin get one look at the newest values; then whoever waits for quiescence; else it is
// the end.
void Machine::stuck() {
  if (const unsigned again = spinning_ & ~refreshed_; again != 0) {
    refreshed_ |= again;
    for (unsigned t = 0; t < count_; ++t) {
      if ((again & bit(t)) != 0) threads_[t].knowledge.fresh = true;
    }
    ready_ |= again;
    return;
  }
  for (unsigned t = 0; t < count_; ++t) {
    if (threads_[t].wait != Wait::quiescence) continue;
    ready_ |= bit(t);
    return;
  }
  fail("deadlock", "nobody can go on: " + where_everybody_waits());
}

}  // namespace rota::explored
