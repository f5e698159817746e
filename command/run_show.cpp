// Shows plans and runs.
#include "command/run_show.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "analysis/export/run_json.hpp"
#include "analysis/terminal/claim_table.hpp"
#include "analysis/terminal/table.hpp"
#include "command/show.hpp"
#include "experiments/definition/sweep.hpp"
#include "experiments/peers/allocators.hpp"
#include "experiments/peers/records.hpp"
#include "experiments/run/progress.hpp"

namespace rota::command {

namespace ex = rota::experiments;
using nlohmann::ordered_json;

namespace {

std::string how_to_install(const record::AllocatorFacts& facts) {
  return fmt::format("rota peers build, or apt-get install {}", facts.package);
}

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

void print_absent_allocators(const ex::Definition& definition) {
  std::map<std::string, std::vector<std::string>> policies;
  for (const auto& policy : definition.policies) policies[policy.allocator].push_back(policy.choice.label);
  for (const auto& [allocator, labels] : policies) {
    const auto facts = ex::allocator_facts(allocator);
    if (!facts.missing.empty())
      fmt::print("missing: {}, for {} ({}); to install it: {}\n", allocator, fmt::join(labels, ", "), facts.missing,
                 how_to_install(facts));
  }
}

// The pairs of peers and workloads that have no cells, and the peers whose cells cannot be measured.
void print_left_out(const ex::Definition& definition) {
  std::map<std::string, std::vector<std::string>> pairs;
  for (const auto& [policy, workload, workers] : ex::not_spoken(definition))
    pairs[policy].push_back(workers == 0 ? workload : fmt::format("{} with {} workers", workload, workers));
  for (const auto& [policy, what] : pairs) fmt::print("not spoken by {}: {}\n", policy, fmt::join(what, ", "));
  std::vector<std::string> absent;
  for (const auto& policy : definition.policies) {
    const std::string missing = policy.peer ? ex::facts_of(*policy.peer).missing : "";
    if (!missing.empty()) absent.push_back(fmt::format("{} ({})", policy.choice.label, missing));
  }
  if (!absent.empty()) fmt::print("missing: {}; to build them: rota peers build\n", fmt::join(absent, ", "));
  print_absent_allocators(definition);
}

// Allocators that the run is without, and how to get them.
void print_missing_allocators(const ex::RunEnd& end, const record::Manifest& manifest) {
  for (const auto& [name, count] : end.missing_allocators) {
    const auto& facts = manifest.allocators.at(name);
    fmt::print("Missing allocator: {} ({}); {} cells were not measured. To install it: {}\n", name, facts.missing,
               count, how_to_install(facts));
  }
}

// Peers that the run is without, and how to get them.
void print_missing(const ex::RunEnd& end, const record::Manifest& manifest) {
  if (end.missing.empty()) return;
  std::vector<std::string> names, reasons;
  std::size_t cells = 0;
  for (const auto& [name, count] : end.missing) {
    const auto facts = manifest.peers.find(name);
    names.push_back(name);
    reasons.push_back(fmt::format("{} ({})", name, facts == manifest.peers.end() ? "unknown" : facts->second.missing));
    cells += count;
  }
  fmt::print("Missing peers: {}; {} of their cells were not measured. To build them: rota peers build {}\n",
             fmt::join(reasons, ", "), cells, fmt::join(names, " "));
}

ordered_json choices_json(const std::vector<ex::Entry>& entries) {
  ordered_json result = ordered_json::array();
  for (const auto& entry : entries)
    result.push_back({{"label", entry.choice.label}, {"use", entry.choice.use}, {"with", to_json(entry.choice.with)}});
  return result;
}

ordered_json cell_json(const record::CellRequest& request) {
  return {{"policy", request.policy.label}, {"workload", request.workload.label}, {"workers", request.workers},
          {"placement", request.placement}, {"world", to_text(request.world)},    {"machine", machine_of(request)}};
}

}  // namespace

std::string text_of(const ordered_json& json) {
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

void print_json(const ordered_json& json) { fmt::print("{}", text_of(json)); }

ordered_json to_json(const ex::Definition& definition) {
  ordered_json worlds = ordered_json::array();
  for (const auto& site : definition.worlds)
    worlds.push_back({{"world", to_text(site.kind)}, {"machine", is_simulated(site.kind) ? site.machine : "host"}});
  return {{"name", definition.name},
          {"question", definition.question},
          {"analysis", definition.analysis},
          {"file", definition.file},
          {"worlds", std::move(worlds)},
          {"policies", choices_json(definition.policies)},
          {"workloads", choices_json(definition.workloads)},
          {"workers", definition.workers},
          {"placements", definition.placements},
          {"repetitions", definition.repetitions}};
}

void print_plan(const ex::Definition& definition) {
  const auto block = ex::block_of(definition, 0, 0);
  std::size_t policy = 6, workload = 8, placement = 9;
  for (const auto& cell : block) {
    policy = std::max(policy, cell.request.policy.label.size());
    workload = std::max(workload, cell.request.workload.label.size());
    placement = std::max(placement, cell.request.placement.size());
  }
  fmt::print("{}\n{:{}}  {:{}}  workers  {:{}}  world\n", definition.name, "policy", policy, "workload", workload,
             "placement", placement);
  for (const auto& cell : block) {
    const auto& request = cell.request;
    fmt::print("{:{}}  {:{}}  {:7}  {:{}}  {}\n", request.policy.label, policy, request.workload.label, workload,
               request.workers, request.placement, placement,
               is_simulated(request.world) ? "sim " + request.machine_name : "real");
  }
  print_left_out(definition);
  const std::size_t cells = block.size() * definition.repetitions;
  const auto blocks = static_cast<std::int64_t>(definition.repetitions);
  fmt::print("{} cells: {} in each of {} blocks; about {}, at most {} by the time limit of a cell. Nothing was run.\n",
             cells, block.size(), definition.repetitions, ex::clock_text(seconds(blocks * ex::estimate(block))),
             ex::clock_text(seconds(blocks * ex::longest(block))));
}

ordered_json plan_json(const ex::Definition& definition) {
  const auto block = ex::block_of(definition, 0, 0);
  const auto blocks = static_cast<std::int64_t>(definition.repetitions);
  ordered_json json = to_json(definition), cells = ordered_json::array(), not_spoken = ordered_json::array();
  for (const auto& cell : block) cells.push_back(cell_json(cell.request));
  for (const auto& [policy, workload, workers] : ex::not_spoken(definition)) {
    ordered_json pair{{"policy", policy}, {"workload", workload}};
    if (workers != 0) pair["workers"] = workers;
    not_spoken.push_back(std::move(pair));
  }
  json["cells"] = std::move(cells);
  json["not_spoken"] = std::move(not_spoken);
  json["expected_s"] = seconds(blocks * ex::estimate(block));
  json["longest_s"] = seconds(blocks * ex::longest(block));
  return json;
}

void print_run(const record::Run& run, const ex::RunEnd& end) {
  const analysis::Summary summary = analysis::summarise(run);
  const bool colour = ::isatty(STDOUT_FILENO) == 1;
  analysis::print_table(summary, stdout, colour);
  analysis::print_claims(analysis::judge_claims(run, summary), stdout, colour);
  print_missing(end, run.manifest);
  print_missing_allocators(end, run.manifest);
  if (!end.failed.empty())
    fmt::print("{} of {} cells failed; their figures do not count.\n", end.failed.size(), end.done);
  fmt::print("Report: rota report {}\n", run.folder.string());
}

ordered_json run_json(const record::Run& run) {
  const analysis::Summary summary = analysis::summarise(run);
  return analysis::run_json(run, summary, analysis::judge_claims(run, summary));
}

}  // namespace rota::command
