// Spawns the program with pipes at its standard input and output, and reads what it reports.
#include "workloads/host/probe.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "reactor/socket.hpp"
#include "worlds/real.hpp"

namespace rota::workloads::host {
namespace {

using Json = nlohmann::json;

// Constants, so that no code has to run before main().
constinit TimePoint beginning_of_main = never;
constinit Duration left_out{0};

void require(int error, const char* sentence) {
  if (error != 0) throw std::system_error(error, std::generic_category(), sentence);
}

std::string request_text(const ProbeRequest& request) {
  Json runtime = Json::object();
  for (const auto& [key, value] : unbind(request.runtime))
    std::visit([&, name = key](const auto& plain) { runtime[name] = plain; }, value);
  const Json none = Json::object();
  const Json json{
      {"protocol", 1},
      {"experiment", "startup-probe"},
      {"policy", {{"label", request.policy}, {"use", request.policy}, {"with", none}}},
      {"workload", {{"label", "probe"}, {"use", "startup"}, {"with", {{"probe", true}}}}},
      {"world", "real"},
      {"workers", request.workers},
      {"placement", "none"},
      {"repetition", 0},
      {"seed", 0},
      {"min_time", "0ns"},
      {"max_iterations", 1},
      {"runtime", runtime},
      {"expect", none},
  };
  return json.dump() + "\n";
}

// Refused for any other program than rota-cell: it would take `cell` for something else, a test program run all its
// tests.
std::string program_of(const ProbeRequest& request) {
  if (!request.program.empty()) return std::string(request.program);
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  if (self.filename() != "rota-cell" && self.filename() != "rota-cell (deleted)")
    throw std::runtime_error(
        fmt::format("startup can start only the program rota-cell by itself, and this is {}: set 'program'",
                    self.filename().string()));
  return "/proc/self/exe";
}

struct Pipe {
  Pipe() {
    int ends[2];
    require(pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno, "cannot make a pipe");
    read.reset(ends[0]);
    write.reset(ends[1]);
  }
  Socket read, write;  // any descriptor, closed in the end
};

pid_t spawn_program(const std::string& program, const Pipe& in, const Pipe& out) {
  posix_spawn_file_actions_t actions;
  require(posix_spawn_file_actions_init(&actions), "cannot prepare to start a program");
  posix_spawn_file_actions_adddup2(&actions, in.read.fd(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write.fd(), STDOUT_FILENO);
  std::string name = program;
  std::string command = "cell";
  char* const arguments[] = {name.data(), command.data(), nullptr};
  pid_t child = -1;
  const int error = posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  require(error, "cannot start the program to probe");
  return child;
}

std::string read_all(int fd) {
  std::string result;
  char buffer[4096];
  for (;;) {
    const ssize_t count = read(fd, buffer, sizeof buffer);
    if (count > 0) result.append(buffer, static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) return result;
  }
}

void read_report(const std::string& output, ProbeEnd& end) {
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    const Json metric = json.value("metric", Json());
    const Json value = json.value("value", Json());
    if (!value.is_number()) continue;
    if (metric == "program_rss") end.peak_rss = value.get<double>();
    if (metric == "ready") end.ready = value.get<double>();
  }
}

}  // namespace

void main_begins() noexcept { beginning_of_main = env::Real::now(); }

TimePoint main_began() {
  if (beginning_of_main == never)
    throw std::logic_error("the main() of this program did not say when it began, so it cannot be probed");
  return beginning_of_main;
}

void leave_out(TimePoint since) noexcept { left_out += env::Real::now() - since; }

Duration getting_ready(TimePoint until) { return until - main_began() - left_out; }

ProbeEnd probe_startup(const ProbeRequest& request) {
  const std::string text = request_text(request);
  Pipe in;
  Pipe out;
  // Before the start, so that it need not wait; a request fits into an empty pipe.
  if (write(in.write.fd(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    throw std::runtime_error("cannot write the request of a probe into a pipe");
  in.write.reset();
  const pid_t child = spawn_program(program_of(request), in, out);
  out.write.reset();
  const std::string output = read_all(out.read.fd());
  int status = 0;
  while (waitpid(child, &status, 0) < 0) require(errno == EINTR ? 0 : errno, "cannot wait for a probe");
  ProbeEnd end{.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), .peak_rss = {}, .ready = {}};
  read_report(output, end);
  return end;
}

}  // namespace rota::workloads::host
