// The program of a task graph: tasks by a pattern, all with the same kernel. The workloads task-graph and metg run it.
#pragma once

#include <cmath>
#include <memory>

#include "runtime/settings.hpp"
#include "workloads/graph/graph.hpp"
#include "workloads/graph/pattern.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads::graph {

enum class Kernel : std::uint8_t { compute, empty, memory, imbalance };

struct TaskBenchConfig {
  Shape pattern = Shape::stencil_1d;
  std::uint32_t width = 64;
  std::uint32_t steps = 50;
  Kernel kernel = Kernel::compute;
  std::uint32_t radix = 5;
  std::uint64_t bytes = 4096;
  std::uint64_t seed = 1;

  static constexpr std::uint64_t most_edges = 20'000'000, most_tasks = 5'000'000, most_bytes = std::uint64_t{1} << 30;
  static constexpr std::uint32_t many_workers = 256;

  template <class Config> static constexpr auto settings_for() {
    return std::tuple{
        choice("pattern", &Config::pattern, "whom a task of a step waits for in the step before",
               std::array{named("stencil_1d", Shape::stencil_1d), named("trivial", Shape::trivial),
                          named("stencil_1d_periodic", Shape::stencil_1d_periodic), named("dom", Shape::dom),
                          named("tree", Shape::tree), named("fft", Shape::fft), named("all_to_all", Shape::all_to_all),
                          named("nearest", Shape::nearest), named("spread", Shape::spread),
                          named("random_nearest", Shape::random_nearest)}),
        setting("width", &Config::width, "columns, that is tasks in a step; 0: as many as workers", 0, 1 << 20),
        setting("steps", &Config::steps, "steps, one after the other in each column", 1, 1e6),
        setting("radix", &Config::radix, "neighbours in nearest, spread and random_nearest, itself included", 0, 1000),
        setting("bytes", &Config::bytes, "memory of a column, for the kernel that touches it", 64, 1 << 30),
        setting("seed", &Config::seed, "of what is drawn: random_nearest, imbalance", 0),
    };
  }

  static constexpr Named<Kernel> compute_kernel{"compute", Kernel::compute}, empty_kernel{"empty", Kernel::empty},
      memory_kernel{"memory", Kernel::memory}, imbalance_kernel{"imbalance", Kernel::imbalance};
  template <class Config, std::size_t N> static constexpr auto kernel_setting(std::array<Named<Kernel>, N> kernels) {
    return choice("kernel", &Config::kernel,
                  "what a task does: declared work (compute); the same after touching its column's memory, and at home "
                  "where that was touched first (memory); work times a factor from 0 to 2, drawn for each (imbalance)",
                  kernels);
  }

  [[nodiscard]] Pattern shape(std::uint32_t columns) const { return {pattern, columns, steps, radix, seed}; }

  bool complete(SettingError& error) const {
    const std::uint32_t columns = width == 0 ? many_workers : width;
    const std::uint64_t tasks = std::uint64_t{columns} * steps, edges = tasks * shape(columns).most_dependencies();
    if (tasks > most_tasks)
      return refuse(error, "steps", "at most " + std::to_string(most_tasks) + " tasks, width times steps", tasks);
    if (edges > most_edges)
      return refuse(error, "steps", "at most " + std::to_string(most_edges) + " dependencies in all", edges);
    if (kernel == Kernel::memory && columns * bytes > most_bytes)
      return refuse(error, "bytes", "at most 1 GiB in all columns together", columns * bytes);
    return true;
  }

 private:
  static bool refuse(SettingError& error, std::string key, std::string expected, std::uint64_t got) {
    error = {std::move(key), std::move(expected), std::to_string(got)};
    return false;
  }
};

