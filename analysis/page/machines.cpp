// Finds the sources in machine files.
#include "analysis/page/machines.hpp"

#include <toml++/toml.h>

#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

void add_source(const toml::table& table, const std::string& name, Json& sources) {
  if (const auto source = table["source"].value<std::string>())
    sources.push_back({{"table", name}, {"source", *source}});
}

Json sources_of(const toml::table& file) {
  Json sources = Json::array();
  for (const auto& [key, node] : file) {
    const std::string name(key.str());
    if (node.is_table()) add_source(*node.as_table(), name, sources);
    if (!node.is_array()) continue;
    for (const toml::node& entry : *node.as_array()) {
      if (entry.is_table()) add_source(*entry.as_table(), name, sources);
    }
  }
  return sources;
}

Json machine_json(const Machine& machine) {
  Json json{{"name", machine.name},
            {"summary", ""},
            {"calibrated", machine.name == calibrated_machine},
            {"sources", Json::array()},
            {"text", machine.text}};
  try {
    const toml::table file = toml::parse(machine.text);
    json["summary"] = file["summary"].value_or(std::string());
    json["sources"] = sources_of(file);
  } catch (const toml::parse_error&) {  // the text speaks for itself
  }
  return json;
}

}  // namespace

Json machines_json(const Run& run) {
  Json machines = Json::array();
  for (const Machine& machine : run.machines) machines.push_back(machine_json(machine));
  return machines;
}

}  // namespace rota::analysis
