// rota-simulate: one cell on a simulated machine. A program of its own, since its operator new serves the machine.
#include <fmt/format.h>

#include "command/cell.hpp"
#include "experiments/machine/file.hpp"
#include "record/input_error.hpp"
#include "worlds/simulated/machine.hpp"
#include "worlds/simulated/world.hpp"

namespace rota::command {
namespace {

using record::CellRequest;
using record::InputError;

int measure(const CellRequest& request) {
  if (!is_simulated(request.world)) throw InputError("request.world: expected sim, got \"real\"");
  const simulated::Model model = experiments::parse_machine(request.machine, request.machine_name);
  if (request.workers > model.topology.pu_count())
    throw InputError(fmt::format("request.workers: expected at most {}, the processing units of {}, got {}",
                                 model.topology.pu_count(), request.machine_name, request.workers));
  const Cell cell(request);
  const auto& policy = known(schedulers::policies_in<env::Simulated>(), cell.policy->family, "request.policy");
  const auto& workload = known(workloads::workloads_in<env::Simulated>(), cell.workload->name, "request.workload");
  const Placement placement = placement_of(request, model.topology, request.machine_name);
  print_start(false);
  simulated::Machine machine(model);
  const auto start = [&] { return policy.start(placement, cell.runtime, cell.policy_settings); };
  return print_result(request, workload.measure(machine, start, cell.workload_settings)) ? 0 : 1;
}

}  // namespace
}  // namespace rota::command

int main() { return rota::command::run_cell(&rota::command::measure); }
