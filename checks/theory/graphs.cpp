// The graphs, and the programs that run them.
#include "checks/theory/graphs.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "runtime/work.hpp"

namespace rota::checks::theory {
namespace {

Ns now() { return World::now().time_since_epoch().count(); }

struct Run {
  const TaskGraph& graph;
  Rows& rows;
  std::vector<std::uint32_t> needs;  // what is missing still; tasks run in turn, so it is plain memory
  std::size_t open;
  World::parker ended{};
};

Job<World> node(Executor<World>& executor, Run& run, std::uint32_t i);

void spawn_node(Executor<World>& executor, Run& run, std::uint32_t i) {
  run.rows[i].arrival = now();
  executor.spawn(node(executor, run, i)).detach();
}

Job<World> node(Executor<World>& executor, Run& run, std::uint32_t i) {
  run.rows[i].start = now();
  run.rows[i].worker = Worker<World>::current()->id();
  co_await work(executor, Cost{Duration(run.graph.work[i])});
  run.rows[i].end = now();
  for (const std::uint32_t next : run.graph.next[i]) {
    if (--run.needs[next] == 0) spawn_node(executor, run, next);
  }
  if (--run.open == 0) (void)run.ended.unpark();
}

// Who spawns from a task makes a worker enqueue, as programs do.
Job<World> root(Executor<World>& executor, Run& run) {
  for (std::uint32_t i = 0; i < run.graph.work.size(); ++i) {
    if (run.graph.needs[i] == 0) spawn_node(executor, run, i);
  }
  co_return;
}

Job<World> churn(Executor<World>& executor, const Storm& storm, std::size_t& open, World::parker& ended) {
  for (unsigned round = 0; round < storm.rounds; ++round) {
    co_await work(executor, Cost{Duration(storm.work)});
    co_await yield();
  }
  if (--open == 0) (void)ended.unpark();
}

Job<World> spawn_churns(Executor<World>& executor, const Storm& storm, std::size_t& open, World::parker& ended) {
  for (std::size_t i = open; i > 0; --i) executor.spawn(churn(executor, storm, open, ended)).detach();
  co_return;
}

// Runs `program` by a thread of a machine beside a runtime with this policy.
void with_runtime(const Subject& subject, const Station& station,
                  const std::function<void(Executor<World>&)>& program) {
  const simulated::Model model = machine_of(station);
  const Placement placement(model.topology, "compact", station.workers);
  const RuntimeConfig config{.seed = station.seed};
  simulated::Machine machine(model);
  machine.run([&] {
    const auto executor = subject.start(placement, config, station.settings);
    program(*executor);
    executor->shutdown();
  });
}

}  // namespace

Ns TaskGraph::all() const { return std::accumulate(work.begin(), work.end(), Ns{0}); }

Ns TaskGraph::longest() const {
  std::vector<Ns> until(work.size(), 0);  // the longest path before each task
  Ns most = 0;
  for (std::size_t i = 0; i < work.size(); ++i) {
    const Ns end = until[i] + work[i];
    most = std::max(most, end);
    for (const std::uint32_t n : next[i]) until[n] = std::max(until[n], end);
  }
  return most;
}

TaskGraph random_graph(std::size_t tasks, std::uint32_t most, std::uint32_t reach, std::uint64_t seed) {
  Random random(seed);
  TaskGraph graph;
  graph.next.resize(tasks);
  graph.needs.resize(tasks);
  for (std::uint32_t i = 0; i < tasks; ++i) {
    graph.work.push_back(1 + random.below(random.below(8) == 0 ? 20'000 : 2'000));
    const std::uint32_t edges = i == 0 ? 0 : random.below(most + 1);
    for (std::uint32_t e = 0; e < edges; ++e) {
      std::vector<std::uint32_t>& before = graph.next[i - 1 - random.below(std::min(i, reach))];
      if (!before.empty() && before.back() == i) continue;  // it is needed already
      before.push_back(i);
      ++graph.needs[i];
    }
  }
  return graph;
}

GraphRun run_graph(const Subject& subject, const TaskGraph& graph, const Station& station) {
  GraphRun result;
  for (const Ns work : graph.work) result.rows.push_back({.service = work});
  with_runtime(subject, station, [&](Executor<World>& executor) {
    result.quantum = executor.quantum();
    Run run{.graph = graph, .rows = result.rows, .needs = graph.needs, .open = graph.work.size()};
    const Ns begin = now();
    executor.spawn(root(executor, run)).detach();
    run.ended.park();
    result.makespan = now() - begin;
  });
  return result;
}

Ns run_storm(const Subject& subject, const Storm& storm, const Station& station) {
  Ns took = 0;
  with_runtime(subject, station, [&](Executor<World>& executor) {
    std::size_t open = std::size_t{storm.tasks} * station.workers;
    World::parker ended;
    const Ns begin = now();
    executor.spawn(spawn_churns(executor, storm, open, ended)).detach();
    ended.park();
    took = now() - begin;
  });
  return took;
}

}  // namespace rota::checks::theory
