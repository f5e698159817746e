// Tells classes from the events of an execution.
#include "checks/conformance/classes.hpp"

namespace rota::checks {
namespace {

// A worker's own queue holds four tasks under exploration (Env::capacity); the fifth overflows.
constexpr unsigned small_queue = 4;

// In the order of Classifier::Class.
constexpr std::array floors{
    ClassFloor{"steal", 0},
    ClassFloor{"park", 0.5},
    ClassFloor{"wake across threads", 0.15, true},
    ClassFloor{"stale wake", 0.1},
    ClassFloor{"cancellation", 0.05},
    ClassFloor{"overflow", 0.01},
    ClassFloor{"early shutdown", 0.05},
    ClassFloor{"timer", 0.1},
    ClassFloor{"io", 0.1},
    ClassFloor{"authors tell", 0.3},
};

}  // namespace

std::span<const ClassFloor> class_floors() { return floors; }

void Classifier::begin_program(const Program& program) {
  shown_ = {};
  early_program_ = program.early_shutdown;
  sleeps_ = any_step(program, Do::sleep);
  awaits_io_ = any_step(program, Do::io);
}

void Classifier::end_program() {
  ++programs_;
  for (std::size_t i = 0; i < size; ++i) programs_with_[i] += shown_[i] ? 1 : 0;
}

std::map<std::string, double> Classifier::shares() const {
  std::map<std::string, double> result;
  for (std::size_t i = 0; i < size && programs_ > 0; ++i)
    result[std::string(floors[i].name)] = static_cast<double>(programs_with_[i]) / static_cast<double>(programs_);
  return result;
}

void Classifier::begin() {
  tasks_.clear();
  queued_ = {};
  worker_ = {};
  shutting_down_ = false;
  oracles_->begin();
}

Classifier::Task& Classifier::task(std::uint32_t number) {
  if (number >= tasks_.size()) tasks_.resize(number + 1);
  return tasks_[number];
}

void Classifier::see(const TraceEvent& event) {
  if (event.subject != no_subject) see_task(event);
  switch (event.mark) {
    case Mark::look:
      worker_[event.thread] = true;
      break;
    case Mark::park:
      shown_[park] = true;
      break;
    case Mark::complete:
      shown_[timer] = shown_[timer] || sleeps_;
      shown_[io] = shown_[io] || awaits_io_;
      break;
    case Mark::shutdown:
      shutting_down_ = true;
      for (const Task& each : tasks_) shown_[early] = shown_[early] || (early_program_ && each.live);
      break;
    default:
      break;
  }
  oracles_->see(event);
}

void Classifier::see_task(const TraceEvent& event) {
  Task& subject = task(event.subject);
  switch (event.mark) {
    case Mark::spawn:
      subject.live = true;
      break;
    case Mark::resume:
      subject.ran_on = event.thread;
      break;
    case Mark::told:
      shown_[told] = shown_[told] || event.value != 0;
      break;
    case Mark::enqueue:
      return enqueued(event);
    case Mark::steal:
      shown_[steal] = true;
      return taken(event);
    case Mark::pick:
    case Mark::drain:
      return taken(event);
    case Mark::wake:
      shown_[cross_wake] = shown_[cross_wake] || (subject.ran_on != 0xff && subject.ran_on != event.thread);
      break;
    case Mark::stale:
      shown_[stale_wake] = true;
      break;
    case Mark::cancel:
      shown_[cancellation] = shown_[cancellation] || !shutting_down_;
      [[fallthrough]];
    case Mark::finish:
      subject.live = false;
      break;
    default:
      break;
  }
}

void Classifier::enqueued(const TraceEvent& event) {
  if (!worker_[event.thread]) return;
  task(event.subject).queued_by = event.thread;
  if (++queued_[event.thread] > small_queue) shown_[overflow] = true;
}

void Classifier::taken(const TraceEvent& event) {
  std::uint8_t& by = task(event.subject).queued_by;
  if (by != 0xff) --queued_[by];
  by = 0xff;
}

}  // namespace rota::checks
