// What a figure of a workload is called, and what it means.
#pragma once

#include <string_view>

namespace rota::workloads {

struct MetricInfo {
  std::string_view name;  // "ns_per_task"
  std::string_view unit;  // "ns", "bytes", "1/s", "1"
  std::string_view help;
  bool lower_is_better = true;
};

// A metric that is a quantile (0 to 1) of the raw latencies of all measured iterations.
struct Percentile {
  MetricInfo metric;
  double quantile;
};

}  // namespace rota::workloads
