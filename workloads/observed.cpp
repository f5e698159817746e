// What the simulated world tells beside a workload's own metrics.
#include <array>

#include "workloads/workloads.hpp"

namespace rota::workloads {
namespace {

constexpr std::array observed{
    MetricInfo{"sim_time", "ns", "simulated time of the measured iteration"},
    MetricInfo{"sim_work", "ns", "declared work, at home and at full speed; all workers together, as those below"},
    MetricInfo{"sim_away", "ns", "what declared work took longer, away from home or on a slower unit"},
    MetricInfo{"sim_runtime", "ns", "the runtime's own work, lines from the same node included"},
    MetricInfo{"sim_searching", "ns", "looking for a task in vain"},
    MetricInfo{"sim_idle", "ns", "parked, and on the way there and back"},
    MetricInfo{"sim_line_wait", "ns", "waiting for a cache line that was on its way to another"},
    MetricInfo{"sim_far_line", "ns", "fetching cache lines from other nodes"},
    MetricInfo{"steals_near", "1", "tasks stolen from a worker of the same node"},
    MetricInfo{"steals_far", "1", "tasks stolen from another node"},
    MetricInfo{"accesses", "1", "shared accesses that were charged"},
    MetricInfo{"trace_hash", "1", "upper 52 bits of the hash of the whole trace: the same for the same definition"},
};

}  // namespace

std::span<const MetricInfo> observed_metrics() { return observed; }

}  // namespace rota::workloads
