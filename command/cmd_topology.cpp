// rota topology: the machine as Rota sees it, and where workers would stand.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "command/command.hpp"
#include "command/machine_show.hpp"
#include "record/files.hpp"
#include "worlds/topology.hpp"

namespace rota::command {
namespace {

struct Options {
  std::string synthetic, xml, machine, svg, placement = "compact";
  unsigned workers = 0;
  bool json = false;
};

using experiments::MachineFile;

struct Chosen {
  Topology topology;
  std::optional<MachineFile> machine = std::nullopt;
  [[nodiscard]] std::string title() const {
    return machine ? fmt::format("{}: {}", machine->name, machine->summary) : topology.name();
  }
  [[nodiscard]] std::vector<double> speed() const { return machine ? machine->model.speed : std::vector<double>(); }
};

Chosen choose(const Options& options) {
  if (!options.synthetic.empty()) return {Topology::synthetic(options.synthetic)};
  if (!options.xml.empty()) return {Topology::xml_file(options.xml)};
  if (options.machine.empty()) return {Topology::host()};
  MachineFile machine = experiments::find_machine(options.machine);
  const Topology topology = machine.model.topology;
  return {topology, std::move(machine)};
}

void print_distances(const Topology& topology) {
  if (topology.node_count() < 2) return;
  fmt::print("\ndistances between NUMA nodes{}\n",
             topology.has_node_distances() ? "" : " (not told: 10 and 20 assumed)");
  for (unsigned from = 0; from < topology.node_count(); ++from) {
    for (unsigned to = 0; to < topology.node_count(); ++to) fmt::print("{:>5}", topology.node_distance(from, to));
    fmt::print("\n");
  }
}

void print_placement(const Placement& placement) {
  fmt::print("\n{} workers, placement {}\n", placement.workers(), placement.words());
  for (unsigned w = 0; w < placement.workers(); ++w) {
    std::string nearest;
    for (const auto other : placement.nearest(w).first(std::min<std::size_t>(8, placement.nearest(w).size())))
      nearest += fmt::format(" {}", other);
    fmt::print("  worker {:>3}  PU {:>3} (system {:>3})  node {:>2}  nearest:{}{}\n", w, placement.pu(w),
               placement.os_pu(w), placement.node(w), nearest.empty() ? " nobody" : nearest,
               placement.nearest(w).size() > 8 ? " …" : "");
  }
}

nlohmann::ordered_json to_json(const Chosen& chosen) {
  const Topology& topology = chosen.topology;
  nlohmann::ordered_json pus = nlohmann::ordered_json::array();
  for (const auto& pu : topology.pus())
    pus.push_back({{"os_index", pu.os_index},
                   {"core", pu.core},
                   {"l2", pu.l2},
                   {"l3", pu.l3},
                   {"node", pu.node},
                   {"package", pu.package}});
  nlohmann::ordered_json json{{"name", topology.name()},
                              {"packages", topology.package_count()},
                              {"nodes", topology.node_count()},
                              {"cores", topology.core_count()},
                              {"pus", std::move(pus)},
                              {"this_system", topology.is_this_system()},
                              {"why_not_bindable", topology.why_not_bindable()}};
  if (chosen.machine) json["machine"] = machine_json(*chosen.machine);
  return json;
}

void print(const Chosen& chosen) {
  const Topology& topology = chosen.topology;
  fmt::print("{}: {} packages, {} NUMA nodes, {} cores, {} processing units\n{}", chosen.title(),
             topology.package_count(), topology.node_count(), topology.core_count(), topology.pu_count(),
             topology.tree());
  print_distances(topology);
  if (chosen.machine) return print_costs(chosen.machine->model.costs);
  const std::string reason = topology.why_not_bindable();
  fmt::print("\nbinding: {}\n", reason.empty() ? "threads can be pinned here" : reason);
}

void show(const Options& options) {
  const Chosen chosen = choose(options);
  std::optional<Placement> placement;
  if (options.workers > 0) placement.emplace(chosen.topology, options.placement, options.workers);
  if (!options.svg.empty())
    record::write_file_whole(
        options.svg, topology_svg(chosen.title(), chosen.topology, chosen.speed(), placement ? &*placement : nullptr));
  if (options.json) return fmt::print("{}\n", to_json(chosen).dump(2));
  print(chosen);
  if (placement) print_placement(*placement);
  if (!options.svg.empty()) fmt::print("\nDrawn: {}\n", options.svg);
}

}  // namespace

void add_topology(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("topology", "Draw this machine, or a described one, and place workers on it");
  auto* synthetic =
      command->add_option("--synthetic", options->synthetic, "an hwloc description, e.g. \"numa:4 core:8 pu:2\"");
  auto* xml = command->add_option("--xml", options->xml, "an hwloc XML file")->excludes(synthetic);
  command->add_option("--machine", options->machine, "a machine that 'rota list machines' shows, or a machine file")
      ->type_name("MACHINE")
      ->excludes(synthetic)
      ->excludes(xml);
  command->add_option("--workers", options->workers, "show where this many workers would stand")
      ->check(CLI::Range(1, 1024));
  command->add_option("--placement", options->placement, "compact, scatter, per-node, none, or a list such as 0,2,4-7")
      ->type_name("PLACEMENT");
  command->add_option("--svg", options->svg, "draw it into this file");
  command->add_flag("--json", options->json, "the topology as JSON");
  command->callback([options] { show(*options); });
}

}  // namespace rota::command
