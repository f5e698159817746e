// Workloads that start the runtime themselves: its start and its memory are what they are about.
#include <string>

#include "peers/cpp/harness/play.hpp"
#include "workloads/host/probe.hpp"
#include "workloads/host/system.hpp"
#include "workloads/memory.hpp"
#include "workloads/startup.hpp"

namespace rota::peers {
namespace {

using workloads::nanoseconds;
using workloads::Sample;
namespace host = workloads::host;

// Starts a program, this one unless another is named, and reports how it fared.
void probe(const Request& request, const std::string& program, Sample& sample) {
  const std::string use = "peer:" + std::string(request.peer.name);
  const RuntimeConfig defaults;
  const auto before = World::now();
  const host::ProbeEnd end = host::probe_startup({.program = program.empty() ? "/proc/self/exe" : program,
                                                  .policy = use,
                                                  .workers = request.workers,
                                                  .runtime = defaults});
  sample.metric("program", nanoseconds(World::now() - before));
  sample.metric("program_rss", end.peak_rss.value_or(0));
  sample.metric("ready", end.ready.value_or(0));
  sample.check("exit", 0, static_cast<std::uint64_t>(end.status));
  sample.check("reported", 2, (end.peak_rss ? 1U : 0U) + (end.ready ? 1U : 0U));
}

}  // namespace

Play play_startup(const Request& request) {
  using W = workloads::Startup<World>;
  const auto config = SettingsOf<W>(request).config;
  Play result{.metrics = {W::metrics.begin(), W::metrics.end()}, .once = config.probe};
  result.by_itself = [&request, config](Sample& sample) {
    const auto begin = World::now();
    auto peer = request.start();
    const auto first = peer->run_one();
    peer.reset();
    const Nanoseconds runtime = World::now() - begin;
    sample.check("tasks", 1, first == Clock::time_point{} ? 0 : 1);
    sample.metric("runtime", nanoseconds(runtime));
    if (config.probe) {
      const TimePoint first_task(std::chrono::duration_cast<Duration>(first.time_since_epoch()));
      sample.metric("program", nanoseconds(runtime));
      sample.metric("program_rss", static_cast<double>(host::peak_resident_bytes()));
      // A program of this runtime's users would not begin by reading a request.
      sample.metric("ready", nanoseconds(first_task - host::main_began() - request.reading));
    } else {
      probe(request, config.program, sample);
    }
  };
  return result;
}

Play play_memory(const Request& request) {
  using W = workloads::Memory<World>;
  Request own = request;
  const auto tasks = own.settings.find("tasks");
  const bool told = tasks != own.settings.end() && tasks->second != SettingValue(std::int64_t{0});
  if (!told && own.peer.parked_tasks > 0)
    own.settings.insert_or_assign("tasks", static_cast<std::int64_t>(own.peer.parked_tasks));
  const SettingsOf<W> settings(own);
  Play result{.metrics = {W::metrics.begin(), W::metrics.end()}, .once = true};
  result.by_itself = [&request, wanted = settings.config.tasks,
                      on_event = settings.text("on") == "event"](Sample& sample) {
    const auto peer = request.start();
    peer->run_one();
    const std::uint64_t base = host::resident_bytes();
    std::uint64_t full = 0;
    const std::uint64_t ended = peer->park(wanted, on_event, [&full] { full = host::resident_bytes(); });
    const double growth = full > base ? static_cast<double>(full - base) : 0.0;
    sample.metric("bytes_per_task", growth / static_cast<double>(wanted));
    sample.metric("base_rss", static_cast<double>(base));
    sample.check("tasks", wanted, ended);
  };
  return result;
}

}  // namespace rota::peers
