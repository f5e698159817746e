// The parts of the linearizability check that do not depend on a specification: who precedes whom, and the explanation.
#include "checks/history/linearizable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace rota::checks::history {
namespace {

bool precedes(const Operation& a, const Operation& b, Precedence precedence) {
  if (a.pending() || a.end >= b.begin) return false;
  return precedence == Precedence::real_time || a.thread == b.thread || a.thread == 0 || b.thread == 0;
}

std::string sentence_part(const Operation& operation) {
  return fmt::format("{} = {} of thread {}", describe_call(operation), describe_result(operation), operation.thread);
}

std::string place_of(const Answer& answer, std::size_t index) {
  const auto found = std::find(answer.order.begin(), answer.order.end(), index);
  if (found != answer.order.end()) return fmt::format("{}", found - answer.order.begin() + 1);
  const bool stuck = std::find(answer.stuck.begin(), answer.stuck.end(), index) != answer.stuck.end();
  return stuck ? "cannot be next" : "";
}

std::string contradiction(History history, const Answer& answer) {
  std::vector<std::string> stuck;
  for (const std::size_t index : answer.stuck) stuck.push_back(sentence_part(history[index]));
  return fmt::format(
      "no order of these {} calls explains their results: once {} of them are placed, what comes next must be one of "
      "[{}], and none of these gives that result\n",
      history.size(), answer.order.size(), fmt::join(stuck, "; "));
}

std::string table(History history, const Answer& answer) {
  constexpr auto* row = "  {:>6}  {:<28} {:<12} {:>5} {:>5}  {}\n";
  std::string text = fmt::format(row, "thread", "call", "result", "begin", "end", "place");
  for (std::size_t i = 0; i < history.size(); ++i) {
    const Operation& operation = history[i];
    const std::string end = operation.pending() ? "-" : std::to_string(operation.end);
    text += fmt::format(row, operation.thread, describe_call(operation), describe_result(operation), operation.begin,
                        end, place_of(answer, i));
  }
  return text;
}

}  // namespace

std::vector<Set> predecessors(History history, Precedence precedence) {
  if (history.size() > 128) throw std::length_error("a history of more than 128 calls cannot be checked");
  std::vector<Set> before(history.size());
  for (std::size_t b = 0; b < history.size(); ++b) {
    for (std::size_t a = 0; a < history.size(); ++a) {
      if (history[b].after == a || precedes(history[a], history[b], precedence)) before[b] |= Set{1} << a;
    }
  }
  return before;
}

std::string explain(History history, const Answer& answer) {
  return (answer.linearizable ? "the calls, and their places in an order\n" : contradiction(history, answer)) +
         table(history, answer);
}

}  // namespace rota::checks::history
