// The tasks of a tiled Cholesky factorisation and who waits for whom, as a program for GraphRun.
//
// The graph is made from what the tasks of the loop below read and write: each waits for the last writers of its tiles.
// What a task checks is written down apart from that, in each_input().
//   for k:  POTRF(k);  for i > k: TRSM(i,k);  for i > k: { SYRK(i,k);  for k < j < i: GEMM(i,j,k) }
#pragma once

#include <algorithm>
#include <array>
#include <memory>

#include "workloads/graph/computed.hpp"
#include "workloads/graph/graph.hpp"
#include "workloads/graph/tiles.hpp"
#include "worlds/env.hpp"

namespace rota::workloads::graph {

enum class TileStep : std::uint8_t { potrf, trsm, syrk, gemm };

struct TileTask {
  TileStep step;
  std::uint32_t i, j, k;  // writes tile (i, j)
};

struct TileTasks {
  explicit TileTasks(std::uint32_t n) : last_writer(std::size_t{n} * n, none), width(n) {
    for (std::uint32_t k = 0; k < n; ++k) {
      add({TileStep::potrf, k, k, k}, {});
      for (std::uint32_t i = k + 1; i < n; ++i) add({TileStep::trsm, i, k, k}, {writer(k, k)});
      for (std::uint32_t i = k + 1; i < n; ++i) {
        add({TileStep::syrk, i, i, k}, {writer(i, k)});
        for (std::uint32_t j = k + 1; j < i; ++j) add({TileStep::gemm, i, j, k}, {writer(i, k), writer(j, k)});
      }
    }
  }

  std::vector<TileTask> tasks;
  std::vector<Edge> edges;

 private:
  static constexpr TaskId none = ~TaskId{0};
  TaskId& writer(std::uint32_t i, std::uint32_t j) { return last_writer[std::size_t{i} * width + j]; }
  void add(TileTask task, std::initializer_list<TaskId> read) {
    const auto id = static_cast<TaskId>(tasks.size());
    for (const TaskId from : read) edges.push_back({from, id});
    TaskId& written = writer(task.i, task.j);
    if (written != none) edges.push_back({written, id});
    written = id;
    tasks.push_back(task);
  }
  std::vector<TaskId> last_writer;
  std::uint32_t width;
};

struct TileTimes {
  std::array<Duration, 4> of;  // of each TileStep
};

template <Env E> class CholeskyTasks {
 public:
  // Without a matrix the work is declared alone.
  CholeskyTasks(std::uint32_t n, const TileTimes& times, Tiles* matrix)
      : CholeskyTasks(n, times, matrix, TileTasks(n)) {}
  CholeskyTasks(std::uint32_t n, const TileTimes& times, Tiles* matrix, const TileTasks& made)
      : tasks_(made.tasks),
        graph_(static_cast<TaskId>(made.tasks.size()), made.edges),
        times_(times),
        matrix_(matrix),
        width_(n),
        homes_(std::make_unique<Home[]>(std::size_t{n} * n)) {}

  [[nodiscard]] std::uint64_t count(TileStep step) const {
    return static_cast<std::uint64_t>(std::ranges::count(tasks_, step, &TileTask::step));
  }

  [[nodiscard]] const Graph& graph() const noexcept { return graph_; }
  [[nodiscard]] std::uint64_t label(TaskId task) const { return label(tasks_[task]); }
  template <class F> void each_input(TaskId id, F visit) const {
    const auto [step, i, j, k] = tasks_[id];
    switch (step) {
      case TileStep::potrf:
        break;
      case TileStep::trsm:
        visit(label({TileStep::potrf, k, k, k}));
        break;
      case TileStep::gemm:
        visit(label({TileStep::trsm, i, k, k}));
        visit(label({TileStep::trsm, j, k, k}));
        break;
      case TileStep::syrk:
        visit(label({TileStep::trsm, i, k, k}));
        break;
    }
    if (k > 0) visit(label({i == j ? TileStep::syrk : TileStep::gemm, i, j, k - 1}));
  }
  [[nodiscard]] Cost perform(TaskId id) {
    const TileTask& task = tasks_[id];
    const Duration usual = times_.of[static_cast<std::size_t>(task.step)];
    const NodeId home = home_of(task);
    if (matrix_ == nullptr) return {usual, home};
    compute(task);
    return {undeclared<E>(usual), home};
  }

 private:
  struct alignas(64) Home {
    typename E::template cell<NodeId> node{anywhere};
  };

  static std::uint64_t label(const TileTask& task) {
    return std::uint64_t{task.i} << 42 | std::uint64_t{task.j} << 22 | task.k << 2 |
           static_cast<std::uint64_t>(task.step);
  }
  void compute(const TileTask& task) {
    switch (task.step) {
      case TileStep::potrf:
        return matrix_->potrf(task.k);
      case TileStep::trsm:
        return matrix_->trsm(task.i, task.k);
      case TileStep::syrk:
        return matrix_->syrk(task.i, task.k);
      case TileStep::gemm:
        return matrix_->gemm(task.i, task.j, task.k);
    }
  }
  // Where the tile that it writes was written first. Whoever writes a tile waits for the writer before.
  NodeId home_of(const TileTask& task) {
    auto& node = homes_[std::size_t{task.i} * width_ + task.j].node;
    const NodeId home = node.read();
    if (home != anywhere) return home;
    const NodeId here = E::node();
    node.write(here);
    return here;
  }

  const std::vector<TileTask> tasks_;
  const Graph graph_;
  const TileTimes times_;
  Tiles* const matrix_;
  const std::uint32_t width_;
  std::unique_ptr<Home[]> homes_;
};

}  // namespace rota::workloads::graph
