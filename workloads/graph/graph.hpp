// Graph: tasks and who waits for whom, as plain numbers. Made once, read by all.
//
// Tasks are numbered from 0. Inputs and outputs of a task keep the order in which its edges were given. An edge may be
// given twice: then it counts twice, here as well as when it is counted down.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rota::workloads::graph {

using TaskId = std::uint32_t;

struct Edge {
  TaskId from, to;  // `to` waits for `from`
};

class Graph {
 public:
  Graph(TaskId tasks, std::span<const Edge> edges) : tasks_(tasks) {
    inputs_ = Lists(tasks, edges, [](Edge edge) { return std::pair(edge.to, edge.from); });
    outputs_ = Lists(tasks, edges, [](Edge edge) { return std::pair(edge.from, edge.to); });
    for (TaskId task = 0; task < tasks; ++task) {
      if (inputs(task).empty()) sources_.push_back(task);
      if (outputs(task).empty()) ++sinks_;
    }
  }

  [[nodiscard]] TaskId tasks() const noexcept { return tasks_; }
  [[nodiscard]] std::uint64_t edges() const noexcept { return inputs_.items.size(); }
  [[nodiscard]] std::span<const TaskId> inputs(TaskId task) const noexcept { return inputs_.of(task); }
  [[nodiscard]] std::span<const TaskId> outputs(TaskId task) const noexcept { return outputs_.of(task); }
  [[nodiscard]] std::span<const TaskId> sources() const noexcept { return sources_; }  // nothing to wait for
  [[nodiscard]] std::uint32_t sinks() const noexcept { return sinks_; }                // nobody waits for them

 private:
  // One list for each task, all in one array.
  struct Lists {
    Lists() = default;
    template <class F> Lists(TaskId tasks, std::span<const Edge> edges, F owner_and_item) : first(tasks + 1) {
      for (const Edge edge : edges) ++first[owner_and_item(edge).first + 1];
      for (TaskId task = 0; task < tasks; ++task) first[task + 1] += first[task];
      items.resize(edges.size());
      std::vector<std::uint64_t> next(first.begin(), first.end() - 1);
      for (const Edge edge : edges) {
        const auto [owner, item] = owner_and_item(edge);
        items[next[owner]++] = item;
      }
    }
    [[nodiscard]] std::span<const TaskId> of(TaskId task) const noexcept {
      return std::span(items).subspan(first[task], first[task + 1] - first[task]);
    }
    std::vector<std::uint64_t> first;
    std::vector<TaskId> items;
  };

  TaskId tasks_;
  Lists inputs_, outputs_;
  std::vector<TaskId> sources_;
  std::uint32_t sinks_ = 0;
};

}  // namespace rota::workloads::graph
