// Reads which units a machine has and how fast they are.
#include "experiments/machine/units.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "worlds/simulated/lines.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;

constexpr unsigned units_at_most = 256;
static_assert(units_at_most < simulated::most_units);  // one more stands for threads outside the machine

constexpr auto a_source = "a sentence that says where these figures come from";
constexpr auto a_synthetic = "an hwloc synthetic string such as \"pack:2 numa:1 l3:4 core:8 pu:1\"";
constexpr auto an_xml = "the name of an XML file written by hwloc, or such XML itself";

Topology described(const TomlSection& section, const std::string& file) {
  if (section.has("synthetic") == section.has("xml"))
    section.fail(section.has("xml") ? "xml" : "synthetic", "either synthetic or xml",
                 section.has("xml") ? "both" : "neither");
  const std::string key = section.has("xml") ? "xml" : "synthetic";
  const std::string expected = key == "xml" ? an_xml : a_synthetic;
  const std::string text = section.required_text(key, expected);
  try {
    if (key == "synthetic") return Topology::synthetic(text);
    if (is_xml(text)) return Topology::xml_text(text);
    return Topology::xml_file((fs::path(file).parent_path() / text).string());
  } catch (const TopologyError& error) {
    section.fail(key, expected, is_xml(text) ? "another text" : "\"" + text + "\"");
  }
}

std::vector<std::uint64_t> read_matrix(const TomlSection& section, unsigned nodes) {
  const std::string expected =
      fmt::format("{0} rows of {0} integers from 1 to 1000, one for each NUMA node (10: the node itself)", nodes);
  const toml::node& matrix = *section.table().get("distances");
  const auto refuse_unless = [&](bool good, const toml::node& at, const std::string& got) {
    if (!good) section.fail(at, "distances", expected, got);
  };
  refuse_unless(matrix.is_array(), matrix, shown(matrix));
  refuse_unless(matrix.as_array()->size() == nodes, matrix, fmt::format("{} rows", matrix.as_array()->size()));
  std::vector<std::uint64_t> values;
  for (const auto& row : *matrix.as_array()) {
    refuse_unless(row.is_array(), row, shown(row));
    refuse_unless(row.as_array()->size() == nodes, row, fmt::format("a row of {}", row.as_array()->size()));
    for (const auto& value : *row.as_array()) {
      const std::int64_t number = value.is_integer() ? value.as_integer()->get() : 0;
      refuse_unless(number >= 1 && number <= 1000, value, shown(value));
      values.push_back(static_cast<std::uint64_t>(number));
    }
  }
  return values;
}

std::vector<unsigned> read_units(const TomlSection& section, const Topology& topology) {
  const std::string expected =
      fmt::format("a list of processing units from 0 to {}, such as \"0,2,4-7\"", topology.pu_count() - 1);
  const std::string text = section.required_text("units", expected);
  const bool is_list = !text.empty() && text.find_first_not_of("0123456789,-") == std::string::npos;
  try {
    if (!is_list) throw TopologyError("a word");
    // A placement's list: with as many workers as units every unit of it is seen.
    const Placement placement(topology, text, topology.pu_count());
    std::vector<unsigned> units;
    for (unsigned worker = 0; worker < placement.workers(); ++worker) units.push_back(placement.pu(worker));
    std::ranges::sort(units);
    units.erase(std::ranges::unique(units).begin(), units.end());
    return units;
  } catch (const TopologyError&) {
    section.fail("units", expected, "\"" + text + "\"");
  }
}

}  // namespace

bool is_xml(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && text[first] == '<';
}

TomlSection sourced(const TomlSection& section, const std::string& table, MachineFile& machine) {
  std::string sentence = section.required_text("source", a_source);
  if (sentence.find_first_not_of(' ') == std::string::npos) section.fail("source", a_source, "an empty text");
  machine.sources.push_back({table, std::move(sentence)});
  return section;
}

TomlSection required_table(const TomlSection& root, const std::string& table, MachineFile& machine) {
  if (!root.has(table)) root.fail(table, fmt::format("a table that begins with [{}]", table), "nothing");
  return sourced(root.section(table), table, machine);
}

double read_number(const TomlSection& section, std::string_view key, double least, double most) {
  const toml::node* node = section.table().get(key);
  const std::string expected = fmt::format("a number from {} to {}", least, most);
  if (node == nullptr) section.fail(key, expected, "nothing");
  const auto number = node->is_number() ? node->value<double>() : std::nullopt;
  if (!number || !(*number >= least && *number <= most)) section.fail(key, expected, shown(*node));
  return *number;
}

Topology read_topology(const TomlSection& root, MachineFile& machine) {
  const TomlSection section = required_table(root, "topology", machine);
  section.only({"source", "synthetic", "xml", "distances"});
  const Topology topology = described(section, machine.file.string());
  if (topology.pu_count() > units_at_most)
    section.fail(section.has("xml") ? "xml" : "synthetic", fmt::format("at most {} processing units", units_at_most),
                 fmt::format("{}", topology.pu_count()));
  return section.has("distances") ? topology.with_distances(read_matrix(section, topology.node_count())) : topology;
}

std::vector<double> read_speed(const TomlSection& root, const Topology& topology, MachineFile& machine) {
  const auto sections = root.sections("speed");
  if (sections.empty()) return {};
  std::vector<double> speed(topology.pu_count(), 1.0);
  std::vector<bool> told(topology.pu_count());
  for (const auto& table : sections) {
    const TomlSection section = sourced(table, "speed", machine);
    section.only({"source", "units", "factor"});
    const double factor = read_number(section, "factor", 0.01, 100);
    for (const unsigned unit : read_units(section, topology)) {
      if (told[unit]) section.fail("units", "each unit once", fmt::format("unit {} again", unit));
      told[unit] = true;
      speed[unit] = factor;
    }
  }
  return speed;
}

}  // namespace rota::experiments
