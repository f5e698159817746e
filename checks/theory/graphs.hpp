// Graphs: random task graphs, run by a production runtime on an ideal machine. A task is spawned by the last of those
// that it needs.
#pragma once

#include <cstdint>

#include "checks/theory/station.hpp"

namespace rota::checks::theory {

struct TaskGraph {
  std::vector<Ns> work;
  std::vector<std::vector<std::uint32_t>> next;  // who needs this one; of higher numbers only
  std::vector<std::uint32_t> needs;              // how many
  [[nodiscard]] Ns all() const;                  // the work of one worker
  [[nodiscard]] Ns longest() const;              // the work on the critical path
};

// Each task needs up to `most` of the `reach` tasks before it.
[[nodiscard]] TaskGraph random_graph(std::size_t tasks, std::uint32_t most, std::uint32_t reach, std::uint64_t seed);

struct GraphRun {
  Ns makespan = 0;
  Rows rows;  // one a task; it arrives when it can run
  Duration quantum{0};
};
[[nodiscard]] GraphRun run_graph(const Subject& subject, const TaskGraph& graph, const Station& station);

// A closed system: `tasks` tasks for each worker work and yield, `rounds` times each.
struct Storm {
  unsigned tasks = 4, rounds = 50;
  Ns work = 500;
};
[[nodiscard]] Ns run_storm(const Subject& subject, const Storm& storm, const Station& station);  // how long it takes

}  // namespace rota::checks::theory
