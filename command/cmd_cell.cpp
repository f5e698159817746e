// rota cell: one measurement. Reads a request on standard input, prints what it measures as JSON lines. A request for
// the simulated world goes on to the program rota-simulate, which lies beside this one.
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "command/cell.hpp"
#include "command/command.hpp"
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
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "rota-simulate";
  execl(program.c_str(), "rota-simulate", nullptr);
  throw std::system_error(errno, std::generic_category(), program.string());
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
  const auto* policy = find(schedulers::policies_in<env::Local>(), cell.policy->name);
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
  const auto* policy = find(schedulers::policies_in<env::Real>(), cell.policy->name);
  const auto* workload = find(workloads::workloads_in<env::Real>(), cell.workload->name);
  const auto start = [&] { return policy->start(placement, cell.runtime, cell.policy_settings); };
  return print_result(request,
                      workload->measure(start, cell.workload_settings, {request.min_time, request.max_iterations}))
             ? 0
             : 1;
}

}  // namespace

void add_cell(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("cell", "One measurement: a JSON request on standard input, JSON lines on standard output");
  command->footer("Exit status: 0 measured, 1 a wrong answer, 2 the request is refused, 3 the measurement failed.");
  command->callback([&context] { context.status = run_cell(&measure); });
}

}  // namespace rota::command
