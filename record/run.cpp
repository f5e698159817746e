// Reads a run directory: the plan from the manifest, what became of each cell from its own file.
#include "record/run.hpp"

#include <array>
#include <utility>

#include "record/files.hpp"
#include "record/json_text.hpp"
#include "record/manifest_json.hpp"

namespace rota::record {
namespace {

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

}  // namespace

std::string_view to_text(Outcome outcome) {
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

Run read_run(const std::filesystem::path& folder) {
  Run run{folder, read_manifest(folder), {}};
  for (const auto& cell : run.manifest.cells) {
    const auto path = folder / "cells" / (cell.id + ".jsonl");
    CellResult result;
    if (std::filesystem::exists(path)) result = parse_cell_file(read_file(path), path.string());
    run.rows.push_back({cell, std::move(result)});
  }
  return run;
}

}  // namespace rota::record
