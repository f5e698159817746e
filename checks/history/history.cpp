// How a history's calls and results read.
#include "checks/history/history.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rota::checks::history {
namespace {

// What a call's result is, for people.
enum class Kind : std::uint8_t { none, truth, number, worker, tasks };

Kind kind_of(Call call) noexcept {
  switch (call) {
    case Call::push:
    case Call::empty:
    case Call::retract:
    case Call::claim:
    case Call::none:
    case Call::try_send:
      return Kind::truth;
    case Call::length:
      return Kind::number;
    case Call::claim_any:
      return Kind::worker;
    case Call::push_chain:
    case Call::announce:
    case Call::close:
    case Call::publish:
    case Call::release:
    case Call::absent:
      return Kind::none;
    default:
      return Kind::tasks;
  }
}

}  // namespace

std::string_view to_string(Call call) noexcept {
  static constexpr std::array<std::string_view, 22> names{
      "push",        "push_chain", "pop",      "pop_oldest", "pop_batch", "take_all",  "take_half", "steal_half",
      "length",      "empty",      "announce", "retract",    "claim",     "claim_any", "none",      "try_send",
      "try_receive", "close",      "take",     "publish",    "release",   "absent"};
  return names[static_cast<std::size_t>(call)];
}

std::string describe_call(const Operation& operation) {
  std::string text = fmt::format("{}({}", to_string(operation.call), operation.object);
  if (operation.call == Call::steal_half || operation.call == Call::take)
    text += fmt::format(" into {}", operation.other);
  if (operation.call == Call::pop_batch) {
    text += fmt::format(", at most {}", operation.argument[0]);
  } else if (!operation.argument.empty()) {
    text += fmt::format(", task {}", fmt::join(operation.argument, " "));
  }
  return text + ')';
}

std::string describe_result(const Operation& operation) {
  if (operation.pending()) return "pending";
  const Values& result = operation.result;
  const Kind kind = kind_of(operation.call);
  if (kind == Kind::none) return "-";
  if (result.empty()) return "nothing";
  if (kind == Kind::truth) return result[0] != 0 ? "true" : "false";
  if (kind == Kind::number) return fmt::format("{}", result[0]);
  return fmt::format("{} {}", kind == Kind::worker ? "worker" : "task", fmt::join(result, " "));
}

}  // namespace rota::checks::history
