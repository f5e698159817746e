// What a cell has measured, and how long it may take.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "worlds/time.hpp"

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

}  // namespace rota::workloads
