// GraphRun: runs a graph of tasks on an executor, again and again, and checks what every task was given.
//
// A task that is done counts at each of its outputs; whose count makes it complete spawns it. Every task hands on a
// label, which those that wait for it read and compare with what the program says they should get. So a task that began
// too early, or waited for the wrong ones, is seen.
//
//   class Program {
//     const Graph& graph() const;
//     std::uint64_t label(TaskId) const;                          // what this task hands on: different for each task
//     template <class F> void each_input(TaskId, F visit) const;  // visit(label) for each input, in the graph's order,
//                                                                 // by a rule that is not read from the graph
//     Cost perform(TaskId);                                       // does the work; what is left to declare
//   };
//
// Ordering  a task's work happens-before that of its outputs, and before run() returns: by the counts (acq_rel).
// Cost      beside the spawn, one read-modify-write and one read of a line for each edge. Sinks share some lines, so
//           that the end of a graph is not one line that all wait for.
// In a simulated world the labels and counts are charged as shared data. The graph itself and what checks it are not.
#pragma once

#include <algorithm>
#include <memory>

#include "runtime/sync/latch.hpp"
#include "runtime/work.hpp"
#include "workloads/graph/graph.hpp"

namespace rota::workloads::graph {

template <Env E, class Program> class GraphRun;

template <Env E, class Program> Job<E> run_task(Executor<E>& executor, GraphRun<E, Program>& run, TaskId task) {
  run.begin(task);
  const Cost cost = run.program().perform(task);
  if (executor.quantum() > Duration(0)) {
    co_await work(executor, cost);
  } else if (cost.work > Duration(0)) {
    E::charge(cost);
  }
  run.end(executor, task);
}

template <Env E, class Program> Job<E, Duration> run_sources(Executor<E>& executor, GraphRun<E, Program>& run) {
  const TimePoint start = E::now();
  for (const TaskId task : run.program().graph().sources())
    executor.spawn(run_task<E, Program>(executor, run, task)).detach();
  co_await run.ended().wait();
  co_return E::now() - start;
}

// What a round came to, beside its time.
struct RoundResult {
  std::uint64_t tasks = 0;         // that ran exactly once
  std::uint64_t right_inputs = 0;  // that arrived where they should
  std::uint64_t wrong_inputs = 0;  // that were missing, too early, or another's
  std::uint32_t longest_path = 0;  // tasks on the longest chain of those that waited for each other
  Duration time{0};                // from before the first spawn until the last task was done

  RoundResult& operator+=(const RoundResult& other) {
    tasks += other.tasks;
    right_inputs += other.right_inputs;
    wrong_inputs += other.wrong_inputs;
    longest_path = std::max(longest_path, other.longest_path);
    time += other.time;
    return *this;
  }
};

template <Env E, class Program> class GraphRun {
 public:
  explicit GraphRun(Program& program)
      : program_(program),
        nodes_(std::make_unique<Node[]>(program.graph().tasks())),
        ends_(std::make_unique<End[]>(ends_count())),
        sinks_(ends_count()) {
    for (TaskId task = 0; task < graph().tasks(); ++task) {
      if (graph().outputs(task).empty()) ++sinks_[task % ends_count()];
    }
  }

  // On a thread that is not a worker, one at a time.
  RoundResult run(Executor<E>& executor) {
    ++round_;
    ended_ = std::make_unique<Latch<E>>(
        static_cast<std::uint64_t>(std::ranges::count_if(sinks_, [](auto n) { return n > 0; })));
    RoundResult result;
    result.time = executor.block_on(run_sources<E, Program>(executor, *this));
    for (TaskId task = 0; task < graph().tasks(); ++task) add(nodes_[task], result);
    return result;
  }

  // The rest is for its tasks.
  [[nodiscard]] Program& program() noexcept { return program_; }
  [[nodiscard]] Latch<E>& ended() noexcept { return *ended_; }

  void begin(TaskId task) {
    Node& node = nodes_[task];
    node.count.store(0, Order::relaxed);  // for the next round
    Notes notes{.runs = node.notes.round == round_ ? node.notes.runs + 1 : 1, .round = round_, .path = 1};
    const auto inputs = graph().inputs(task);
    std::size_t at = 0;
    program_.each_input(task, [&](std::uint64_t expected) {
      if (at < inputs.size() && arrived(inputs[at], expected, notes)) ++notes.right;
      ++at;
    });
    notes.wrong = static_cast<std::uint32_t>(std::max(at, inputs.size())) - notes.right;
    node.notes = notes;
  }

  void end(Executor<E>& executor, TaskId task) {
    nodes_[task].output.write({round_, program_.label(task)});
    const auto outputs = graph().outputs(task);
    for (const TaskId next : outputs) {
      if (nodes_[next].count.fetch_add(1, Order::acq_rel) + 1 == graph().inputs(next).size())
        executor.spawn(run_task<E, Program>(executor, *this, next)).detach();
    }
    if (outputs.empty()) end_sink(task % ends_count());
  }

 private:
  struct Output {
    std::uint64_t round = 0, label = 0;
  };
  // For the check alone. Written by the task, read by those that wait for it.
  struct Notes {
    std::uint32_t runs = 0, right = 0, wrong = 0;
    std::uint64_t round = 0;
    std::uint32_t path = 0;
  };
  struct alignas(line_pair) Node {
    typename E::template atomic<std::uint32_t> count{0};  // inputs that are done
    typename E::template cell<Output> output;
    Notes notes;
  };
  struct alignas(line_pair) End {
    typename E::template atomic<std::uint32_t> count{0};
  };
  static constexpr std::uint32_t most_ends = 256;

  [[nodiscard]] const Graph& graph() const noexcept { return program_.graph(); }
  [[nodiscard]] std::uint32_t ends_count() const noexcept { return std::min(graph().sinks(), most_ends); }

  void end_sink(std::uint32_t end) {
    if (ends_[end].count.fetch_add(1, Order::acq_rel) + 1 < sinks_[end]) return;
    ends_[end].count.store(0, Order::relaxed);
    ended_->count_down();
  }

  [[nodiscard]] bool arrived(TaskId from, std::uint64_t expected, Notes& notes) {
    const Output output = nodes_[from].output.read();
    const bool right = output.round == round_ && output.label == expected;
    if (right) notes.path = std::max(notes.path, nodes_[from].notes.path + 1);
    return right;
  }

  void add(const Node& node, RoundResult& result) const {
    if (node.notes.round != round_) return;
    if (node.notes.runs == 1) ++result.tasks;
    result.right_inputs += node.notes.right;
    result.wrong_inputs += node.notes.wrong;
    result.longest_path = std::max(result.longest_path, node.notes.path);
  }

  Program& program_;
  std::uint64_t round_ = 0;
  std::unique_ptr<Node[]> nodes_;
  std::unique_ptr<End[]> ends_;
  std::vector<std::uint32_t> sinks_;  // of each end
  std::unique_ptr<Latch<E>> ended_;
};

}  // namespace rota::workloads::graph
