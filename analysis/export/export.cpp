// Writes measurements as CSV and as JSON.
#include "analysis/export/export.hpp"

#include <fmt/format.h>

namespace rota::analysis {
namespace {

std::string dump(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + "\"";
}

Json row(const Run& run, const Cell& cell, const Measurement& one) {
  return {{"experiment", run.experiment},
          {"policy", cell.policy.label},
          {"policy_config", cell.policy.config},
          {"workload", cell.workload.label},
          {"workload_config", cell.workload.config},
          {"world", cell.world},
          {"machine", cell.machine},
          {"workers", cell.workers},
          {"repetition", cell.repetition},
          {"metric", one.metric},
          {"unit", one.unit},
          {"value", one.value}};
}

template <class Visitor> void for_each_measurement(const Run& run, Visitor visit) {
  for (const Cell& cell : run.cells) {
    if (!cell.ok()) continue;
    for (const Measurement& one : cell.measurements) visit(cell, one);
  }
}

}  // namespace

std::string export_csv(const Run& run) {
  std::string text =
      "experiment,policy,policy_config,workload,workload_config,world,machine,workers,repetition,metric,unit,value\n";
  for_each_measurement(run, [&](const Cell& cell, const Measurement& one) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", quoted(run.experiment), quoted(cell.policy.label),
                        quoted(dump(cell.policy.config)), quoted(cell.workload.label),
                        quoted(dump(cell.workload.config)), quoted(cell.world), quoted(cell.machine), cell.workers,
                        cell.repetition, quoted(one.metric), quoted(one.unit), one.value);
  });
  return text;
}

std::string export_json(const Run& run) {
  Json rows = Json::array();
  for_each_measurement(run, [&](const Cell& cell, const Measurement& one) { rows.push_back(row(run, cell, one)); });
  return dump(rows, 1) + "\n";
}

}  // namespace rota::analysis
