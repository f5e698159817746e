// What is wrong with a history, under which id.
#include <algorithm>
#include <bit>

#include "checks/history/queues.hpp"
#include "checks/history/specifications.hpp"

namespace rota::checks::history {
namespace {

template <class S>
Answer order(History history, const S& initial, Precedence precedence, std::vector<Operation>& steps) {
  const std::vector<Operation> kept =
      precedence == Precedence::program ? effects_only(history) : std::vector(history.begin(), history.end());
  steps = cut(kept, initial);
  return linearize(steps, initial, precedence);
}

// `id` is for a history that has no order although what came out of the structure alone would have one.
template <class S> Complaint judge(History history, const S& initial, Precedence precedence, const char* id) {
  std::vector<Operation> steps;
  const Answer answer = order(history, initial, precedence, steps);
  if (answer.linearizable) return {};
  const std::string explanation = explain(steps, answer);
  std::vector<Operation> ignored;
  const bool effects =
      precedence == Precedence::program || !order(effects_only(history), initial, precedence, ignored).linearizable;
  return {effects ? "P5" : id, explanation};
}

template <class S> Complaint judge_queue(History history, const S& initial, Precedence precedence) {
  if (std::string wrong = lost_or_doubled(history); !wrong.empty()) {
    std::vector<Operation> steps;
    const Answer answer = order(history, initial, precedence, steps);
    return {"P1", wrong + "; " + explain(steps, answer)};
  }
  return judge(history, initial, precedence, "P2");
}

std::size_t slots(const Script& script) { return std::bit_ceil(std::max<std::size_t>(script.capacity, 2)); }

}  // namespace

Complaint judge_fifo(const Script&, History history, Precedence precedence) {
  return judge_queue(history, Fifo{}, precedence);
}
Complaint judge_channel(const Script& script, History history, Precedence precedence) {
  return judge_queue(history, Fifo{.capacity = script.capacity}, precedence);
}
Complaint judge_rings(const Script& script, History history, Precedence precedence) {
  return judge_queue(history, Rings{.capacity = slots(script)}, precedence);
}
Complaint judge_deques(const Script& script, History history, Precedence precedence) {
  return judge_queue(history, Deques{.capacity = slots(script)}, precedence);
}
Complaint judge_idle(const Script&, History history, Precedence precedence) {
  Complaint complaint = judge(history, Idle{}, precedence, "P3");
  if (!complaint.id.empty()) complaint.id = "P3";
  return complaint;
}

}  // namespace rota::checks::history
