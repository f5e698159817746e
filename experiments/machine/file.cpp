// Reads machine files: one function for each table, every one of them refusing what it does not know.
#include "experiments/machine/file.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "experiments/input/share.hpp"
#include "experiments/machine/costs.hpp"
#include "experiments/machine/picoseconds.hpp"
#include "experiments/machine/units.hpp"
#include "record/files.hpp"
#include "runtime/near_name.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;
using simulated::Ps;

constexpr Ps second = 1'000'000'000'000;

// A cost: from nothing, or one picosecond where nothing would be absurd, to a second.
Ps read_cost(const TomlSection& section, std::string_view key, bool may_be_zero) {
  const auto expected = [&] {
    return fmt::format("a duration such as \"1.2ns\", {}, at most 1s", may_be_zero ? "from 0ns" : "more than 0ns");
  };
  const std::string text = section.required_text(key, expected());
  Ps value = 0;
  if (!parse_picoseconds(text, value) || value > second || (value == 0 && !may_be_zero))
    section.fail(key, expected(), "\"" + text + "\"");
  return value;
}

void read_levels(const TomlSection& root, const std::string& table, simulated::ByLevel& costs, MachineFile& machine) {
  const TomlSection section = required_table(root, table, machine);
  section.only({"source", "self", "core", "l2", "l3", "node", "package", "remote"});
  for (std::size_t level = 0; level < simulated::levels; ++level)
    costs[level] = read_cost(section, simulated::level_names[level], false);
}

void read_costs(const TomlSection& root, MachineFile& machine) {
  const TomlSection section = required_table(root, "costs", machine);
  section.only({"source", "fence", "memory", "relax", "park", "unpark", "wake_up", "clock", "spawn", "look", "resume",
                "preempt", "allocate"});
  for (const auto& cost : named_costs)
    machine.model.costs.*cost.field = read_cost(section, cost.name, cost.may_be_zero);
}

void read_away(const TomlSection& root, MachineFile& machine) {
  const TomlSection section = required_table(root, "away", machine);
  section.only({"source", "package", "remote"});
  machine.model.costs.away_package = read_number(section, "package", 1, 100);
  machine.model.costs.away_remote = read_number(section, "remote", 1, 100);
}

// The text with what `node` says in the place of `node`.
std::string with_value(std::string_view text, const toml::node& node, const std::string& value) {
  const auto offset = [&](const toml::source_position& position) {
    std::size_t at = 0;
    for (toml::source_index line = 1; line < position.line; ++line) at = text.find('\n', at) + 1;
    for (toml::source_index column = 1; column < position.column; ++column) {
      do ++at;  // columns count characters, not bytes
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U);
    }
    return at;
  };
  const auto begin = offset(node.source().begin);
  const auto end = offset(node.source().end);
  return std::string(text.substr(0, begin)) + value + std::string(text.substr(end));
}

// A cell is measured by a program that has only the text, so the XML goes into it.
std::string standing_alone(std::string_view text, const toml::table& table, const Topology& topology) {
  const toml::node_view<const toml::node> xml = table["topology"]["xml"];
  if (!xml || is_xml(xml.as_string()->get())) return std::string(text);
  return with_value(text, *xml.node(), "'''" + topology.xml() + "'''");
}

}  // namespace

MachineFile parse_machine_file(std::string_view toml, const std::string& file) {
  const toml::table table = parse_toml(toml, file);
  const TomlSection root(table, file, "");
  root.only({"summary", "topology", "load", "store", "update", "costs", "away", "speed"});
  const fs::path path(file);
  const std::string name = (path.extension() == ".toml" ? path.stem() : path.filename()).string();
  MachineFile machine{name,
                      root.required_text("summary", "a text that says what machine this is"),
                      file,
                      "",
                      simulated::Model{name, Topology::synthetic("pu:1"), {}, {}},
                      {}};
  machine.model.topology = read_topology(root, machine);
  read_levels(root, "load", machine.model.costs.load, machine);
  read_levels(root, "store", machine.model.costs.store, machine);
  read_levels(root, "update", machine.model.costs.update, machine);
  read_costs(root, machine);
  read_away(root, machine);
  machine.model.speed = read_speed(root, machine.model.topology, machine);
  machine.text = standing_alone(toml, table, machine.model.topology);
  return machine;
}

simulated::Model parse_machine(std::string_view toml, const std::string& file) {
  return parse_machine_file(toml, file).model;
}

std::vector<ShippedMachine> shipped_machines() {
  std::vector<ShippedMachine> result;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(share_folder() / "experiments" / "machines", none)) {
    if (entry.path().extension() == ".toml") result.push_back({entry.path().stem().string(), entry.path()});
  }
  std::ranges::sort(result, {}, &ShippedMachine::name);
  return result;
}

MachineFile find_machine(const std::string& name_or_path) {
  const fs::path path(name_or_path);
  if (name_or_path.find('/') != std::string::npos || path.extension() == ".toml")
    return parse_machine_file(record::read_file(path), path.string());
  std::vector<std::string> names;
  for (const auto& shipped : shipped_machines()) {
    if (shipped.name == name_or_path) return parse_machine_file(record::read_file(shipped.file), shipped.file.string());
    names.push_back(shipped.name);
  }
  throw record::InputError(
      fmt::format("{}: expected the path of a machine file or one of the machines {}, got neither{}", name_or_path,
                  fmt::join(names, ", "), did_you_mean(name_or_path, names)));
}

}  // namespace rota::experiments
