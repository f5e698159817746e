// Machine files, written.
#include "experiments/machine/text.hpp"

#include <fmt/format.h>

#include <map>

#include "experiments/machine/costs.hpp"
#include "experiments/machine/picoseconds.hpp"

namespace rota::experiments {
namespace {

std::string toml_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result + "\"";
}

std::string topology_lines(const Topology& topology) {
  const std::string synthetic = topology.synthetic_text();
  std::string text = synthetic.empty() ? fmt::format("xml = '''\n{}'''\n", topology.xml())
                                       : fmt::format("synthetic = {}\n", toml_text(synthetic));
  if (!topology.has_node_distances() || topology.node_count() < 2) return text;
  text += "distances = [\n";
  for (unsigned from = 0; from < topology.node_count(); ++from) {
    text += "  [";
    for (unsigned to = 0; to < topology.node_count(); ++to)
      text += fmt::format("{}{}", to == 0 ? "" : ", ", topology.node_distance(from, to));
    text += "],\n";
  }
  return text + "]\n";
}

// Units of the same speed, in the manner of a placement's list.
std::map<double, std::string> units_by_speed(const std::vector<double>& speed) {
  std::map<double, std::string> result;
  for (std::size_t unit = 0; unit < speed.size(); ++unit) {
    std::string& units = result[speed[unit]];
    units += fmt::format("{}{}", units.empty() ? "" : ",", unit);
  }
  result.erase(1.0);
  return result;
}

}  // namespace

std::string machine_text(const MachineFile& machine) {
  std::map<std::string, std::string> sources;
  for (const auto& source : machine.sources) sources[source.table] = source.sentence;
  const auto header = [&](const std::string& table) {
    return fmt::format("\n[{}]\nsource = {}\n", table, toml_text(sources[table]));
  };
  const simulated::Costs& costs = machine.model.costs;
  std::string text = fmt::format("summary = {}\n", toml_text(machine.summary));
  text += header("topology") + topology_lines(machine.model.topology);
  for (const auto& table : named_levels) {
    text += header(table.name);
    for (std::size_t level = 0; level < simulated::levels; ++level)
      text +=
          fmt::format("{} = \"{}\"\n", simulated::level_names[level], picoseconds_text((costs.*table.field)[level]));
  }
  text += header("costs");
  for (const auto& cost : named_costs)
    text += fmt::format("{} = \"{}\"\n", cost.name, picoseconds_text(costs.*cost.field));
  text += header("away") + fmt::format("package = {}\nremote = {}\n", costs.away_package, costs.away_remote);
  for (const auto& [factor, units] : units_by_speed(machine.model.speed))
    text += fmt::format("\n[[speed]]\nsource = {}\nunits = \"{}\"\nfactor = {}\n", toml_text(sources["speed"]), units,
                        factor);
  return text;
}

}  // namespace rota::experiments
