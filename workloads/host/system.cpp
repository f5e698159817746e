// What workloads ask of the operating system: /proc, resource limits, socket options.
#include "workloads/host/system.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

namespace rota::workloads::host {
namespace {

constexpr std::uint64_t other_mappings = 2000;    // of libraries, heaps and thread stacks
constexpr std::uint64_t other_descriptors = 100;  // of the reactor and what was inherited

std::uint64_t most_mappings() {
  std::uint64_t result = 65530;  // the kernel's default
  std::ifstream("/proc/sys/vm/max_map_count") >> result;
  return result;
}

}  // namespace

std::uint64_t resident_bytes() {
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (!(std::ifstream("/proc/self/statm") >> total >> resident))
    throw std::runtime_error("cannot read the resident memory from /proc/self/statm");
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

// Not getrusage: its ru_maxrss begins with that of the program which started this one.
std::uint64_t peak_resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  }
  throw std::runtime_error("cannot read the peak of resident memory (VmHWM) from /proc/self/status");
}

std::uint64_t most_fibers() { return (std::max(most_mappings(), other_mappings + 2) - other_mappings) / 2; }

bool fibers_fit(std::uint64_t wanted, std::string_view key, std::string_view got, SettingError& error) {
  if (wanted <= most_fibers()) return true;
  error = {.key = std::string(key),
           .expected = fmt::format("at most {} fibers at once (each stack takes two mappings of vm.max_map_count = {})",
                                   most_fibers(), most_mappings()),
           .got = got == std::to_string(wanted) ? std::string(got) : fmt::format("{}: {} fibers", got, wanted)};
  return false;
}

bool descriptors_fit(std::uint64_t units, std::uint64_t each, std::string_view key, SettingError& error) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return true;
  const std::uint64_t wanted = units * each + other_descriptors;
  if (wanted <= limit.rlim_cur) return true;
  rlimit raised = limit;
  raised.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  if (wanted <= limit.rlim_cur) return true;
  const std::uint64_t most = limit.rlim_cur < other_descriptors ? 0 : (limit.rlim_cur - other_descriptors) / each;
  error = {.key = std::string(key),
           .expected = fmt::format("at most {} ({} descriptors each, and this system allows {})", most, each,
                                   static_cast<std::uint64_t>(limit.rlim_cur)),
           .got = fmt::format("{}", units)};
  return false;
}

void reset_on_close(int fd) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  if (setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot make a socket reset on close");
}

}  // namespace rota::workloads::host
