// R1, R2, R3, R4: the rules.
#include "checks/oracle/events.hpp"

#include <algorithm>

namespace rota::checks {

namespace {
using State = OpState::State;

// Complete by an event, and no poll has reported anything since.
bool unreported(const View& view, const OpState& op) {
  return op.state == State::complete && !op.at_once && (view.reported == nowhere || view.reported < op.completed);
}
bool due_some_day(const OpState& op) {
  return op.state == State::pending && op.deadline != 0 && op.deadline != note_payload;
}
template <class Rule> const OpState* find(const View& view, Rule rule) {
  const auto found = std::find_if(view.ops().begin(), view.ops().end(), rule);
  return found == view.ops().end() ? nullptr : &*found;
}
std::string name(const View& view, const OpState& op) {
  return "op " + std::to_string(&op - &*view.ops().begin()) + "." + std::to_string(op.generation);
}
std::string name(std::uint64_t ticket) {
  return "op " + std::to_string(View::slot_of(ticket)) + "." + std::to_string(View::generation_of(ticket));
}
}  // namespace

Judgement R1::see(const View& view, const TraceEvent& event) {
  if (event.mark == Mark::polled) {
    if (view.reports + event.value <= view.completions) return {};
    return violated(id, view.now(), "polls have reported ", view.reports + event.value, " completions, but only ",
                    view.completions, " ops were completed");
  }
  const OpState& op = view.op(event.value);
  const bool mine = op.generation == View::generation_of(event.value);
  const bool open = op.state == State::pending || op.state == State::complete;
  bool good = false;
  switch (event.mark) {
    case Mark::submit:
      good = !open && (!mine || op.state == State::none);
      break;
    case Mark::complete:  // of a ticket that is new: at once
      good = mine ? op.state == State::pending || op.state == State::none : !open;
      break;
    case Mark::withdraw:
      good = mine && open;
      break;
    default:
      good = mine && op.state == State::complete;
  }
  if (good) return {};
  static constexpr std::string_view states[] = {"was never submitted", "is pending", "is complete",
                                                "was collected or withdrawn"};
  return violated(id, view.now(), "thread ", event.thread, " did ", to_string(event.mark), " of ", name(event.value),
                  ", which ", mine ? states[static_cast<std::size_t>(op.state)] : "is not the op of its slot");
}

Judgement R1::at_rest(const View& view) {
  const OpState* const op = find(view, [&](const OpState& each) { return unreported(view, each); });
  if (op == nullptr || view.polling == 0) return {};
  return violated(id, view.now(), name(view, *op), " was completed at event ", op->completed,
                  ", but the poll that waits does not report it");
}

Judgement R1::end(const View& view, Ending ending) {
  if (ending != Ending::returned || !view.ended) return {};
  const OpState* const op =
      find(view, [](const OpState& each) { return each.state == State::pending || each.state == State::complete; });
  if (op == nullptr) return {};
  return violated(id, view.now(), name(view, *op),
                  op->state == State::pending ? " is still pending" : " was never collected", " after the shutdown");
}

Judgement R2::at_rest(const View& view) {
  if (view.polling == 0 || view.interrupted == nowhere) return {};
  if (view.polled != nowhere && view.polled > view.interrupted) return {};
  return violated(id, view.now(), "the interrupt of event ", view.interrupted,
                  " did not end the poll that began at event ", view.poll);
}

Judgement R3::see(const View& view, const TraceEvent& event) {
  if (event.mark == Mark::note) {
    if (event.value >> note_shift != 3) return {};
    const std::uint32_t task = view.thread(event.thread).running;
    const std::uint64_t now = event.value & note_payload;
    if (task == no_subject || view.life(task).deadline <= now) return {};
    return violated(id, view.now(), "task ", task, " slept until ", view.life(task).deadline, " ns and was back at ",
                    now, " ns");
  }
  const OpState& op = view.op(event.value);
  if (op.state != State::pending || op.deadline == 0) return {};
  const OpState* const passed_over = find(view, [&](const OpState& each) {
    return each.state == State::pending && each.deadline == op.deadline && each.submitted < op.submitted;
  });
  if (passed_over == nullptr) return {};
  return violated(id, view.now(), "the timer ", name(event.value), " fired before the timer ", name(view, *passed_over),
                  ", which has the same deadline and was submitted earlier");
}

Judgement R3::at_rest(const View& view) {
  if (view.polling == 0 || view.shutdown) return {};
  const OpState* const op =
      find(view, [&](const OpState& each) { return due_some_day(each) && each.submitted < view.poll; });
  if (op == nullptr) return {};
  return violated(id, view.now(), "the timer ", name(view, *op), " is pending, but the poll that began at event ",
                  view.poll, " waits without a limit");
}

Judgement R4::see(const View& view, const TraceEvent& event) {
  if (view.polling == 0) return {};
  return violated(id, view.now(), "thread ", event.thread, " polls the reactor while another thread does");
}

Judgement R4::at_rest(const View& view) {
  if (view.shutdown) return {};
  if (view.polling > 0) {
    const OpState* const early =
        find(view, [&](const OpState& each) { return due_some_day(each) && each.submitted > view.poll; });
    if (early == nullptr) return {};
    return violated(id, view.now(), "the timer ", name(view, *early),
                    " was submitted while a poll was under way, and did not shorten it");
  }
  if (view.parked() == 0) return {};
  const OpState* const op =
      find(view, [&](const OpState& each) { return each.state == State::pending || unreported(view, each); });
  if (op == nullptr) return {};
  return violated(id, view.now(), name(view, *op),
                  op->state == State::pending ? " is pending" : " is complete and not reported",
                  ", a worker sleeps, and nobody waits in the reactor");
}

}  // namespace rota::checks
