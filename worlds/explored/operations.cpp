// Machine: the operations of the world, each a switch point and then its effect.
#include <algorithm>
#include <string_view>

#include "worlds/explored/machine.hpp"

namespace rota::explored {

std::uint64_t Machine::load(const Location& location, Order order, Site site) {
  order = order_at(site, AccessKind::load, order);
  before(&location, false, site);
  Candidates options;
  memory_.readable(location, current_->id, current_->knowledge, options);
  Record& from = *options.record[choose_value(options.count)];
  const std::uint64_t value = memory_.load(from, location, order, current_->id, current_->knowledge);
  show(AccessKind::load, order, value, &from != location.newest);
  after(false);
  return value;
}

void Machine::store(Location& location, std::uint64_t value, Order order, Site site) {
  order = order_at(site, AccessKind::store, order);
  before(&location, true, site);
  Candidates options;
  memory_.writable(location, current_->id, current_->knowledge, options);
  Record& behind = *options.record[choose_value(options.count)];
  show(AccessKind::store, order, value, &behind != location.newest);
  memory_.store(behind, location, value, order, current_->id, current_->knowledge);
  after(true);
}

Record& Machine::begin_update(Location& location, const std::uint64_t* expected, Site site) {
  before(&location, true, site);
  Candidates options;
  memory_.exchangeable(location, current_->id, current_->knowledge, expected, options);
  return *options.record[choose_value(options.count)];
}

void Machine::end_update(Record& from, Location& location, std::uint64_t value, Order order, AccessKind kind) {
  show(kind, order, value, &from != location.newest);
  memory_.exchange(from, location, value, order, current_->id, current_->knowledge);
  after(true);
}

bool Machine::compare_exchange(Location& location, std::uint64_t& expected, std::uint64_t desired, Order success,
                               Order failure, Site site) {
  Record& from = begin_update(location, &expected, site);
  if (from.value == expected) {
    end_update(from, location, desired, order_at(site, AccessKind::compare_exchange, success),
               AccessKind::compare_exchange);
    return true;
  }
  failure = order_at(site, AccessKind::compare_exchange_fails, failure);
  expected = memory_.load(from, location, failure, current_->id, current_->knowledge);
  show(AccessKind::compare_exchange_fails, failure, expected, &from != location.newest);
  after(false);
  return false;
}

void Machine::full_fence(Site site) {
  before(&memory_, true, site);
  if (order_at(site, AccessKind::full_fence, Order::acq_rel) == Order::acq_rel)
    memory_.full_fence(current_->id, current_->knowledge);
  show(AccessKind::full_fence, Order::acq_rel, 0, false);
  after(false);
}

void Machine::read(Plain& plain) {
  const Clock& happened = current_->knowledge.now.happened;
  if (plain.written > happened.time[plain.writer])
    fail("race", "a cell was read by " + std::string(current_->name) + ", which does not see the write of " +
                     threads_[plain.writer].name + " before it");
  plain.reads.time[current_->id] = happened.time[current_->id];
}

void Machine::write(Plain& plain) {
  const Clock& happened = current_->knowledge.now.happened;
  if (plain.written > happened.time[plain.writer])
    fail("race", "a cell was written by " + std::string(current_->name) + ", which does not see the write of " +
                     threads_[plain.writer].name + " before it");
  for (unsigned t = 0; t < count_; ++t) {
    if (plain.reads.time[t] > happened.time[t])
      fail("race", "a cell was written by " + std::string(current_->name) + ", which does not see the read of " +
                       threads_[t].name + " before it");
  }
  plain.writer = current_->id;
  plain.written = happened.time[current_->id];
}

// Mutexes. Who wants one is ready only while it is free.

void Machine::lock(Lock& lock, Site site) {
  before_wait(Wait::lock, &lock, lock.owner == Lock::nobody, site);
  strategy_->access(current_->id, {.object = &lock, .writes = true, .orders_only = false});
  lock.owner = current_->id;
  for (unsigned t = 0; t < count_; ++t) {
    if (threads_[t].wait == Wait::lock && threads_[t].waits_for == &lock) ready_ &= ~bit(t);
  }
  current_->knowledge.now.join(lock.views);
  show(AccessKind::lock, Order::acquire, 0, false);
  after(true);
}

bool Machine::try_lock(Lock& lock, Site site) {
  before(&lock, true, site);
  if (lock.owner != Lock::nobody) {
    after(false);
    return false;
  }
  lock.owner = current_->id;
  current_->knowledge.now.join(lock.views);
  after(true);
  return true;
}

// No switch point: whoever could act between the last access and this one would find the mutex taken, or not care.
void Machine::unlock(Lock& lock) {
  lock.owner = Lock::nobody;
  lock.views = current_->knowledge.now;
  strategy_->access(current_->id, {.object = &lock, .writes = true, .orders_only = true});
  wake(Wait::lock, &lock);
  after(true);
}

// Parkers.

bool Machine::park(Token& token, TimePoint deadline, Site site) {
  current_->timed_out = deadline <= time_;
  current_->deadline = current_->timed_out ? never : deadline;
  const bool ready = token.set || current_->timed_out;
  if (current_->deadline != never) ready_ |= bit(clock_thread);
  before_wait(Wait::token, &token, ready, site, deadline == never ? nullptr : &time_);
  strategy_->access(current_->id, {.object = &token, .writes = true, .orders_only = false});
  if (deadline != never) {
    strategy_->access(current_->id, {.object = &time_, .writes = true, .orders_only = false});
    current_->deadline = never;
    arm_clock();
  }
  const bool woken = token.set;
  if (woken) current_->knowledge.now.join(token.views);
  token.set = false;
  show(woken ? AccessKind::park_ends : AccessKind::park_times_out, Order::acquire, 0, false);
  after(true);
  return woken;
}

bool Machine::unpark(Token& token, Site site) {
  before(&token, true, site);
  token.set = true;
  token.views.join(current_->knowledge.now);
  wake(Wait::token, &token);
  const bool elsewhere = token.elsewhere;
  token.elsewhere = false;
  show(AccessKind::unpark, Order::acq_rel, 0, false);
  after(true);
  return elsewhere;
}

bool Machine::begin_wait_elsewhere(Token& token, Site site) {
  before(&token, true, site);
  const bool waits = !token.set;
  if (!waits) current_->knowledge.now.join(token.views);
  token.set = false;
  token.elsewhere = waits;
  show(AccessKind::begin_wait_elsewhere, Order::acq_rel, waits, false);
  after(true);
  return waits;
}

bool Machine::end_wait_elsewhere(Token& token, Site site) {
  before(&token, true, site);
  const bool woken = token.set;
  if (woken) current_->knowledge.now.join(token.views);
  token.set = token.elsewhere = false;
  show(AccessKind::end_wait_elsewhere, Order::acquire, woken, false);
  after(true);
  return woken;
}

// Threads, time, waiting.

void Machine::join(ThreadId thread, Site site) {
  Thread& other = threads_[thread];
  before_wait(Wait::thread, &other, other.wait == Wait::done, site);
  strategy_->access(current_->id, {.object = &other, .writes = false, .orders_only = true});
  current_->knowledge.now.join(other.knowledge.now);
  after(false);
}

TimePoint Machine::now(Site site) {
  before(&time_, false, site);
  after(false);
  return time_;
}

// Spinning is waiting for somebody else's write. With nobody left to write, one look at the newest values (stuck()).
void Machine::relax(Site site) {
  strategy_->yielded(current_->id);
  current_->knowledge.fresh = false;
  spinning_ |= bit(current_->id);
  before_wait(Wait::change, nullptr, false, site);
  spinning_ &= ~bit(current_->id);
}

void Machine::quiesce() { before_wait(Wait::quiescence, nullptr, false, Site::current()); }

Order Machine::order_at(Site site, AccessKind kind, Order order) {
  const auto here = [&](const AccessSite& s) {
    return s.line == site.line() && s.column == site.column() && s.kind == kind &&
           std::string_view(s.file) == site.file_name();
  };
  if (options_.sites && std::none_of(sites_.begin(), sites_.end(), here))
    sites_.push_back({site.file_name(), site.line(), site.column(), kind, order});
  return options_.weakened.file != nullptr && here(options_.weakened) ? options_.weaker : order;
}

void Machine::show(AccessKind kind, Order order, std::uint64_t value, bool stale) {
  if (!options_.trace) return;
  const OutsideArena outside;
  steps_.push_back({.thread = current_->id,
                    .file = current_->site.file_name(),
                    .line = current_->site.line(),
                    .kind = kind,
                    .order = order,
                    .value = value,
                    .stale = stale,
                    .step = step_});
}

}  // namespace rota::explored
