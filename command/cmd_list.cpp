// rota list: what there is.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "command/command.hpp"
#include "command/show.hpp"
#include "experiments/definition.hpp"
#include "experiments/find.hpp"
#include "experiments/machine_file.hpp"
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

struct Kind {
  const char* name;
  ordered_json (*list)();
};
constexpr std::array kinds{Kind{"policies", policies}, Kind{"workloads", workloads}, Kind{"experiments", experiments},
                           Kind{"machines", machines}, Kind{"reactors", reactors}};

void print(const Kind& kind) {
  fmt::print("{}\n", kind.name);
  const ordered_json entries = kind.list();
  std::size_t width = 0;
  for (const auto& entry : entries) width = std::max(width, entry.at("name").get_ref<const std::string&>().size());
  for (const auto& entry : entries)
    fmt::print("  {:<{}}  {}\n", entry.at("name").get_ref<const std::string&>(), width,
               entry.at("summary").get_ref<const std::string&>());
}

void list(const Options& options) {
  if (options.json && options.kind.empty()) {
    ordered_json all;
    for (const auto& kind : kinds) all[kind.name] = kind.list();
    fmt::print("{}\n", all.dump(2));
    return;
  }
  for (const auto& kind : kinds) {
    if (!options.kind.empty() && options.kind != kind.name) continue;
    if (options.json) {
      fmt::print("{}\n", kind.list().dump(2));
    } else {
      print(kind);
    }
  }
}

}  // namespace

void add_list(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("list", "List policies, workloads, experiments, machines and reactors");
  command->add_option("KIND", options->kind, "policies, workloads, experiments, machines or reactors; all if absent")
      ->check(CLI::IsMember({"policies", "workloads", "experiments", "machines", "reactors"}));
  command->add_flag("--json", options->json, "an array of objects (of all kinds: an object of arrays)");
  command->callback([options] { list(*options); });
}

}  // namespace rota::command
