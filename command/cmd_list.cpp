// rota list: what there is.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "command/command.hpp"
#include "command/one_of.hpp"
#include "command/show.hpp"
#include "experiments/definition/find.hpp"
#include "experiments/definition/read.hpp"
#include "experiments/machine/file.hpp"
#include "experiments/peers/allocators.hpp"
#include "experiments/peers/records.hpp"
#include "reactor/registry.hpp"

namespace rota::command {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string kind;
  bool json = false;
};

ordered_json policies() {
  ordered_json result = ordered_json::array();
  for (const auto& policy : schedulers::policies()) result.push_back(to_json(policy));
  return result;
}

ordered_json workloads() {
  ordered_json result = ordered_json::array();
  for (const auto& workload : workloads::workloads()) result.push_back(to_json(workload));
  return result;
}

ordered_json reactors() {
  ordered_json result = ordered_json::array();
  for (const auto& reactor : rota::reactors()) result.push_back({{"name", reactor.name}, {"summary", reactor.summary}});
  return result;
}

ordered_json experiments() {
  ordered_json result = ordered_json::array();
  for (const auto& shipped : experiments::shipped_definitions()) {
    const auto definition = experiments::read_definition(shipped.file);
    result.push_back({{"name", shipped.name}, {"summary", definition.question}, {"file", shipped.file.string()}});
  }
  return result;
}

ordered_json machines() {
  ordered_json result = ordered_json::array();
  for (const auto& shipped : experiments::shipped_machines()) {
    const auto machine = experiments::find_machine(shipped.file.string());
    result.push_back({{"name", machine.name},
                      {"summary", machine.summary},
                      {"units", machine.model.topology.pu_count()},
                      {"file", shipped.file.string()}});
  }
  return result;
}

ordered_json peers() {
  ordered_json result = ordered_json::array();
  const auto catalogue = experiments::catalogue();
  std::size_t width = 0;
  for (const auto& peer : catalogue) width = std::max(width, peer.title.size());
  for (const auto& peer : catalogue) {
    const auto facts = experiments::facts_of(peer);
    const std::string state = facts.missing.empty() ? facts.version : "missing: " + facts.missing;
    result.push_back({{"name", peer.name},
                      {"summary", fmt::format("{:<{}}  {}", peer.title, width, state)},
                      {"title", peer.title},
                      {"version", facts.version},
                      {"missing", facts.missing},
                      {"plays", peer.plays},
                      {"workloads", peer.workloads},
                      {"packages", peer.packages}});
  }
  return result;
}

ordered_json allocators() {
  ordered_json result = ordered_json::array();
  for (const auto& allocator : experiments::allocators()) {
    const auto facts = experiments::allocator_facts(allocator.name);
    const std::string version = facts.version.empty() ? "" : " " + facts.version;
    result.push_back({{"name", allocator.name},
                      {"summary", facts.missing.empty() ? facts.package + version : "missing: " + facts.missing},
                      {"package", facts.package},
                      {"version", facts.version},
                      {"missing", facts.missing},
                      {"library", facts.library}});
  }
  return result;
}

struct Kind {
  const char* name;
  ordered_json (*list)();
};
constexpr std::array kinds{Kind{"policies", policies},       Kind{"workloads", workloads},
                           Kind{"experiments", experiments}, Kind{"machines", machines},
                           Kind{"reactors", reactors},       Kind{"peers", peers},
                           Kind{"allocators", allocators}};

void print(const Kind& kind) {
  fmt::print("{}\n", kind.name);
  const ordered_json entries = kind.list();
  std::size_t width = 0;
  for (const auto& entry : entries) width = std::max(width, entry.at("name").get_ref<const std::string&>().size());
  for (const auto& entry : entries)
    fmt::print("  {:<{}}  {}\n", entry.at("name").get_ref<const std::string&>(), width,
               entry.at("summary").get_ref<const std::string&>());
}

}  // namespace

void print_list(const std::string& only, bool json) {
  if (json && only.empty()) {
    ordered_json all;
    for (const auto& kind : kinds) all[kind.name] = kind.list();
    fmt::print("{}\n", all.dump(2));
    return;
  }
  for (const auto& kind : kinds) {
    if (!only.empty() && only != kind.name) continue;
    if (json) {
      fmt::print("{}\n", kind.list().dump(2));
    } else {
      print(kind);
    }
  }
}

void add_list(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("list", "List policies, workloads, experiments, machines, reactors, peers and allocators");
  std::vector<std::string> names;
  for (const auto& kind : kinds) names.emplace_back(kind.name);
  command
      ->add_option("KIND", options->kind,
                   "policies, workloads, experiments, machines, reactors, peers or allocators; all if absent")
      ->check(OneOf(std::move(names)));
  command->add_flag("--json", options->json, "an array of objects (of all kinds: an object of arrays)");
  command->callback([options] { print_list(options->kind, options->json); });
}

}  // namespace rota::command
