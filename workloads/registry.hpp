// The workloads that this build knows. Filled by the rota_workload() lines of workloads/CMakeLists.txt.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/settings.hpp"
#include "workloads/workload.hpp"
#include "worlds/real.hpp"

namespace rota::workloads {

// One figure of one cell: the median over the measured iterations of that process.
struct Measurement {
  std::string metric, unit;
  double value;
  std::uint64_t iterations;  // how many iterations the value summarises
};

// One known answer: what the workload computed against what is right.
struct Check {
  std::string name;
  std::string expected, got;
  [[nodiscard]] bool ok() const { return expected == got; }
};

// Counts by row and column, for instance tasks stolen by one node (row) from another (column).
struct Matrix {
  std::string name;
  std::vector<std::vector<std::uint64_t>> rows;
};

struct Result {
  std::vector<Measurement> measurements;
  std::vector<Check> checks;
  std::vector<Matrix> matrices = {};
};

struct Effort {
  Duration min_time{std::chrono::milliseconds(100)};  // measure at least this long, after warming up
  std::uint64_t max_iterations = 1000;                // at most this many; 0 counts as 1
};

using StartExecutor = Start<env::Real>;

struct WorkloadEntry {
  std::string_view name;
  std::string_view summary;
  std::vector<SettingInfo> settings;
  std::vector<MetricInfo> metrics;  // the main figure first
  bool simulated;                   // it runs in the simulated world too
  bool (*check)(const SettingValues& values, SettingValues& all, SettingError& error);
  // Starts executors as it needs them and measures. The values must have passed check(). Throws what the workload
  // throws.
  Result (*measure)(const StartExecutor& start, const SettingValues& values, const Effort& effort);
};

// What every cell in the simulated world reports beside its workload's metrics.
[[nodiscard]] std::span<const MetricInfo> observed_metrics();

[[nodiscard]] std::span<const WorkloadEntry> workloads();                 // sorted by name
[[nodiscard]] const WorkloadEntry* find_workload(std::string_view name);  // nullptr if there is none

}  // namespace rota::workloads
