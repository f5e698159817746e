// task-graph: steps of tasks that wait for some tasks of the step before, in ten patterns and with four kernels, in the
// manner of Task Bench (workloads/graph/pattern.hpp). Every task checks what reached it.
#pragma once

#include "workloads/graph/run.hpp"
#include "workloads/task_bench.hpp"

namespace rota::workloads {

// A task graph that is made when it is known how many workers there are, and what its rounds must come to.
template <Env E> class TaskGraphRounds {
 public:
  explicit TaskGraphRounds(const graph::TaskBenchConfig& config) : config_(config) {}

  graph::RoundResult run(Executor<E>& executor, Duration length) {
    if (!program_) {
      const auto workers = static_cast<std::uint32_t>(executor.workers());
      program_ = std::make_unique<Program>(config_, config_.width == 0 ? workers : config_.width);
      run_ = std::make_unique<graph::GraphRun<E, Program>>(*program_);
    }
    program_->set_length(length);
    return run_->run(executor);
  }

  // Of a round that has run.
  [[nodiscard]] std::uint64_t tasks() const { return program_->graph().tasks(); }
  [[nodiscard]] double mean_length() const { return nanoseconds_per(program_->total_work(), tasks()); }
  [[nodiscard]] double efficiency(Executor<E>& executor, Duration makespan) const {
    return nanoseconds(program_->total_work()) / (static_cast<double>(executor.workers()) * nanoseconds(makespan));
  }

  // What so many rounds came to together.
  void check(const graph::RoundResult& all, std::uint64_t rounds, Sample& sample) const {
    sample.check("tasks", rounds * tasks(), all.tasks);
    sample.check("inputs", rounds * program_->dependencies(), all.right_inputs);
    sample.check("wrong_inputs", 0, all.wrong_inputs);
  }

 private:
  using Program = graph::TaskBench<E>;
  const graph::TaskBenchConfig config_;
  std::unique_ptr<Program> program_;
  std::unique_ptr<graph::GraphRun<E, Program>> run_;
};

template <Env E> class TaskGraph {
 public:
  static constexpr std::string_view name = "task-graph";
  static constexpr std::string_view summary = "steps of tasks that wait for others of the step before (Task Bench)";
  struct Config : graph::TaskBenchConfig {
    Duration task_length{10'000};

    static constexpr auto settings() {
      return std::tuple_cat(
          settings_for<Config>(),
          std::tuple{kernel_setting<Config>(std::array{compute_kernel, empty_kernel, memory_kernel, imbalance_kernel}),
                     setting("task_length", &Config::task_length, "declared work of a task, on average", 0, 1e10)});
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"makespan", "ns", "time from the first spawn until the last task is done"},
      MetricInfo{"efficiency", "1", "declared work of all tasks over workers times makespan", false},
      MetricInfo{"tasks_per_s", "1/s", "tasks in a second", false},
  };

  explicit TaskGraph(const Config& config) : length_(config.task_length), rounds_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const graph::RoundResult round = rounds_.run(executor, length_);
    sample.metric("makespan", nanoseconds(round.time));
    sample.metric("efficiency", rounds_.efficiency(executor, round.time));
    sample.metric("tasks_per_s", 1e9 * static_cast<double>(rounds_.tasks()) / nanoseconds(round.time));
    rounds_.check(round, 1, sample);
  }

 private:
  const Duration length_;
  TaskGraphRounds<E> rounds_;
};

}  // namespace rota::workloads
