// What the two programs that measure a cell share: rota-cell on real threads, rota-simulate on a simulated machine.
// Reading the request, checking it against the tables, printing the result as JSON lines.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/input_error.hpp"
#include "record/request.hpp"
#include "runtime/executor.hpp"
#include "runtime/near_name.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"
#include "worlds/topology.hpp"

namespace rota::command {

// What a request comes to. Throws InputError that names the key of the request.
struct Cell {
  explicit Cell(const record::CellRequest& request);

  bool local;  // in the world of one thread: the policy was named `local:NAME`
  const schedulers::PolicyInfo* policy;
  const workloads::WorkloadInfo* workload;
  SettingValues policy_settings, workload_settings;  // every setting
  RuntimeConfig runtime;
};

// The row of that name in the table of a world. Throws InputError that says which there are.
template <class Of>
[[nodiscard]] const Of& known(std::span<const Of> table, std::string_view name, const std::string& path) {
  if (const Of* const row = find(table, name)) return *row;
  std::vector<std::string_view> names;
  for (const auto& other : table) names.push_back(other.name);
  throw record::InputError(
      fmt::format("{}.use: expected one of {}, got {}", path, fmt::join(names, ", "), quoted_word(name, names)));
}

// Where the workers of a request stand on a topology; `where` names it in the error.
[[nodiscard]] Placement placement_of(const record::CellRequest& request, const Topology& topology,
                                     std::string_view where);

// Prints the line that begins an answer, and one line for each figure, matrix and check; a request's expectations are
// checks too. False if an answer is wrong.
void print_start(bool pinned);
[[nodiscard]] bool print_result(const record::CellRequest& request, workloads::Result result);

// A whole cell: reads standard input, calls measure(request), turns errors into lines on standard error.
// Returns the exit status: 0 measured, 1 a wrong answer, 2 the request is refused, 3 the measurement failed.
using MeasureCell = int (*)(const record::CellRequest& request);
[[nodiscard]] int run_cell(MeasureCell measure);

}  // namespace rota::command
