// startup: how long it takes until a runtime has done nothing. Within a program: start, a no-op block_on, shutdown. And
// of a whole program: from its start to its exit, which is asked for by the cell protocol (with probe = true).
#pragma once

#include <string>

#include "runtime/executor.hpp"
#include "workloads/host/probe.hpp"
#include "workloads/host/system.hpp"
#include "workloads/spawn_join.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <class E> class Startup {
 public:
  static constexpr std::string_view name = "startup";
  static constexpr std::string_view summary = "time and memory of starting, doing nothing and ending";
  static constexpr std::string_view real_only = "it measures the start of threads of the system";
  struct Config {
    bool probe = false;
    std::string program;

    static constexpr auto settings() {
      return std::tuple{
          setting("probe", &Config::probe, "only one no-op block_on, once: what the started program is asked for"),
          setting("program", &Config::program, "a program of the cell protocol to start; empty: this one")};
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"program", "ns", "from the start of the program to its exit; with probe = true as runtime"},
      MetricInfo{"runtime", "ns", "to start a runtime, run one empty task and shut down, within a running program"},
      MetricInfo{"program_rss", "bytes", "the most resident memory that the program had"},
  };

  explicit Startup(const Config& config) : config_(config) {}

  [[nodiscard]] bool once() const { return config_.probe; }

  void iterate(const Start<E>& start, Sample& sample) {
    const TimePoint begin = E::now();
    auto executor = start();
    executor->block_on(do_nothing<E>());
    executor->shutdown();
    const Counters counters = executor->counters();
    const host::ProbeRequest request{.program = config_.program,
                                     .policy = executor->policy(),
                                     .workers = executor->workers(),
                                     .runtime = executor->config()};
    const Duration runtime = E::now() - begin;
    sample.check("tasks", 1, counters.finished);
    if (config_.probe) {
      report(sample, runtime, runtime, host::peak_resident_bytes());
    } else {
      const TimePoint before = E::now();
      const host::ProbeEnd end = host::probe_startup(request);
      report(sample, E::now() - before, runtime, end.peak_rss);
      sample.check("exit", 0, static_cast<std::uint64_t>(end.status));
    }
  }

 private:
  static void report(Sample& sample, Duration program, Duration runtime, std::uint64_t rss) {
    sample.metric("program", nanoseconds(program));
    sample.metric("runtime", nanoseconds(runtime));
    sample.metric("program_rss", static_cast<double>(rss));
  }

  const Config config_;
};

}  // namespace rota::workloads
