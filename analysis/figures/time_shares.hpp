// Where simulated time went, by cause: for each policy the shares of workers × time at each number of workers.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "record/run.hpp"

namespace rota::analysis {

// The figures that divide a simulated cell's time. They leave nothing out and count nothing twice.
struct Cause {
  std::string_view metric, name;
};
inline constexpr std::array<Cause, 7> causes{{{"sim_work", "declared work"},
                                              {"sim_away", "work slowed: far from home, slow unit"},
                                              {"sim_runtime", "runtime and policy"},
                                              {"sim_searching", "searching for a task"},
                                              {"sim_line_wait", "waiting for a line in use"},
                                              {"sim_far_line", "fetching lines from other nodes"},
                                              {"sim_idle", "parked"}}};
inline constexpr std::string_view sim_time_metric = "sim_time";

using Shares = std::array<double, causes.size()>;  // of workers × sim_time, in the order of `causes`

// The cells of one policy on one workload, machine and placement.
struct TimeByCause {
  std::string policy, workload, machine, placement;
  std::vector<unsigned> workers;  // rising
  std::vector<Shares> shares;     // the mean over repetitions, one for each of `workers`
};

// By workload, machine, placement, then policy, each in the run's order. Cells without these figures are left out.
[[nodiscard]] std::vector<TimeByCause> time_by_cause(const record::Run& run);

}  // namespace rota::analysis
