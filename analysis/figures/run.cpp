// Reads a run directory into what the analysis works on.
#include "analysis/figures/run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

#include "analysis/figures/labels.hpp"
#include "analysis/words/world.hpp"
#include "record/input_error.hpp"
#include "record/request_json.hpp"
#include "record/run.hpp"

namespace rota::analysis {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

Choice choice_of(const record::Choice& choice) {
  return {choice.label, choice.use, Json::parse(record::to_json(choice.with))};
}

std::vector<std::vector<double>> numbers(const auto& rows) {
  std::vector<std::vector<double>> result;
  for (const auto& row : rows) result.emplace_back(row.begin(), row.end());
  return result;
}

Cell cell_of(const record::Row& row) {
  const record::CellRequest& request = row.cell.request;
  Cell cell{.id = row.cell.id,
            .key = row.cell.key,
            .policy = choice_of(request.policy),
            .workload = choice_of(request.workload),
            .allocator = row.cell.allocator,
            .world = request.world,
            .machine = request.machine_name.empty() ? "host" : request.machine_name,
            .placement = request.placement,
            .workers = request.workers,
            .block = row.cell.block,
            .repetition = request.repetition,
            .outcome = std::string(to_text(row.result.outcome)),
            .detail = row.result.detail,
            .measurements = {},
            .matrices = {}};
  for (const auto& [metric, unit, value, iterations] : row.result.figures) {
    cell.measurements.push_back({metric, unit, value, iterations});
  }
  for (const auto& [name, rows] : row.result.matrices) cell.matrices.push_back({name, numbers(rows)});
  if (row.result.outcome == record::Outcome::pending) cell.detail = "the run has no result of it";
  return cell;
}

std::vector<Fact> facts_of(const record::Manifest& manifest) {
  std::vector<Fact> facts{{"", "seed", fmt::format("{}", manifest.seed)},
                          {"", "definition", manifest.definition},
                          {"", "tracing", manifest.tracing},
                          {"", "binary_sha256", manifest.binary_sha256}};
  if (!manifest.overrides.empty())
    facts.push_back({"", "overrides", fmt::format("{}", fmt::join(manifest.overrides, ", "))});
  for (const auto& [name, value] : manifest.build) facts.push_back({"build", name, value});
  for (const auto& [name, known] : manifest.allocators)
    facts.push_back({"allocator", name, known.missing.empty() ? known.package + " " + known.version : known.missing});
  for (const auto& [name, value] : manifest.host) facts.push_back({"host", name, value});
  return facts;
}

// A definition's claims are whole; a manifest may have come from elsewhere.
const std::vector<record::Claim>& whole(const std::vector<record::Claim>& claims, const fs::path& directory) {
  for (const record::Claim& claim : claims) {
    const bool bound = !claim.is_line() ? claim.low && claim.high
                                        : (claim.against.empty() ? claim.at_most : claim.at_least).has_value();
    if (claim.is_measured() && !bound) {
      throw RunError(
          fmt::format("{}: claim \"{}{}\": expected low and high, at_least with against, or at_most, got none",
                      (directory / "manifest.json").string(), claim.says, claim.row));
    }
  }
  return claims;
}

}  // namespace

bool has_world(const Run& run, std::string_view world) {
  return std::ranges::any_of(run.cells, [&](const Cell& cell) { return cell.world == world; });
}

std::vector<std::string> simulated_machines(const Run& run) {
  std::vector<std::string> machines;
  for (const Cell& cell : run.cells) {
    if (is_simulated(cell.world) && std::ranges::find(machines, cell.machine) == machines.end()) {
      machines.push_back(cell.machine);
    }
  }
  return machines;
}

Run read_run(const fs::path& directory) try {
  record::Run source = record::read_run(directory);
  Run run;
  run.directory = directory;
  run.experiment = source.manifest.experiment;
  run.question = source.manifest.question;
  run.analysis = source.manifest.analysis;
  run.created = source.manifest.created;
  run.charts = source.manifest.report;
  run.claims = whole(source.manifest.claims, directory);
  run.not_spoken = source.manifest.not_spoken;
  run.peers.assign(source.manifest.peers.begin(), source.manifest.peers.end());
  run.facts = facts_of(source.manifest);
  for (const auto& [name, text] : source.manifest.machines) run.machines.push_back({name, text});
  for (const record::Row& row : source.rows) run.cells.push_back(cell_of(row));

  std::vector<Choice*> policies, workloads;
  for (Cell& cell : run.cells) {
    policies.push_back(&cell.policy);
    workloads.push_back(&cell.workload);
  }
  const DefinedLabels defined = defined_labels(text_of(directory / "definition.toml"));
  run.policies = unique_labels(policies, defined.policies);
  run.workloads = unique_labels(workloads, defined.workloads);
  return run;
} catch (const record::InputError& error) {
  throw RunError(error.what());
}

fs::path find_run(std::string_view word, const fs::path& runs) {
  std::error_code error;
  if (word != "latest") {
    const fs::path path(word);
    if (fs::exists(path, error)) return path;
    if (fs::exists(runs / path, error)) return runs / path;
    throw RunError(fmt::format("{}: no such run directory (nor a name under {})", word, runs.string()));
  }
  std::optional<std::pair<fs::file_time_type, fs::path>> newest;
  for (const auto& entry : fs::directory_iterator(runs, error)) {
    const auto time = fs::last_write_time(entry.path() / "manifest.json", error);
    if (error) continue;
    if (std::pair candidate(time, entry.path()); !newest || *newest < candidate) newest = std::move(candidate);
  }
  if (!newest) throw RunError(fmt::format("latest: there is no run under {}", fs::absolute(runs).string()));
  return newest->second;
}

}  // namespace rota::analysis
