// rota cell: one measurement. Reads a request on standard input, prints what it measures as JSON lines.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "experiments/input_error.hpp"
#include "experiments/request.hpp"
#include "schedulers/registry.hpp"
#include "workloads/registry.hpp"

namespace rota::command {
namespace {

using experiments::CellRequest;
using experiments::InputError;
using Json = nlohmann::ordered_json;

constexpr int broken = 3;  // neither an answer nor a refusal: the measurement itself failed

// What a request comes to on this machine.
struct Cell {
  const schedulers::PolicyEntry* policy;
  const workloads::WorkloadEntry* workload;
  SettingValues policy_settings, workload_settings;
  RuntimeConfig runtime;
  Placement placement;
};

[[noreturn]] void refuse(const std::string& path, const SettingError& error) {
  throw InputError(fmt::format("{}.{}: expected {}, got {}", path, error.key, error.expected, error.got));
}

template <class Registry, class Entry>
const Entry& known(const Registry& registry, const Entry* entry, const std::string& path, const std::string& use) {
  if (entry != nullptr) return *entry;
  std::vector<std::string_view> names;
  for (const auto& other : registry) names.push_back(other.name);
  throw InputError(fmt::format("{}.use: expected one of {}, got \"{}\"", path, fmt::join(names, ", "), use));
}

template <class Entry> SettingValues checked(const Entry& entry, const SettingValues& values, const std::string& path) {
  SettingValues all;
  SettingError error;
  if (!entry.check(values, all, error)) refuse(path + ".with", error);
  return all;
}

RuntimeConfig runtime_of(const CellRequest& request) {
  RuntimeConfig config;
  SettingError error;
  config.seed = request.seed;
  if (!rota::bind(config, request.runtime, error)) refuse("request.runtime", error);
  return config;
}

Placement placement_of(const CellRequest& request) {
  if (request.workers < 1 || request.workers > 1024)
    throw InputError(fmt::format("request.workers: expected an integer from 1 to 1024, got {}", request.workers));
  try {
    return {Topology::host(), request.placement, request.workers};
  } catch (const TopologyError& error) {
    throw InputError(fmt::format("request.placement: expected a placement on this machine, got \"{}\" ({})",
                                 request.placement, error.what()));
  }
}

Cell prepare(const CellRequest& request) {
  if (request.world != "real") throw InputError(fmt::format("request.world: expected real, got \"{}\"", request.world));
  const auto& policy =
      known(schedulers::policies(), schedulers::find_policy(request.policy.use), "request.policy", request.policy.use);
  const auto& workload = known(workloads::workloads(), workloads::find_workload(request.workload.use),
                               "request.workload", request.workload.use);
  return {&policy,
          &workload,
          checked(policy, request.policy.with, "request.policy"),
          checked(workload, request.workload.with, "request.workload"),
          runtime_of(request),
          placement_of(request)};
}

void print_line(const Json& json) {
  fmt::print("{}\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::fflush(stdout);
}

// The answers that the request expects, as checks beside the workload's own.
void add_expected(const CellRequest& request, workloads::Result& result) {
  const std::vector<workloads::Check> own = result.checks;
  for (const auto& [name, expected] : request.expect) {
    std::string got;
    std::vector<std::string> names;
    for (const auto& check : own) {
      names.push_back(check.name);
      if (check.name == name) got = check.got;
    }
    const bool exists = std::find(names.begin(), names.end(), name) != names.end();
    if (!exists)
      got = fmt::format("no such check: there are {}", names.empty() ? "none" : fmt::to_string(fmt::join(names, ", ")));
    result.checks.push_back({name, expected, got});
  }
}

bool print_result(const workloads::Result& result) {
  bool right = true;
  for (const auto& m : result.measurements)
    print_line(
        {{"kind", "metric"}, {"metric", m.metric}, {"unit", m.unit}, {"value", m.value}, {"iterations", m.iterations}});
  for (const auto& check : result.checks) {
    right = right && check.ok();
    print_line({{"kind", "check"},
                {"name", check.name},
                {"expected", check.expected},
                {"got", check.got},
                {"ok", check.ok()}});
  }
  print_line({{"kind", "end"}, {"status", right ? "ok" : "wrong"}});
  return right;
}

int measure(const CellRequest& request, const Cell& cell) {
  print_line({{"kind", "start"},
              {"protocol", experiments::cell_protocol},
              {"pid", ::getpid()},
              {"pinned", cell.placement.pinned()}});
  const auto start = [&cell] { return cell.policy->start(cell.placement, cell.runtime, cell.policy_settings); };
  auto result = cell.workload->measure(start, cell.workload_settings, {request.min_time, request.max_iterations});
  add_expected(request, result);
  return print_result(result) ? 0 : 1;
}

int run_cell() {
  try {
    const std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    const CellRequest request = experiments::request_from_json(text);
    return measure(request, prepare(request));
  } catch (const InputError& error) {
    fmt::print(stderr, "rota: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "rota: the measurement failed: {}\n", error.what());
    return broken;
  }
}

}  // namespace

void add_cell(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("cell", "One measurement: a JSON request on standard input, JSON lines on standard output");
  command->footer("Exit status: 0 measured, 1 a wrong answer, 2 the request is refused, 3 the measurement failed.");
  command->callback([&context] { context.status = run_cell(); });
}

}  // namespace rota::command
