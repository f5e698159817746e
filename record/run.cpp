// Reads a run directory: the plan from the manifest, what became of each cell from its own file.
#include "record/run.hpp"

#include <array>
#include <optional>
#include <set>
#include <utility>

#include "record/files.hpp"
#include "record/json_text.hpp"
#include "record/manifest_json.hpp"

namespace rota::record {
namespace {

namespace fs = std::filesystem;

// Those that a cell's file can say.
constexpr std::array<std::pair<std::string_view, Outcome>, 6> outcomes{{{"missing", Outcome::missing},
                                                                        {"ok", Outcome::ok},
                                                                        {"wrong", Outcome::wrong},
                                                                        {"crashed", Outcome::crashed},
                                                                        {"hung", Outcome::hung},
                                                                        {"refused", Outcome::refused}}};

Outcome outcome_from(const JsonObject& line) {
  const std::string text = line.text("outcome");
  for (const auto& [name, outcome] : outcomes) {
    if (name == text) return outcome;
  }
  line.fail("outcome", "one of missing, ok, wrong, crashed, hung, refused", "\"" + text + "\"");
}

void read_line(const JsonObject& line, CellResult& result) {
  const std::string kind = line.text("kind");
  if (kind == "start") result.pinned = line.has("pinned") && line.flag("pinned");
  if (kind == "metric")
    result.figures.push_back(
        {line.text("metric"), line.text("unit"), line.number("value"), line.natural("iterations", ~std::uint64_t{0})});
  if (kind == "check")
    result.answers.push_back({line.text("name"), line.text("expected"), line.text("got"), line.flag("ok")});
  if (kind == "matrix") result.matrices.push_back({line.text("name"), line.rows("rows")});
  if (kind == "outcome") {
    result.outcome = outcome_from(line);
    result.detail = line.text("detail");
    result.wall_s = line.number("wall_s");
  }
}

// A cell that did not end well may have printed anything: only its outcome line is read.
bool is_outcome(const Json& json) { return json.is_object() && json.value("kind", "") == "outcome"; }

std::vector<Json> lines_of(std::string_view text) {
  std::vector<Json> result;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end != 0) result.push_back(Json::parse(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result;
}

// A definition's claims are whole; a manifest may have come from elsewhere.
void check_claims(const Manifest& manifest, const fs::path& folder) {
  for (const Claim& claim : manifest.claims) {
    const bool bound = !claim.is_line() ? claim.low && claim.high
                                        : (claim.against.empty() ? claim.at_most : claim.at_least).has_value();
    if (claim.is_measured() && !bound) {
      throw InputError(
          fmt::format("{}: claim \"{}{}\": expected low and high, at_least with against, or at_most, got none",
                      (folder / "manifest.json").string(), claim.says, claim.row));
    }
  }
}

// Of the policies, or the workloads, those that some cell has.
std::vector<std::string> labels_of(const std::vector<Label>& known, const std::vector<Cell>& cells,
                                   const Choice CellRequest::* choice) {
  std::set<std::string> present;
  for (const Cell& cell : cells) present.insert((cell.plan.request.*choice).label);
  std::vector<std::string> labels;
  for (const Label& one : known) {
    for (const std::string& label : {one.label, one.label + std::string(aa_suffix)}) {
      if (present.contains(label)) labels.push_back(label);
    }
  }
  return labels;
}

}  // namespace

std::string_view to_text(Outcome outcome) {
  if (outcome == Outcome::not_spoken) return "not spoken";
  for (const auto& [name, value] : outcomes) {
    if (value == outcome) return name;
  }
  return "pending";
}

CellResult parse_cell_file(std::string_view text, const std::string& name) {
  try {
    const std::vector<Json> lines = lines_of(text);
    if (lines.empty() || !is_outcome(lines.back()))
      throw InputError(name + ": expected an outcome in the last line, got none");
    CellResult result;
    read_line({lines.back(), name}, result);
    const bool complete = result.outcome == Outcome::ok || result.outcome == Outcome::wrong;
    for (std::size_t i = 0; complete && i + 1 < lines.size(); ++i)
      read_line({lines[i], fmt::format("{}:{}", name, i + 1)}, result);
    if (result.outcome != Outcome::ok) {
      result.figures.clear();
      result.matrices.clear();
    }
    return result;
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("{}: expected JSON lines, got: {}", name, error.what()));
  }
}

Run read_run(const fs::path& folder) {
  Run run{folder, read_manifest(folder), {}, {}, {}};
  check_claims(run.manifest, folder);
  for (const auto& cell : run.manifest.cells) {
    const auto path = folder / "cells" / (cell.id + ".jsonl");
    CellResult result;
    result.detail = "the run has no result of it";
    if (fs::exists(path)) result = parse_cell_file(read_file(path), path.string());
    run.cells.push_back({cell, std::move(result)});
  }
  run.policies = labels_of(run.manifest.policies, run.cells, &CellRequest::policy);
  run.workloads = labels_of(run.manifest.workloads, run.cells, &CellRequest::workload);
  return run;
}

fs::path find_run(std::string_view word, const fs::path& runs) {
  std::error_code error;
  if (word != "latest") {
    const fs::path path(word);
    if (fs::exists(path, error)) return path;
    if (fs::exists(runs / path, error)) return runs / path;
    throw InputError(fmt::format("{}: no such run directory (nor a name under {})", word, runs.string()));
  }
  std::optional<std::pair<fs::file_time_type, fs::path>> newest;
  for (const auto& entry : fs::directory_iterator(runs, error)) {
    const auto time = fs::last_write_time(entry.path() / "manifest.json", error);
    if (error) continue;
    if (std::pair candidate(time, entry.path()); !newest || *newest < candidate) newest = std::move(candidate);
  }
  if (!newest) throw InputError(fmt::format("latest: there is no run under {}", fs::absolute(runs).string()));
  return newest->second;
}

}  // namespace rota::record
