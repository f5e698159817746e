// rota describe: one policy, workload, experiment or machine in full.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "command/command.hpp"
#include "command/machine_show.hpp"
#include "command/run_show.hpp"
#include "command/show.hpp"
#include "experiments/definition/find.hpp"
#include "experiments/definition/overrides.hpp"
#include "experiments/definition/read.hpp"
#include "experiments/machine/file.hpp"
#include "record/input_error.hpp"
#include "runtime/near_name.hpp"

namespace rota::command {
namespace {

struct Options {
  std::string name, second;
  std::vector<std::string> with;
  bool json = false;
};

void describe(schedulers::PolicyInfo policy, const Options& options) {
  SettingValues values, all;
  for (const auto& text : options.with) {
    if (const auto [key, value] = experiments::parse_setting("--with", text); !values.emplace(key, value).second)
      throw record::InputError(fmt::format("--with {}: expected each setting once, got '{}' again", text, key));
  }
  if (SettingError error; !policy.check(values, all, error))
    throw record::InputError(fmt::format("describe {} --with {}", policy.name, error.sentence()));
  policy.guarantees = policy.promised(all);
  if (options.json) {
    auto json = to_json(policy);
    if (!values.empty()) json["with"] = to_json(values);
    return fmt::print("{}\n", json.dump(2));
  }
  for (auto& setting : policy.settings) setting.default_value = rota::to_text(all.at(setting.name));
  const std::string so = options.with.empty() ? "" : fmt::format(", with {}", fmt::join(options.with, ", "));
  fmt::print("{}: {}\n\nguarantees{}\n", policy.name, policy.summary, so);
  for (const auto& sentence : sentences(policy.guarantees)) fmt::print("  {}\n", sentence);
  fmt::print("\nsettings{}\n", so);
  print_settings(policy.settings);
  if (!policy.source.empty()) {
    fmt::print("\na preset of {}:{}", policy.family, policy.with.empty() ? " its defaults" : "");
    for (const auto& [name, value] : policy.with) fmt::print(" {} = {}", name, rota::to_text(value));
    for (const auto& [name, value] : policy.runtime)
      fmt::print("; of the runtime: {} = {}", name, rota::to_text(value));
    fmt::print("\n  from: {}\n", policy.source);
  }
  if (!policy.leaves_out.empty()) fmt::print("\ndoes not play: {}\n", policy.leaves_out);
  fmt::print("\nworlds: {}\n", fmt::join(names(policy.worlds), ", "));
  fmt::print("\nTry it: rota run quickstart --set policy={}\n", policy.name);
}

void describe(const workloads::WorkloadInfo& workload) {
  fmt::print("{}: {}\n\nsettings\n", workload.name, workload.summary);
  print_settings(workload.settings);
  fmt::print("\nworlds: {}\n", fmt::join(names(workload.worlds), ", "));
  fmt::print("\nmetrics\n");
  for (const auto& metric : workload.metrics)
    fmt::print("  {:<16}  {:<6}  {} ({} is better)\n", metric.name, metric.unit, metric.help,
               metric.lower_is_better ? "lower" : "higher");
}

void describe(const experiments::ShippedDefinition& shipped, const Options& options) {
  const auto definition = experiments::read_definition(shipped.file);
  if (options.json) return print_json(to_json(definition));
  fmt::print("{}: {}\n\n{}\n\nfile: {}\nTry it: rota run {} --dry-run\n", shipped.name, definition.question,
             definition.analysis, shipped.file.string(), shipped.name);
}

void describe(const experiments::MachineFile& machine) {
  const Topology& topology = machine.model.topology;
  fmt::print("{}: {}\n\n{} packages, {} NUMA nodes, {} cores, {} processing units\n", machine.name, machine.summary,
             topology.package_count(), topology.node_count(), topology.core_count(), topology.pu_count());
  print_costs(machine.model.costs);
  fmt::print("\nwhere the figures come from\n");
  for (const auto& source : machine.sources) fmt::print("  {}: {}\n", source.table, source.sentence);
  fmt::print("\nfile: {}\nTry it: rota topology --machine {} --workers 8 --placement per-node\n", machine.file.string(),
             machine.name);
}

[[noreturn]] void unknown(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& policy : schedulers::policies()) known.emplace_back(policy.name);
  for (const auto& workload : workloads::workloads()) known.emplace_back(workload.name);
  for (const auto& shipped : experiments::shipped_definitions()) known.push_back(shipped.name);
  for (const auto& shipped : experiments::shipped_machines()) known.push_back(shipped.name);
  throw record::InputError(
      fmt::format("describe: expected a policy, workload, experiment or machine, one of {}, got {}",
                  fmt::join(known, ", "), quoted_word(name, known)));
}

void describe(const Options& options) {
  // "describe policy fifo" and "describe fifo" mean the same; the kind decides where a name is both.
  const std::string& name = options.second.empty() ? options.name : options.second;
  const std::string kind = options.second.empty() ? "" : options.name;
  constexpr std::array<std::string_view, 4> kinds{"policy", "workload", "experiment", "machine"};
  if (!kind.empty() && std::ranges::find(kinds, kind) == kinds.end())
    throw record::InputError(
        fmt::format("describe: expected policy, workload, experiment or machine, got {}", quoted_word(kind, kinds)));
  if (const auto* policy = find(schedulers::policies(), name); policy != nullptr && (kind.empty() || kind == "policy"))
    return describe(*policy, options);
  if (!options.with.empty())
    throw record::InputError(fmt::format("describe --with: expected the name of a policy, got '{}'", name));
  if (const auto* workload = find(workloads::workloads(), name);
      workload != nullptr && (kind.empty() || kind == "workload"))
    return options.json ? fmt::print("{}\n", to_json(*workload).dump(2)) : describe(*workload);
  for (const auto& shipped : experiments::shipped_definitions()) {
    if (shipped.name == name && (kind.empty() || kind == "experiment")) return describe(shipped, options);
  }
  for (const auto& shipped : experiments::shipped_machines()) {
    if (shipped.name != name || (!kind.empty() && kind != "machine")) continue;
    const auto machine = experiments::find_machine(name);
    return options.json ? fmt::print("{}\n", machine_json(machine).dump(2)) : describe(machine);
  }
  unknown(name);
}

}  // namespace

void add_describe(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "describe", "Describe one policy, workload, experiment or machine: promises, settings, metrics, costs");
  command->add_option("NAME", options->name, "a name that 'rota list' shows, or its kind followed by the name")
      ->required();
  command->add_option("NAME2", options->second, "the name, if a kind came first")->type_name("");
  command
      ->add_option("--with", options->with,
                   "of a policy: a setting; what it promises may depend on it (can be repeated)")
      ->allow_extra_args(false)
      ->type_size(1)
      ->type_name("KEY=VALUE")
      ->default_str("");
  command->add_flag("--json", options->json, "as one JSON document (docs/json.md)");
  command->callback([options] { describe(*options); });
}

}  // namespace rota::command
