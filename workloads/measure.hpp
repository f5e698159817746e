// The runner of one cell: warms up, repeats iterations, checks every answer, summarises.
//
// Warm-up    is detected: it ends when the main figure of the last few iterations agrees within a bound. If it does not
//            come to that, measuring begins all the same and the metric `warm` is 0.
// Figures    the median over the measured iterations; percentiles are exact, of the raw latencies of all of them.
// Answers    of every iteration, warm-up included. The first wrong one is kept and ends the measurement.
#pragma once

#include <functional>
#include <span>

#include "workloads/workload.hpp"

namespace rota::workloads {

inline constexpr std::uint64_t warm_window = 4;  // iterations that must agree …
inline constexpr double warm_spread = 0.10;      // … so that (largest - smallest) / median is at most this
inline constexpr std::uint64_t warm_most = 30;   // warm-up iterations at most; and at most min_time, and max_iterations

struct Plan {
  std::span<const MetricInfo> metrics;  // the main figure first
  std::span<const Percentile> percentiles;
  bool once = false;
  // Where time does not tell how often to repeat: one iteration to warm up, and this many that are measured.
  std::uint64_t rounds = 0;
  std::function<void()> on_measure = {}, on_end = {};  // between warming up and measuring, and after the last iteration
};

// Throws std::logic_error if an iteration leaves out a declared metric or records another.
[[nodiscard]] Result run_iterations(const Plan& plan, const Effort& effort,
                                    const std::function<void(Sample&)>& iterate);

}  // namespace rota::workloads
