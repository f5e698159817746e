// Linearizability of the queues, the idle set and the channel: small programs on each, explored, and the history of
// every execution checked against the structure's sequential specification.
//
// Memory    sc: every history must be linearizable. relaxed: every program is explored twice. With full fences around
//           the calls, as the runtime puts them around enqueue and has_work, the history must be linearizable. Without
//           them a thread may look too late to find something, so only the calls that obtained or changed something
//           must have an order, one that agrees with each thread's own.
// Ids       P1: a task was lost, or came out twice. P5: no order explains what came out. P2: something was inside or
//           there was room, and a call did not see it. P3: the idle set forgot a worker or gave it twice. Besides race,
//           deadlock and endless as the explored world finds them.
// DFS       equivalent schedules are run once, and equivalence speaks of shared accesses: what is complete is then the
//           set of orders that agree with shared accesses, not of every pair of stamps. Random and PCT draw stamps
//           freely.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/linearizable.hpp"
#include "checks/history/script.hpp"
#include "checks/report.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks::history {

struct Complaint {
  std::string id;  // empty: none
  std::string sentence;
};

// What is needed to check a structure, or a copy of it with a defect.
struct Structure {
  std::string_view name;
  Grammar grammar;
  std::vector<std::string_view> programs;  // scripts; random and pct draw others besides
  void (*run)(const Script& script, Recorder& recorder);
  Complaint (*judge)(const Script& script, History history, Precedence precedence);
};

[[nodiscard]] Complaint judge_fifo(const Script& script, History history, Precedence precedence);
[[nodiscard]] Complaint judge_channel(const Script& script, History history, Precedence precedence);
[[nodiscard]] Complaint judge_rings(const Script& script, History history, Precedence precedence);
[[nodiscard]] Complaint judge_deques(const Script& script, History history, Precedence precedence);
[[nodiscard]] Complaint judge_idle(const Script& script, History history, Precedence precedence);

// In a file of its own: it needs the runtime.
[[nodiscard]] Structure channel_structure();

// The shipped ones: locked-fifo, lockfree-fifo, local-ring, chase-lev, idle-set, channel.
[[nodiscard]] const std::vector<Structure>& structures();
// Throws std::invalid_argument that lists the known names.
[[nodiscard]] const Structure& structure_named(std::string_view name);

// options.budget and options.max_executions are for all programs of the structure together.
[[nodiscard]] Report check_structure(const Structure& structure, const explored::Options& options);
// One program; with options.method replay and a schedule, one execution.
[[nodiscard]] Report check_script(const Structure& structure, const std::string& script,
                                  const explored::Options& options);
// All shipped structures; options.budget and options.max_executions are for each.
[[nodiscard]] std::vector<Report> check_structures(const explored::Options& options);

}  // namespace rota::checks::history
