// The first stage of a judgement: `rota check`, in a program of its own.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "command/judge.hpp"
#include "command/run_cells.hpp"
#include "experiments/child/child.hpp"
#include "record/input_error.hpp"
#include "runtime/settings.hpp"
#include "schedulers/policies.hpp"

namespace rota::command {
namespace {

using experiments::ChildEnd;
using nlohmann::ordered_json;

// Shrinking and a last program come on top of the budget; beyond this the policy never came back.
double time_limit(Duration budget) { return 60 + 3 * std::chrono::duration<double>(budget).count(); }

StageEnd failed(std::string why, ordered_json details = ordered_json::object()) {
  return {StageEnd::Outcome::fail, std::move(why), std::move(details)};
}

std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

// Ends that are no list of reports; nothing if it is one.
std::optional<StageEnd> without_reports(const ChildEnd& end) {
  switch (end.kind) {
    case ChildEnd::Kind::interrupted:
      return StageEnd{StageEnd::Outcome::interrupted, {}, {}};
    case ChildEnd::Kind::expired:
      return failed(fmt::format("hung: the check said nothing in {:.0f} s", end.wall_s));
    case ChildEnd::Kind::signalled:
      return failed(fmt::format("crashed: the check ended by signal {}", end.status));
    case ChildEnd::Kind::overflowed:
      return failed("the check said more than can be read");
    case ChildEnd::Kind::exited:
      break;
  }
  if (end.status > 1) {
    const std::string said = last_line(end.err);
    throw record::InputError(said.starts_with("rota: ") ? said.substr(6) : said);
  }
  return std::nullopt;
}

std::string why_of(const ordered_json& report) {
  if (report.contains("found"))
    return fmt::format("{}: {}", report["found"]["id"].get<std::string>(),
                       report["found"]["sentence"].get<std::string>());
  const auto little = report["checked_too_little"].get<std::vector<std::string>>();
  return fmt::format("checked too little: {}", fmt::join(little, "; "));
}

ordered_json found_json(const std::string& policy, const ordered_json& report) {
  if (!report.contains("found")) return nullptr;
  ordered_json found = report["found"];
  found["again"] = fmt::format("rota check {} --replay {}", policy, found["replay"].get<std::string>());
  return found;
}

ordered_json search_json(const ordered_json& report) {
  ordered_json search;
  for (const char* const key : {"memory", "strategy", "passed", "complete", "programs", "executions", "seconds"})
    search[key] = report[key];
  return search;
}

// Adds what one call of the check found.
void add_reports(const std::string& policy, const ordered_json& reports, StageEnd& stage) {
  for (const auto& report : reports) {
    stage.details["searches"].push_back(search_json(report));
    if (report["passed"] || stage.outcome == StageEnd::Outcome::fail) continue;
    stage.outcome = StageEnd::Outcome::fail;
    stage.why = why_of(report);
    stage.details["found"] = found_json(policy, report);
  }
}

ChildEnd start_check(const std::string& policy, Duration budget, std::uint64_t seed) {
  const experiments::Interrupt interrupt;
  const std::vector<std::string> command{
      "/proc/self/exe", "check", policy, "--json", "--budget", rota::to_text(budget), "--seed", std::to_string(seed)};
  return experiments::run_child(command, "", time_limit(budget), interrupt);
}

}  // namespace

std::vector<std::string> check_targets(const std::string& policy) {
  const auto* known = find(schedulers::policies(), policy);
  if (known == nullptr) return {};
  return {"rota_check", std::string("rota-check-").append(known->family)};
}

StageEnd check_stage(const std::string& policy, Duration budget, const std::vector<std::uint64_t>& seeds) {
  if (!build_more(check_targets(policy)))
    return failed("the policy's check does not compile: its compiler's words are on standard error");
  const Duration share = std::max<Duration>(budget / static_cast<std::int64_t>(seeds.size()), Duration(1'000'000));
  StageEnd stage;
  stage.details = {{"searches", ordered_json::array()}, {"found", nullptr}};
  for (const std::uint64_t seed : seeds) {
    const ChildEnd end = start_check(policy, share, seed);
    if (auto other = without_reports(end)) return *std::move(other);
    add_reports(policy, ordered_json::parse(end.out), stage);
    if (stage.outcome == StageEnd::Outcome::fail) break;
  }
  return stage;
}

}  // namespace rota::command
