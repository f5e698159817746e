// Reads the host's facts from the kernel's files.
#include "experiments/host/host_facts.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "record/files.hpp"
#include "record/input_error.hpp"
#include "worlds/topology.hpp"

namespace rota::experiments {
namespace {

constexpr const char* not_exposed = "not exposed";

std::string first_line(const std::filesystem::path& path) {
  try {
    const std::string text = record::read_file(path);
    return text.substr(0, text.find('\n'));
  } catch (const record::InputError&) {
    return not_exposed;
  }
}

// The value of the first line "<key> : <value>" of a file.
std::string keyed(const std::filesystem::path& path, const std::string& key) {
  std::string text;
  try {
    text = record::read_file(path);
  } catch (const record::InputError&) {
    return not_exposed;
  }
  const std::size_t line = text.starts_with(key) ? 0 : text.find("\n" + key);
  if (line == std::string::npos) return not_exposed;
  const std::size_t colon = text.find(':', line);
  if (colon == std::string::npos) return not_exposed;
  const std::size_t begin = std::min(text.find_first_not_of(" \t", colon + 1), text.size());
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::string kernel() {
  utsname name{};
  if (::uname(&name) != 0) return not_exposed;
  return fmt::format("{} {} {}", name.sysname, name.release, name.machine);
}

std::string topology() {
  const Topology host = Topology::host();
  return fmt::format("{} package(s), {} NUMA node(s), {} core(s), {} processing unit(s)", host.package_count(),
                     host.node_count(), host.core_count(), host.pu_count());
}

std::vector<int> allowed_cpus() {
  cpu_set_t set;
  std::vector<int> result;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return result;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) result.push_back(cpu);
  }
  return result;
}

// "[always] madvise never" → "always"
std::string chosen(const std::string& words) {
  const std::size_t open = words.find('[');
  const std::size_t close = words.find(']');
  if (open == std::string::npos || close == std::string::npos || close < open) return words;
  return words.substr(open + 1, close - open - 1);
}

std::string noise_of(double load, double cpus, double stolen, const std::string& governor) {
  std::vector<std::string> reasons;
  if (load > cpus / 2) reasons.push_back(fmt::format("the load average is {:.2f} on {:.0f} CPUs", load, cpus));
  if (stolen > 2) reasons.push_back(fmt::format("{:.1f} % of a spin was taken away", stolen));
  if (governor != not_exposed && governor != "performance")
    reasons.push_back(fmt::format("the frequency governor is {}", governor));
  return fmt::format("{}", fmt::join(reasons, "; "));
}

}  // namespace

std::size_t usable_cpus() {
  const std::size_t cpus = allowed_cpus().size();
  return cpus > 0 ? cpus : std::max<std::size_t>(1, static_cast<std::size_t>(::sysconf(_SC_NPROCESSORS_ONLN)));
}

double spin_canary(double milliseconds) {
  using Clock = std::chrono::steady_clock;
  constexpr auto gap = std::chrono::microseconds(20);  // longer than any loop of this function takes by itself
  const auto begin = Clock::now();
  const auto end =
      begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::milli>(milliseconds));
  auto before = begin;
  Clock::duration lost{};
  while (before < end) {
    const auto now = Clock::now();
    if (now - before > gap) lost += now - before;
    before = now;
  }
  return 100.0 * std::chrono::duration<double>(lost).count() / std::chrono::duration<double>(before - begin).count();
}

std::map<std::string, std::string> host_facts() {
  const std::string load = first_line("/proc/loadavg");
  const std::vector<int> cpus = allowed_cpus();
  const double stolen = spin_canary(50);
  const std::string governor = first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  const std::string flags = keyed("/proc/cpuinfo", "flags");
  std::map<std::string, std::string> facts;
  facts["kernel"] = kernel();
  facts["cpu"] = keyed("/proc/cpuinfo", "model name");
  facts["cpus"] = fmt::format("{}", ::sysconf(_SC_NPROCESSORS_ONLN));
  facts["topology"] = topology();
  facts["memory"] = keyed("/proc/meminfo", "MemTotal");
  facts["governor"] = governor;
  facts["thp"] = chosen(first_line("/sys/kernel/mm/transparent_hugepage/enabled"));
  facts["load"] = load;
  facts["affinity"] = fmt::format("{}", fmt::join(cpus, ","));
  facts["hypervisor"] = flags == not_exposed                            ? not_exposed
                        : flags.find("hypervisor") == std::string::npos ? "no"
                                                                        : "yes";
  facts["spin canary"] = fmt::format("{:.2f} % of 50 ms taken away", stolen);
  facts["noise"] =
      noise_of(std::atof(load.c_str()), static_cast<double>(std::max<std::size_t>(1, cpus.size())), stolen, governor);
  return facts;
}

}  // namespace rota::experiments