// Its columns' memory. Every task of a column reads and writes each line of it once. In a simulated world the lines
// travel to where the task runs; and the declared work has its home where the column was touched first, as pages of
// memory do, so that it takes longer elsewhere.
template <Env E> class Columns {
 public:
  Columns(std::uint32_t columns, std::uint64_t bytes)
      : lines_each_((bytes + 63) / 64),
        lines_(std::make_unique<Line[]>(columns * lines_each_)),
        homes_(std::make_unique<Home[]>(columns)) {}

  NodeId touch(std::uint32_t column) {
    for (std::uint64_t i = 0; i < lines_each_; ++i) {
      auto& word = lines_[column * lines_each_ + i].word;
      word.store(word.load(Order::relaxed) + 1, Order::relaxed);
    }
    auto& home = homes_[column].node;
    NodeId node = home.load(Order::relaxed);
    if (node == anywhere && home.compare_exchange(node, E::node(), Order::relaxed, Order::relaxed))
      node = home.load(Order::relaxed);
    return node;
  }

 private:
  struct alignas(64) Line {
    typename E::template atomic<std::uint64_t> word{0};  // atomic, for in some patterns a column's tasks overlap
  };
  struct alignas(64) Home {
    typename E::template atomic<NodeId> node{anywhere};
  };
  std::uint64_t lines_each_;
  std::unique_ptr<Line[]> lines_;
  std::unique_ptr<Home[]> homes_;
};

// A program for GraphRun. Tasks are numbered step by step.
template <Env E> class TaskBench {
 public:
  TaskBench(const TaskBenchConfig& config, std::uint32_t columns)
      : TaskBench(config, columns, graph_of(config.shape(columns))) {}
  // With a graph that need not be the pattern's, for the tests of what is checked.
  TaskBench(const TaskBenchConfig& config, std::uint32_t columns, Graph graph)
      : kernel_(config.kernel),
        pattern_(config.shape(columns)),
        places_(places_of(pattern_)),
        graph_(std::move(graph)),
        memory_(config.kernel == Kernel::memory ? columns : 0, config.bytes) {}

  // How long a task works from now on; with imbalance, on average.
  void set_length(Duration length) {
    length_ = length;
    total_ = Duration(0);
    for (TaskId task = 0; task < graph_.tasks(); ++task) total_ += work_of(task);
  }
  [[nodiscard]] Duration total_work() const noexcept { return total_; }

  // By the pattern, whatever the graph is.
  [[nodiscard]] std::uint64_t dependencies() const {
    std::uint64_t result = 0;
    for (const Place place : places_) pattern_.each_dependency(place.step, place.column, [&](auto) { ++result; });
    return result;
  }

  [[nodiscard]] const Graph& graph() const noexcept { return graph_; }
  [[nodiscard]] std::uint64_t label(TaskId task) const { return label(places_[task].step, places_[task].column); }
  template <class F> void each_input(TaskId task, F visit) const {
    const auto [step, column] = places_[task];
    pattern_.each_dependency(step, column, [&, step](std::uint32_t from) { visit(label(step - 1, from)); });
  }
  [[nodiscard]] Cost perform(TaskId task) {
    return {work_of(task), kernel_ == Kernel::memory ? memory_.touch(places_[task].column) : anywhere};
  }

  [[nodiscard]] static Graph graph_of(const Pattern& pattern) {
    std::vector<Edge> edges;
    TaskId task = 0, begin = 0, before = 0;  // of the step, and of the step before
    for (std::uint32_t step = 0; step < pattern.steps; ++step) {
      before = std::exchange(begin, task);
      for (std::uint32_t i = 0; i < pattern.columns(step); ++i, ++task) {
        pattern.each_dependency(step, pattern.first(step) + i, [&](std::uint32_t from) {
          edges.push_back({before + from - pattern.first(step - 1), task});
        });
      }
    }
    return {task, edges};
  }

 private:
  struct Place {
    std::uint32_t step, column;
  };
  static std::uint64_t label(std::uint32_t step, std::uint32_t column) { return std::uint64_t{step} << 32 | column; }
  static std::vector<Place> places_of(const Pattern& pattern) {
    std::vector<Place> result;
    for (std::uint32_t step = 0; step < pattern.steps; ++step) {
      for (std::uint32_t i = 0; i < pattern.columns(step); ++i) result.push_back({step, pattern.first(step) + i});
    }
    return result;
  }
  [[nodiscard]] Duration work_of(TaskId task) const {
    if (kernel_ == Kernel::empty) return Duration(0);
    if (kernel_ != Kernel::imbalance) return length_;
    const double factor = 2 * chance(pattern_.seed, label(task) ^ ~std::uint64_t{0});
    return Duration(std::llround(factor * nanoseconds(length_)));
  }

  const Kernel kernel_;
  const Pattern pattern_;
  const std::vector<Place> places_;
  const Graph graph_;
  Columns<E> memory_;
  Duration length_{0}, total_{0};
};

}  // namespace rota::workloads::graph
