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

namespace rota::command {
namespace {

using experiments::CellRequest;

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

int measure(const std::string& text, const CellRequest& request) {
  if (request.world == "sim") return simulate(text);
  const Cell cell(request);
  const Placement placement = placement_of(request, Topology::host(), "this machine");
  print_start(placement.pinned());
  const auto start = [&] { return cell.policy->start(placement, cell.runtime, cell.policy_settings); };
  return print_result(request,
                      cell.workload->measure(start, cell.workload_settings, {request.min_time, request.max_iterations}))
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
