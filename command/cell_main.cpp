// rota-cell: one measurement, on this machine's threads or in the world of one thread. Reads a request on standard
// input, prints what it measures as JSON lines. A program of its own, which holds nothing that is not measured or
// needed for it. A request for the simulated world goes on to rota-simulate, which lies beside this program.
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>
#include <system_error>

#include "command/beside.hpp"
#include "command/cell.hpp"
#include "experiments/input_error.hpp"
#include "schedulers/local.hpp"
#include "workloads/host/outside.hpp"
#include "workloads/host/probe.hpp"
#include "worlds/local.hpp"
#include "worlds/real.hpp"

namespace rota::command {
namespace {

using experiments::CellRequest;
using experiments::InputError;

// Standard input once more, from its beginning.
void give_back(const std::string& text) {
  const int fd = memfd_create("request", 0);
  if (fd < 0 || write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      lseek(fd, 0, SEEK_SET) < 0 || dup2(fd, STDIN_FILENO) < 0)
    throw std::system_error(errno, std::generic_category(), "the request cannot be passed on");
}

int simulate(const std::string& text) {
  give_back(text);
  return become("rota-simulate", std::array{std::string("rota-simulate")}, "./rota run");
}

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

int measure(const std::string& text, const CellRequest& request) {
  if (request.world == "sim") return simulate(text);
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
