// Reads where the cells of a definition run, and checks workers and placements against those machines.
#include "experiments/definition/worlds.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "experiments/machine/file.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;

bool is_path(const std::string& word) { return word.find('/') != std::string::npos || word.ends_with(".toml"); }

std::string expected_machine() {
  std::vector<std::string> names;
  for (const auto& shipped : shipped_machines()) names.push_back(shipped.name);
  return fmt::format("one of the machines {}, or the path of a machine file", fmt::join(names, ", "));
}

// Throws what is wrong inside the machine's file as it is: with that file's own lines.
MachineFile chosen_machine(const TomlSection& world, const toml::node& node, const fs::path& folder) {
  const auto* text = node.as_string();
  if (text == nullptr) world.fail(node, "machine", expected_machine(), shown(node));
  const std::string& word = text->get();
  if (is_path(word)) {
    const fs::path path = came_from_set(node) ? fs::path(word) : folder / word;
    if (!fs::is_regular_file(path)) world.fail(node, "machine", expected_machine(), shown(node));
    return find_machine(path.string());
  }
  for (const auto& shipped : shipped_machines()) {
    if (shipped.name == word) return find_machine(word);
  }
  world.fail(node, "machine", expected_machine(), shown(node));
}

std::vector<record::World> read_kinds(const TomlSection& world) {
  std::vector<record::World> kinds;
  world.each("kind", [&](const toml::node& node) {
    const auto* text = node.as_string();
    const auto kind = text == nullptr ? std::nullopt : record::kind_from(text->get());
    if (!kind) world.fail(node, "kind", "real, sim, or an array of both", shown(node));
    if (std::ranges::count(kinds, *kind) > 0) world.fail(node, "kind", "each kind once", shown(node) + " again");
    kinds.push_back(*kind);
  });
  if (kinds.empty()) kinds.push_back(record::World::real);
  return kinds;
}

record::MachineFacts facts_of(const MachineFile& machine) {
  record::MachineFacts facts{.text = machine.text, .summary = machine.summary, .sources = {}};
  for (const auto& [table, sentence] : machine.sources) facts.sources.push_back({table, sentence});
  return facts;
}

void add_machine(const TomlSection& section, const toml::node& node, const fs::path& folder, Worlds& worlds) {
  const MachineFile machine = chosen_machine(section, node, folder);
  if (!worlds.facts.emplace(machine.name, facts_of(machine)).second)
    section.fail(node, "machine", "each machine once", "\"" + machine.name + "\" again");
  worlds.list.push_back({record::World::simulated, machine.name});
  worlds.names.push_back(machine.name);
  worlds.topologies.push_back(machine.model.topology);
}

const Topology& host_topology() {
  static const Topology host = Topology::host();
  return host;
}

[[noreturn]] void refuse_placement(const TomlSection& sweep, const toml::node& node, std::string_view why) {
  sweep.fail(node, "placement", "compact, scatter, per-node, none or a list such as \"0,2,4-7\"",
             fmt::format("{} ({})", shown(node), why));
}

Placement placement_on(const TomlSection& sweep, const toml::node& node, const Topology& topology,
                       const std::string& words, std::uint32_t workers) {
  try {
    return {topology, words, workers};
  } catch (const TopologyError& error) {
    refuse_placement(sweep, node, error.what());
  }
}

// A simulated processing unit is one worker's: two of them would not know of each other there.
void check_units(const TomlSection& sweep, const toml::node& node, const std::string& machine,
                 const Placement& placement) {
  std::set<unsigned> units;
  for (unsigned worker = 0; worker < placement.workers(); ++worker) units.insert(placement.pu(worker));
  if (units.size() < placement.workers())
    sweep.fail(node, "placement",
               fmt::format("a processing unit of machine {} for each of {} workers", machine, placement.workers()),
               shown(node));
}

void check_placement(const TomlSection& sweep, const toml::node& node, const std::string& words, const Worlds& worlds,
                     std::uint32_t workers) {
  if (worlds.real()) (void)placement_on(sweep, node, host_topology(), words, 1);
  for (std::size_t i = 0; i < worlds.names.size(); ++i)
    check_units(sweep, node, worlds.names[i], placement_on(sweep, node, worlds.topologies[i], words, workers));
}

void check_workers(const TomlSection& sweep, const toml::node& node, std::uint32_t workers, const Worlds& worlds) {
  for (std::size_t i = 0; i < worlds.names.size(); ++i) {
    const unsigned units = worlds.topologies[i].pu_count();
    if (workers > units)
      sweep.fail(node, "workers", fmt::format("at most {}, the processing units of machine {}", units, worlds.names[i]),
                 fmt::format("{}", workers));
  }
}

}  // namespace

Worlds read_worlds(const TomlSection& root, const std::string& file) {
  const TomlSection section = root.section("world");
  section.only({"kind", "machine"});
  const fs::path folder = fs::path(file).parent_path();
  Worlds worlds;
  for (const record::World kind : read_kinds(section)) {
    if (!is_simulated(kind)) {
      worlds.list.push_back({kind, ""});
      continue;
    }
    if (!section.has("machine")) section.fail("machine", expected_machine(), "nothing");
    section.each("machine", [&](const toml::node& node) { add_machine(section, node, folder, worlds); });
  }
  if (!worlds.simulated() && section.has("machine"))
    section.fail("machine", "no machine unless world.kind is sim", shown(*section.table().get("machine")));
  return worlds;
}

std::vector<std::uint32_t> read_workers(const TomlSection& sweep, const Worlds& worlds) {
  if (!sweep.has("workers")) return {1};
  std::vector<std::uint32_t> result;
  const std::string expected = fmt::format("an integer from 1 to {}, or an array of them", most_workers);
  sweep.each("workers", [&](const toml::node& node) {
    const auto* number = node.as_integer();
    if (number == nullptr || number->get() < 1 || number->get() > most_workers)
      sweep.fail(node, "workers", expected, shown(node));
    const auto workers = static_cast<std::uint32_t>(number->get());
    if (std::ranges::count(result, workers) > 0) sweep.fail(node, "workers", "each count once", shown(node) + " again");
    check_workers(sweep, node, workers, worlds);
    result.push_back(workers);
  });
  return result;
}

std::vector<std::string> read_placements(const TomlSection& sweep, const Worlds& worlds,
                                         std::uint32_t most_workers_asked) {
  if (!sweep.has("placement")) return {"compact"};
  std::vector<std::string> result;
  sweep.each("placement", [&](const toml::node& node) {
    const auto* text = node.as_string();
    if (text == nullptr) sweep.fail(node, "placement", "a text, or an array of them", shown(node));
    check_placement(sweep, node, text->get(), worlds, most_workers_asked);
    if (std::ranges::count(result, text->get()) > 0)
      sweep.fail(node, "placement", "each placement once", shown(node) + " again");
    result.push_back(text->get());
  });
  return result;
}

}  // namespace rota::experiments
