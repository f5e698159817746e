// Requests and answers of cells.
#include "command/cell.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "record/input_error.hpp"
#include "record/request_json.hpp"

namespace rota::command {
namespace {

using record::CellRequest;
using record::InputError;
using Json = nlohmann::ordered_json;

constexpr int broken = 3;  // neither an answer nor a refusal: the measurement itself failed

[[noreturn]] void refuse(const std::string& path, const SettingError& error) {
  throw InputError(fmt::format("{}.{}: expected {}, got {}", path, error.key, error.expected, error.got));
}

template <class Info> SettingValues checked(const Info& info, const SettingValues& values, const std::string& path) {
  SettingValues all;
  SettingError error;
  if (!info.check(values, all, error)) refuse(path + ".with", error);
  return all;
}

RuntimeConfig runtime_of(const CellRequest& request, const schedulers::PolicyInfo& policy) {
  RuntimeConfig config;
  SettingError error;
  config.seed = request.seed;
  if (!rota::bind(config, policy.runtime, error) || !rota::bind(config, request.runtime, error))
    refuse("request.runtime", error);
  return config;
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

bool print_all(const workloads::Result& result) {
  bool right = true;
  for (const auto& m : result.measurements)
    print_line(
        {{"kind", "metric"}, {"metric", m.metric}, {"unit", m.unit}, {"value", m.value}, {"iterations", m.iterations}});
  for (const auto& matrix : result.matrices)
    print_line({{"kind", "matrix"}, {"name", matrix.name}, {"rows", matrix.rows}});
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

}  // namespace

Cell::Cell(const CellRequest& request)
    : local(record::world_of(request.policy.use) == record::World::local),
      policy(&known(schedulers::policies(), record::plain_name(request.policy.use), "request.policy")),
      workload(&known(workloads::workloads(), request.workload.use, "request.workload")),
      policy_settings(checked(*policy, request.policy.with, "request.policy")),
      workload_settings(checked(*workload, request.workload.with, "request.workload")),
      runtime(runtime_of(request, *policy)) {}

Placement placement_of(const CellRequest& request, const Topology& topology, std::string_view where) {
  if (request.workers < 1 || request.workers > 1024)
    throw InputError(fmt::format("request.workers: expected an integer from 1 to 1024, got {}", request.workers));
  try {
    return {topology, request.placement, request.workers};
  } catch (const TopologyError& error) {
    throw InputError(fmt::format("request.placement: expected a placement on {}, got \"{}\" ({})", where,
                                 request.placement, error.what()));
  }
}

void print_start(bool pinned) {
  print_line({{"kind", "start"}, {"protocol", record::cell_protocol}, {"pid", ::getpid()}, {"pinned", pinned}});
}

bool print_result(const CellRequest& request, workloads::Result result) {
  add_expected(request, result);
  return print_all(result);
}

int run_cell(MeasureCell measure) {
  try {
    const std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    return measure(record::request_from_json(text));
  } catch (const InputError& error) {
    fmt::print(stderr, "rota: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "rota: the measurement failed: {}\n", error.what());
    return broken;
  }
}

}  // namespace rota::command
