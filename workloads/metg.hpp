// metg: the smallest mean task length at which a task graph still runs with half of its best efficiency, METG(50 %) of
// Task Bench. What a runtime adds to each task is measured by how small tasks may be.
//
// One iteration runs the graph with tasks of `longest`, then half as long, and so on until the efficiency is below half
// of the best so far. A length that falls short is tried again, for one disturbance is no overhead. Between the last
// two lengths the efficiency is taken to be linear in the logarithm of the length.
#pragma once

#include "workloads/task_graph.hpp"

namespace rota::workloads {

// From lengths in descending order with their efficiencies, of which only the last may be below half of the best. If
// none is, the last length: the answer is at most that.
class HalfEfficiency {
 public:
  // True if this was the last length that is needed.
  bool add(double length, double efficiency) {
    peak_ = std::max(peak_, efficiency);
    if (efficiency < peak_ / 2) {
      const double share = (peak_ / 2 - efficiency) / (last_efficiency_ - efficiency);
      length_ = length * std::pow(length_ / length, share);
      return true;
    }
    length_ = length;
    last_efficiency_ = efficiency;
    return false;
  }
  [[nodiscard]] double length() const noexcept { return length_; }
  [[nodiscard]] double peak() const noexcept { return peak_; }

 private:
  double length_ = 0, last_efficiency_ = 0, peak_ = 0;
};

template <Env E> class Metg {
 public:
  static constexpr std::string_view name = "metg";
  static constexpr std::string_view summary = "the smallest tasks at which a task graph keeps half of its efficiency";
  struct Config : graph::TaskBenchConfig {
    Duration longest{100'000};

    Config() { width = 0; }
    static constexpr auto settings() {
      return std::tuple_cat(
          settings_for<Config>(),
          std::tuple{kernel_setting<Config>(std::array{compute_kernel, memory_kernel, imbalance_kernel}),
                     setting("longest", &Config::longest, "mean declared work of a task, at first", 100, 1e9)});
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"metg", "ns", "mean length of a task at half of the best efficiency"},
      MetricInfo{"peak_efficiency", "1", "the best efficiency: declared work over workers times makespan", false},
  };

  explicit Metg(const Config& config) : longest_(config.longest), rounds_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    HalfEfficiency half;
    graph::RoundResult all;
    std::uint64_t rounds = 0;
    for (Duration length = longest_; length > Duration(0); length /= 2) {
      double efficiency = 0;
      for (int tries = 0; tries < most_tries && efficiency <= half.peak() / 2; ++tries) {
        const graph::RoundResult round = rounds_.run(executor, length);
        all += round;
        ++rounds;
        efficiency = std::max(efficiency, rounds_.efficiency(executor, round.time));
      }
      if (half.add(rounds_.mean_length(), efficiency)) break;
    }
    sample.metric("metg", half.length());
    sample.metric("peak_efficiency", half.peak());
    rounds_.check(all, rounds, sample);
  }

 private:
  static constexpr int most_tries = 3;
  const Duration longest_;
  TaskGraphRounds<E> rounds_;
};

}  // namespace rota::workloads
