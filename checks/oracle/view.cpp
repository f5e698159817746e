// View: the meaning of each mark.
#include "checks/oracle/view.hpp"

namespace rota::checks {

void View::reset(const Facts& facts) {
  facts_ = facts;
  now_ = 0;
  parked_ = left_ = polling = 0;
  shutdown = ended = false;
  poll = polled = reported = interrupted = nowhere;
  completions = reports = 0;
  lives_.clear();
  threads_.clear();
  workers_.clear();
  ops_.clear();
}

void View::take_in(const TraceEvent& event) {
  Thread& thread = threads_[event.thread];
  thread.told_stale = event.mark == Mark::stale ? event.subject : no_subject;
  if (event.mark == Mark::enqueued) {
    const std::uint32_t task = arriving(event);
    if (task != no_subject) {
      Life& life = lives_[task];
      life.inside = true;
      life.enqueued = now_;
      if (life.arrived == life.enqueue) life.arrival_ended = now_;
    }
    thread.enqueuing = no_subject;
  } else {
    by_group(event, thread);
  }
  ++now_;
}

void View::by_group(const TraceEvent& event, Thread& thread) {
  switch (group_of(event.mark)) {
    case MarkGroup::task:
      if (event.subject != no_subject) of_task(event, lives_[event.subject], thread);
      break;
    case MarkGroup::worker:
      return of_worker(event, thread);
    case MarkGroup::reactor:
      return of_reactor(event, thread);
    case MarkGroup::program:
      return of_program(event, thread);
  }
}

void View::of_task(const TraceEvent& event, Life& life, Thread& thread) {
  switch (event.mark) {
    case Mark::spawn:
      life = Life{.stage = Stage::fresh};
      break;
    case Mark::refuse:
      life = Life{.stage = Stage::fresh, .refused = true};
      break;
    case Mark::suspend:
      life.stage = Stage::suspended;
      thread.running = no_subject;
      break;
    case Mark::notified:
    case Mark::yield:
      life.stage = Stage::left;
      life.thread = event.thread;
      thread.running = no_subject;
      break;
    case Mark::finish:
    case Mark::cancel:
      if (thread.running == event.subject) thread.running = no_subject;
      life.stage = Stage::ended;
      life.open = life.won = false;
      break;
    case Mark::destroy:
      life.destroyed = true;
      break;
    default:
      of_waker(event, life, thread);
  }
}

void View::of_waker(const TraceEvent& event, Life& life, Thread& thread) {
  switch (event.mark) {
    case Mark::arm:
      life.epoch = event.value;
      life.open = true;
      life.won = false;
      life.lost_waker = nowhere;
      break;
    case Mark::retract:
      life.open = life.won = false;
      break;
    case Mark::wake:
      if (life.stage == Stage::suspended) life.stage = Stage::due;
      life.open = false;
      life.won = true;
      life.won_epoch = event.value;
      break;
    case Mark::stale:
      if (life.wakeable() && life.epoch == event.value && life.lost_waker == nowhere) life.lost_waker = now_;
      break;
    default:
      of_policy(event, life, thread);
  }
}

void View::of_policy(const TraceEvent& event, Life& life, Thread& thread) {
  if (event.mark == Mark::told || event.mark == Mark::used) {
    if (event.mark == Mark::told) life.told = Told::of(event.value);
    if (event.mark == Mark::used) life.attained += event.value;
    return;
  }
  thread.asking = false;
  thread.round = nowhere;
  switch (event.mark) {
    case Mark::enqueue:
      life.stage = Stage::queued;
      life.producer = event.thread;
      life.inside = false;
      life.enqueue = now_;
      life.enqueue_step = event.step;
      life.enqueued = nowhere;
      arrive(life, static_cast<Origin>(event.value));
      thread.enqueuing = event.subject;
      thread.enqueue = now_;
      break;
    case Mark::pick:
    case Mark::steal:
    case Mark::drain:
      life.stage = Stage::held;
      life.thread = event.thread;
      life.inside = false;
      break;
    case Mark::resume:
      life.stage = Stage::running;
      life.thread = event.thread;
      life.open = life.won = false;
      thread.running = event.subject;
      break;
    default:
      break;
  }
}

void View::arrive(Life& life, Origin origin) const {
  if (origin == Origin::preempt) return;
  life.behind = origin == Origin::yield;
  if (life.behind) return;
  life.arrived = now_;
  life.arrival_ended = nowhere;
}

void View::of_worker(const TraceEvent& event, Thread& thread) {
  if (event.mark == Mark::look) {
    thread.asking = true;
    if (thread.round == nowhere) thread.round = now_;
    if (event.value < facts_.workers && std::exchange(workers_[event.value].left, false)) --left_;  // it came back
    return;
  }
  if (event.value >= facts_.workers) return;
  Sleeper& worker = workers_[event.value];
  const bool parks = event.mark == Mark::park;
  if (parks) thread.empty_round = thread.round;
  thread.asking = false;
  thread.round = nowhere;
  parked_ += static_cast<unsigned>(parks) - static_cast<unsigned>(worker.parked);
  worker.parked = parks;
  worker.thread = event.thread;
  if (event.mark == Mark::leave && !worker.left) {
    worker.left = true;
    ++left_;
  }
}

void View::of_reactor(const TraceEvent& event, Thread& thread) {
  using State = OpState::State;
  switch (event.mark) {
    case Mark::submit:
      ops_[slot_of(event.value)] = {.state = State::pending,
                                    .generation = generation_of(event.value),
                                    .submitted = now_,
                                    .deadline = std::exchange(thread.deadline, 0)};
      break;
    case Mark::complete: {
      OpState& op = ops_[slot_of(event.value)];
      if (op.state != State::pending) op = {.at_once = true, .generation = generation_of(event.value)};
      if (op.at_once) thread.deadline = 0;
      op.state = State::complete;
      op.completed = now_;
      ++completions;
      break;
    }
    case Mark::withdraw:
    case Mark::collect:
      ops_[slot_of(event.value)].state = State::over;
      break;
    case Mark::poll:
      ++polling;
      poll = now_;
      break;
    case Mark::polled:
      if (polling > 0) --polling;
      polled = now_;
      if (event.value > 0) reported = now_;
      reports += event.value;
      break;
    default:
      interrupted = now_;
  }
}

void View::of_program(const TraceEvent& event, Thread& thread) {
  if (event.mark == Mark::shutdown) shutdown = true;
  if (event.mark == Mark::ended) ended = true;
  if (event.mark != Mark::note || event.value >> note_shift != 2) return;
  thread.deadline = event.value & note_payload;
  if (thread.running != no_subject) lives_[thread.running].deadline = thread.deadline;
}

std::uint32_t View::arriving(const TraceEvent& enqueued) const {
  const Thread thread = threads_.at(enqueued.thread);
  if (thread.enqueuing == no_subject) return no_subject;
  const Life life = lives_.at(thread.enqueuing);
  return life.stage == Stage::queued && life.enqueue == thread.enqueue ? thread.enqueuing : no_subject;
}

std::uint32_t View::resident() const {
  for (std::uint32_t task = 0; task < lives_.size(); ++task) {
    if (lives_.at(task).inside) return task;
  }
  return no_subject;
}

}  // namespace rota::checks
