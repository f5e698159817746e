// Writes measurements as CSV and as JSON.
#include "analysis/export/export.hpp"

#include <fmt/format.h>

#include "analysis/words/json.hpp"
#include "record/json_text.hpp"
#include "record/request_json.hpp"

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

Json row(const record::Run& run, const record::Cell& cell, const record::Figure& one) {
  return {{"experiment", run.manifest.experiment},
          {"policy", cell.policy().label},
          {"policy_config", record::json_of(cell.policy().with)},
          {"workload", cell.workload().label},
          {"workload_config", record::json_of(cell.workload().with)},
          {"world", to_text(cell.world())},
          {"machine", cell.machine()},
          {"workers", cell.workers()},
          {"repetition", cell.plan.request.repetition},
          {"metric", one.metric},
          {"unit", one.unit},
          {"value", one.value}};
}

template <class Visitor> void for_each_measurement(const record::Run& run, Visitor visit) {
  for (const record::Cell& cell : run.cells) {
    if (!cell.ok()) continue;
    for (const record::Figure& one : cell.result.figures) visit(cell, one);
  }
}

}  // namespace

std::string export_csv(const record::Run& run) {
  std::string text =
      "experiment,policy,policy_config,workload,workload_config,world,machine,workers,repetition,metric,unit,value\n";
  for_each_measurement(run, [&](const record::Cell& cell, const record::Figure& one) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", quoted(run.manifest.experiment),
                        quoted(cell.policy().label), quoted(record::to_json(cell.policy().with)),
                        quoted(cell.workload().label), quoted(record::to_json(cell.workload().with)),
                        to_text(cell.world()), quoted(cell.machine()), cell.workers(), cell.plan.request.repetition,
                        quoted(one.metric), quoted(one.unit), one.value);
  });
  return text;
}

std::string export_json(const record::Run& run) {
  Json rows = Json::array();
  for_each_measurement(
      run, [&](const record::Cell& cell, const record::Figure& one) { rows.push_back(row(run, cell, one)); });
  return dump(rows, 1) + "\n";
}

}  // namespace rota::analysis
