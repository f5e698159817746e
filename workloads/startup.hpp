// startup: how long it takes until a runtime has done nothing. Within a program: start, a no-op block_on, shutdown. And
// of a whole program, which is asked for by the cell protocol (with probe = true): from its start to its exit, and from
// the beginning of its main() to its first task, without the reading of that request.
#pragma once

#include <string>

#include "runtime/executor.hpp"
#include "workloads/host/probe.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> Job<E> note_time(TimePoint& time) {
  time = E::now();
  co_return;
}

template <Env E> class Startup {
 public:
  static constexpr std::string_view name = "startup";
  static constexpr std::string_view summary = "time and memory of starting, doing nothing and ending";
  static constexpr std::string_view real_only = "it measures the start of threads of the system";
  struct Config {
    bool probe = false;
    std::string program;

    static constexpr auto settings() {
      return std::tuple{
          setting("probe", &Config::probe, "only one empty task, once: what the started program is asked for"),
          setting("program", &Config::program, "a program of the cell protocol to start; empty: this one")};
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"program", "ns", "from the start of the program to its exit; with probe = true as runtime"},
      MetricInfo{"runtime", "ns", "to start a runtime, run one empty task and shut down, within a running program"},
      MetricInfo{"program_rss", "bytes", "the most resident memory that the program had"},
      MetricInfo{"ready", "ns", "from the program's main() to its first task, without the reading of its request"},
  };

  explicit Startup(const Config& config) : config_(config) {}

  [[nodiscard]] bool once() const { return config_.probe; }

  void iterate(const Start<E>& start, Sample& sample) {
    const TimePoint begin = E::now();
    auto executor = start();
    TimePoint first;
    executor->block_on(note_time<E>(first));
    executor->shutdown();
    const Counters counters = executor->counters();
    const std::string policy = (one_thread<E> ? "local:" : "") + std::string(executor->policy());
    const host::ProbeRequest request{
        .program = config_.program, .policy = policy, .workers = executor->workers(), .runtime = executor->config()};
    const Duration runtime = E::now() - begin;
    sample.check("tasks", 1, counters.finished);
    sample.metric("runtime", nanoseconds(runtime));
    if (config_.probe) {
      sample.metric("program", nanoseconds(runtime));
      sample.metric("program_rss", static_cast<double>(host::peak_resident_bytes()));
      sample.metric("ready", nanoseconds(host::getting_ready(first)));
    } else {
      probe(request, sample);
    }
  }

 private:
  static void probe(const host::ProbeRequest& request, Sample& sample) {
    const TimePoint before = E::now();
    const host::ProbeEnd end = host::probe_startup(request);
    sample.metric("program", nanoseconds(E::now() - before));
    sample.metric("program_rss", end.peak_rss.value_or(0));
    sample.metric("ready", end.ready.value_or(0));
    sample.check("exit", 0, static_cast<std::uint64_t>(end.status));
    sample.check("reported", 2, (end.peak_rss ? 1U : 0U) + (end.ready ? 1U : 0U));
  }

  const Config config_;
};

}  // namespace rota::workloads
