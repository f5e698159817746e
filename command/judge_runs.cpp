// The other stages of a judgement: cells of an experiment, as `rota run` has them run.
#include <fmt/format.h>

#include <optional>

#include "analysis/claims/claims.hpp"
#include "command/judge.hpp"
#include "command/run_cells.hpp"
#include "command/run_show.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;
using nlohmann::ordered_json;

std::string why_cells(const ex::RunEnd& end) {
  const record::Cell& first = end.failed.front();
  return fmt::format("{} of {} cells failed; the first, {}, {}: {}", end.failed.size(), end.done, first.plan.key,
                     to_text(first.result.outcome), first.result.detail);
}

// Empty if no claim was found wrong.
std::string why_claims(const record::Run& run) {
  const analysis::Summary summary = analysis::summarise(run);
  for (const auto& one : analysis::judge_claims(run, summary)) {
    if (one.verdict.standing == analysis::Standing::bad)
      return fmt::format("\"{}{}\": {} {}", one.claim.says, one.claim.row, one.verdict.word, one.verdict.detail);
  }
  return {};
}

std::vector<std::string> targets_of(const ex::Definition& definition) {
  return {is_simulated(definition.worlds.front().kind) ? "rota_simulate" : "rota_cell"};
}

// Whether the stage is to go on.
bool add_run(const ex::Definition& definition, const RunsRequest& request, const Context& context, StageEnd& stage) {
  const auto folder = begin_run(definition, request.out);
  const ex::RunEnd end = run_cells(folder, context);
  if (end.interrupted) {
    stage.outcome = StageEnd::Outcome::interrupted;
    return false;
  }
  const record::Run run = record::read_run(folder);
  ordered_json json = run_json(run);
  if (!request.name_seeds) json.erase("seed");
  stage.details["runs"].push_back(std::move(json));
  if (request.tables) print_run(run, end);
  stage.why = end.failed.empty() ? why_claims(run) : why_cells(end);
  stage.outcome = stage.why.empty() ? StageEnd::Outcome::pass : StageEnd::Outcome::fail;
  return stage.why.empty();
}

}  // namespace

StageEnd runs_stage(ex::Definition definition, const RunsRequest& request, const Context& context) {
  StageEnd stage;
  stage.details["runs"] = ordered_json::array();
  if (!build_more(targets_of(definition))) {
    stage.outcome = StageEnd::Outcome::fail;
    stage.why = "what runs the cells does not compile: its compiler's words are on standard error";
    return stage;
  }
  std::vector<std::optional<std::uint64_t>> seeds(request.seeds.begin(), request.seeds.end());
  if (seeds.empty()) seeds.emplace_back();
  for (const auto& seed : seeds) {
    definition.seed = seed;
    if (!add_run(definition, request, context, stage)) break;
  }
  return stage;
}

}  // namespace rota::command
