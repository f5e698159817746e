// The workloads once more, for the simulated world. A table of its own, as schedulers/simulated.hpp is.
//
// A simulated cell warms up by one iteration and measures one: the same again would give the same figures, but for what
// the first left in queues and caches. A workload that says once() is not warmed up.
#pragma once

#include <span>
#include <string_view>

#include "workloads/registry.hpp"
#include "worlds/simulated/world.hpp"

namespace rota::workloads {

struct SimulatedWorkload {
  std::string_view name;
  // Runs the workload as the machine's program, and adds what the machine saw while it was measured: the figures of
  // observed_metrics(). The values must have passed WorkloadEntry::check(). Throws what the workload throws; the
  // machine throws if nobody can go on. nullptr if the workload needs the real world.
  Result (*measure)(simulated::Machine& machine, const Start<env::Simulated>& start, const SettingValues& values);
};

[[nodiscard]] std::span<const SimulatedWorkload> simulated_workloads();
[[nodiscard]] const SimulatedWorkload* find_simulated_workload(std::string_view name);  // nullptr if there is none

// Takes stock of a machine when measuring begins and when it ends.
class Observation {
 public:
  explicit Observation(simulated::Machine& machine) : machine_(machine) {}
  void begin();  // both: by a thread of the machine
  void end();
  void report(std::size_t workers, Result& result) const;

 private:
  struct Stock {
    TimePoint time;
    simulated::Spent spent;
    std::vector<std::uint64_t> steals;
    std::uint64_t accesses = 0;
  };
  [[nodiscard]] Stock take() const;

  simulated::Machine& machine_;
  Stock before_, after_;
};

}  // namespace rota::workloads
