// rota-cell: one measurement, on this machine's threads or in the world of one thread. Reads a request on standard
// input, prints what it measures as JSON lines. A program of its own, which holds nothing that is not measured or
// needed for it. A request for the simulated world goes on to rota-simulate, which lies beside this program.
#include <fmt/format.h>

#include <span>
#include <string_view>
#include <vector>

#include "command/cell.hpp"
#include "record/input_error.hpp"
#include "workloads/host/outside.hpp"
#include "workloads/host/probe.hpp"
#include "worlds/local.hpp"
#include "worlds/real.hpp"

namespace rota::command {
namespace {

using record::CellRequest;
using record::InputError;

std::vector<unsigned> processors_of(const Placement& placement) {
  std::vector<unsigned> result;
  for (unsigned worker = 0; worker < placement.workers(); ++worker) result.push_back(placement.os_pu(worker));
  return result;
}

void begin_answer(bool pinned) {
  const TimePoint before = env::Real::now();
  print_start(pinned);
  workloads::host::leave_out(before);
}

// In the world of one thread, which is this one.
int measure_local(const CellRequest& request, const Cell& cell) {
  const auto* policy = find(schedulers::policies_in<env::Local>(), cell.policy->family);
  const auto* workload = find(workloads::workloads_in<env::Local>(), cell.workload->name);
  if (policy == nullptr || workload == nullptr || request.workers != 1)
    throw InputError(
        fmt::format("request: expected a policy and a workload of the local world and one worker, got {} "
                    "with {} and {} workers",
                    request.policy.use, request.workload.use, request.workers));
  begin_answer(false);
  const auto start = [&] { return policy->start(Placement::alone(), cell.runtime, cell.policy_settings); };
  return print_result(request,
                      workload->measure(start, cell.workload_settings, {request.min_time, request.max_iterations}))
             ? 0
             : 1;
}

int measure(const CellRequest& request) {
  if (is_simulated(request.world)) throw InputError("request.world: expected real, got \"sim\"");
  const Cell cell(request);
  // What `startup` calls getting ready begins with knowing the machine, not with the request.
  workloads::host::leave_out(workloads::host::main_began());
  if (cell.local) return measure_local(request, cell);
  const Placement placement = placement_of(request, Topology::host(), "this machine");
  if (placement.pinned()) workloads::host::workers_stand_on(processors_of(placement));
  begin_answer(placement.pinned());
  const auto& policy = known(schedulers::policies_in<env::Real>(), cell.policy->family, "request.policy");
  const auto& workload = known(workloads::workloads_in<env::Real>(), cell.workload->name, "request.workload");
  const auto start = [&] { return policy.start(placement, cell.runtime, cell.policy_settings); };
  return print_result(request,
                      workload.measure(start, cell.workload_settings, {request.min_time, request.max_iterations}))
             ? 0
             : 1;
}

// A program of the cell protocol is started with the word `cell`, or with none.
int run(std::span<char*> words) {
  if (words.size() == 1 || (words.size() == 2 && std::string_view(words[1]) == "cell")) return run_cell(&measure);
  fmt::print(stderr, "rota-cell: expected no arguments, but a request on standard input (docs/cell-protocol.md)\n");
  return 2;
}

}  // namespace
}  // namespace rota::command

int main(int argc, char** argv) {
  rota::workloads::host::main_begins();
  return rota::command::run({argv, static_cast<std::size_t>(argc)});
}
