// rota topology: the machine as Rota sees it, and where workers would stand.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "worlds/topology.hpp"

namespace rota::command {
namespace {

struct Options {
  std::string synthetic, xml, placement = "compact";
  unsigned workers = 0;
  bool json = false;
};

Topology choose(const Options& options) {
  if (!options.synthetic.empty()) return Topology::synthetic(options.synthetic);
  if (!options.xml.empty()) return Topology::xml_file(options.xml);
  return Topology::host();
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

nlohmann::ordered_json to_json(const Topology& topology) {
  nlohmann::ordered_json pus = nlohmann::ordered_json::array();
  for (const auto& pu : topology.pus())
    pus.push_back({{"os_index", pu.os_index},
                   {"core", pu.core},
                   {"l2", pu.l2},
                   {"l3", pu.l3},
                   {"node", pu.node},
                   {"package", pu.package}});
  return {{"name", topology.name()},
          {"packages", topology.package_count()},
          {"nodes", topology.node_count()},
          {"cores", topology.core_count()},
          {"pus", std::move(pus)},
          {"this_system", topology.is_this_system()},
          {"why_not_bindable", topology.why_not_bindable()}};
}

void show(const Options& options) {
  const Topology topology = choose(options);
  if (options.json) return fmt::print("{}\n", to_json(topology).dump(2));
  fmt::print("{}: {} packages, {} NUMA nodes, {} cores, {} processing units\n{}", topology.name(),
             topology.package_count(), topology.node_count(), topology.core_count(), topology.pu_count(),
             topology.tree());
  print_distances(topology);
  const std::string reason = topology.why_not_bindable();
  fmt::print("\nbinding: {}\n", reason.empty() ? "threads can be pinned here" : reason);
  if (options.workers > 0) print_placement(Placement(topology, options.placement, options.workers));
}

}  // namespace

void add_topology(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("topology", "Draw this machine, or a described one, and place workers on it");
  auto* synthetic =
      command->add_option("--synthetic", options->synthetic, "an hwloc description, e.g. \"numa:4 core:8 pu:2\"");
  command->add_option("--xml", options->xml, "an hwloc XML file")->excludes(synthetic);
  command->add_option("--workers", options->workers, "show where this many workers would stand")
      ->check(CLI::Range(1, 1024));
  command->add_option("--placement", options->placement, "compact, scatter, none, or a list such as 0,2,4-7");
  command->add_flag("--json", options->json, "the topology as JSON");
  command->callback([options] { show(*options); });
}

}  // namespace rota::command
