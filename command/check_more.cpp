// rota check's other ways: weakened orders, and replay.
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "checks/conformance/replay.hpp"
#include "checks/interleaving.hpp"
#include "checks/oracle/ids.hpp"
#include "checks/whole/part_replay.hpp"
#include "checks/whole/weaken.hpp"
#include "command/check.hpp"

namespace rota::command {
using nlohmann::ordered_json;

int check_weakened(const CheckRequest& request, const CheckPlan& plan, const checks::Subject& subject) {
  checks::CheckOptions options;
  options.seed = request.seed;
  options.depth = request.depth;
  options.budget = plan.budget / 100;
  ordered_json all = ordered_json::array();
  std::vector<std::string> silent;
  const auto told = [&](const checks::Weakening& one) {
    show_working(checks::in_words(one));
    all.push_back(
        {{"place", checks::in_words(one)}, {"caught", one.caught}, {"by", one.by}, {"executions", one.executions}});
    if (one.caught.empty()) silent.push_back(checks::in_words(one));
    clear_working();
    if (!request.json)
      fmt::print("{:<66} {}\n", checks::in_words(one),
                 one.caught.empty() ? "nothing detects it"
                                    : fmt::format("{} after {}, {}", one.caught, one.executions, one.by));
  };
  const auto weakenings = checks::weaken(subject, options, told);
  if (request.json) {
    fmt::print("{}\n", all.dump(2));
  } else {
    fmt::print("\n{} of {} weakenings were detected. Not detected within {} ms each:\n",
               weakenings.size() - silent.size(), weakenings.size(), options.budget.count() / 1'000'000);
    for (const std::string& place : silent) fmt::print("  {}\n", place);
    fmt::print("An order that nothing detects is stronger than these programs need, or needs a longer look.\n");
  }
  return 0;
}

int explain_id(const CheckRequest& request) {
  const std::string& id = request.explain;
  const checks::Invariant* const found = checks::find_invariant(id);
  if (found == nullptr) {
    std::string known;
    for (const auto& one : checks::invariants()) known += fmt::format("{}{}", known.empty() ? "" : ", ", one.id);
    fmt::print(stderr, "rota: no invariant is called '{}'; known: {}\n", id, known);
    return 2;
  }
  const auto decided_by = found->elsewhere.empty() ? "an oracle over the trace of every execution" : found->elsewhere;
  if (request.json) {
    fmt::print("{}\n",
               ordered_json{{"id", found->id}, {"statement", found->statement}, {"decided_by", decided_by}}.dump(2));
  } else {
    fmt::print("{}  {}\nDecided by {}.\n", found->id, found->statement, decided_by);
  }
  return 0;
}

namespace {

int refuse(const std::string& why) {
  fmt::print(stderr, "rota: --replay: {}\n", why);
  return 2;
}

int show_replayed(const CheckRequest& request, const checks::Replayed& replayed, const std::string& subject) {
  if (!replayed.error.empty()) return refuse(replayed.error);
  if (!replayed.failed) {
    fmt::print("{}\n", request.json ? ordered_json{{"passed", true}}.dump(2) : "The execution passes now.");
    return 0;
  }
  checks::Found found;
  found.id = replayed.failure.id;
  found.sentence = replayed.failure.sentence;
  found.failure = replayed.failure;
  if (request.json) {
    const ordered_json result{{"passed", false},
                              {"id", found.id},
                              {"sentence", found.sentence},
                              {"trace_hash", fmt::format("{:016x}", found.failure.trace_hash)}};
    fmt::print("{}\n", result.dump(2));
  } else {
    show_found(found, request, subject);
  }
  return 1;
}

}  // namespace

int replay_check(const CheckRequest& request, std::span<const checks::Subject> subjects) try {
  if (checks::is_part_replay(request.replay))
    return show_replayed(request, checks::replay_part(request.replay), request.what);
  const auto parsed = checks::parse_replay(request.replay);
  if (!parsed.error.empty()) return refuse(parsed.error);
  if (!request.what.empty() && request.what != "all" && parsed.subject != request.what)
    return refuse(fmt::format("the string is of the policy {}, not of {}", parsed.subject, request.what));
  for (const auto& subject : subjects) {
    if (subject.name == parsed.subject)
      return show_replayed(request, checks::replay(subject, request.replay), parsed.subject);
  }
  return refuse(fmt::format("this program has no policy {}", parsed.subject));
} catch (const std::invalid_argument& error) {  // of a schedule that is none
  return refuse(error.what());
}

}  // namespace rota::command
