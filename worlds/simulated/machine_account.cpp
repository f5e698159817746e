// The simulated computer: what its deeds cost, and where the time of a thread went.
#include <algorithm>

#include "worlds/simulated/machine_thread.hpp"

namespace rota::simulated {
namespace {

constexpr std::size_t line_bytes = 64;

}  // namespace

Spent& Spent::operator+=(const Spent& other) {
  work += other.work, away += other.away, runtime += other.runtime, searching += other.searching;
  idle += other.idle, line_wait += other.line_wait, far_line += other.far_line;
  return *this;
}

Spent& Spent::operator-=(const Spent& other) {
  work -= other.work, away -= other.away, runtime -= other.runtime, searching -= other.searching;
  idle -= other.idle, line_wait -= other.line_wait, far_line -= other.far_line;
  return *this;
}

void Machine::touch(const void* address, Access access) {
  ++accesses_;
  // On a stack, or static: compilers choose where, so it must not decide anything. A hit.
  if (!Memory::owns(address)) [[unlikely]]
    return spend(rules_.hit(access));
  Line& line = lines_[Memory::offset(address) / line_bytes];
  const Charge charge = rules_.access(line, access, current_->unit, now_);
  if (charge.waited > 0) {
    now_ += charge.waited;
    (current_->idle ? current_->spent.idle : current_->spent.line_wait) += charge.waited;
  }
  if (charge.level >= Level::package && !current_->idle) {
    now_ += charge.cost;
    current_->spent.far_line += charge.cost;
  } else {
    spend(charge.cost);
  }
}

void Machine::spend(Ps time) {
  Thread& thread = *current_;
  now_ += time;
  (thread.idle ? thread.spent.idle : thread.looking ? thread.look_time : thread.spent.runtime) += time;
}

// Found or not, the time of the last look is now known for what it was.
void Machine::end_look(bool found) {
  Thread& thread = *current_;
  (found ? thread.spent.runtime : thread.spent.searching) += thread.look_time;
  thread.look_time = 0;
  thread.looking = false;
}

void Machine::charge(Cost cost) {
  const Ps declared = cost.work.count() * 1000;
  Ps taken = declared * slowness_[current_->unit] / 1000;
  if (cost.home != anywhere && current_->on_unit && cost.home < nodes_ && cost.home != node()) {
    const bool near = package_[cost.home] == model_.topology.pus()[current_->unit].package;
    taken = taken * (near ? away_package_ : away_remote_) / 1000;
  }
  now_ += taken;
  current_->spent.work += declared;
  current_->spent.away += taken - declared;
  let_earlier_run();
}

NodeId Machine::node() const { return current_->on_unit ? model_.topology.pus()[current_->unit].node : anywhere; }

TimePoint Machine::now() {
  spend(model_.costs.clock);
  return TimePoint(Duration(now_ / 1000));
}

void* Machine::pages(std::size_t bytes, std::size_t alignment) {
  spend(model_.costs.allocate);
  return Memory::pages(bytes, alignment);
}

Spent Machine::spent(unsigned thread) const {
  Spent spent = threads_[thread]->spent;
  spent.searching += threads_[thread]->look_time;
  return spent;
}

Spent Machine::spent() const {
  Spent sum;
  for (const auto& thread : threads_) {
    if (thread->on_unit) sum += spent(thread->id);
  }
  return sum;
}

Ps Machine::elapsed(unsigned thread) const {
  const Thread& t = *threads_[thread];
  return (&t == current_ && !t.ended ? now_ : t.time) - t.began;
}

void Machine::mark(Mark mark, const void* subject, std::uint64_t value) {
  bool value_counts = false;  // the others' values are epochs and tickets: memory decides them
  switch (mark) {
    case Mark::look:
      end_look(false);
      current_->looking = true;
      break;
    case Mark::pick:
    case Mark::steal:
      end_look(true);
      value_counts = true;
      break;
    case Mark::park:
      end_look(false);
      current_->idle = true;
      break;
    case Mark::unparked:
      current_->idle = false;
      break;
    case Mark::resume:
    case Mark::enqueue:
    case Mark::polled:
    case Mark::note:
      value_counts = true;
      break;
    default:
      break;
  }
  if (const auto cost = cost_of(mark); cost != nullptr) spend(model_.costs.*cost);
  std::uint64_t number = 0;
  if (Memory::owns(subject)) {
    TaskNote& note = note_of(subject);
    note_task(mark, note);
    number = note.number;
  }
  mix(std::uint64_t{static_cast<std::uint8_t>(mark)} << 56 ^ std::uint64_t{current_->id} << 40 ^ number);
  mix(static_cast<std::uint64_t>(now_));
  if (value_counts) mix(value);
}

void Machine::note_task(Mark mark, TaskNote& note) {
  if (mark == Mark::spawn || mark == Mark::refuse) note.number = ++tasks_;
  if (mark == Mark::enqueue) note.enqueued_by = current_->on_unit ? node() + 1 : 0;
  if (mark == Mark::steal && note.enqueued_by != 0) ++steals_[node() * nodes_ + note.enqueued_by - 1];
}

Machine::TaskNote& Machine::note_of(const void* task) { return notes_[Memory::offset(task) / line_bytes]; }

}  // namespace rota::simulated
