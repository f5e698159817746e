// What a workload is: a program for a runtime to run, which measures itself and checks its own answer.
//
//   template <Env E> class SpawnJoin {
//    public:
//     static constexpr std::string_view name = "spawn-join", summary = "…";
//     struct Config { … };                                     // with settings(), see runtime/settings.hpp
//     static constexpr std::array metrics{MetricInfo{…}};      // the main figure first
//     explicit SpawnJoin(const Config& config);                // once per cell: make here what should not be measured
//     void iterate(Executor<E>& executor, Sample& sample);     // one iteration, on a thread that is not a worker
//   };
//
// Optional, found by their names:
//   static constexpr std::array percentiles{Percentile{…}};    // of sample.latencies(), over all iterations
//   bool Config::complete(SettingError&)                       // derives defaults, refuses what does not fit together
//   bool once() const                                          // one iteration is all: no warm-up, no repetition
//   void iterate(const Start<E>&, Sample&)                     // instead: starts executors itself
//
// A workload never knows the policy. Time is E::now(), and each sample times only the part that its figure is about.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/settings.hpp"
#include "workloads/workloads.hpp"

namespace rota::workloads {

// What one iteration found. Reused, so that nothing is allocated after the first iterations.
class Sample {
 public:
  struct Figure {
    std::string_view name;
    double value;
  };
  struct Answer {
    std::string_view name;
    std::uint64_t expected, got;
  };

  // Names must live for ever (literals). Only metrics that the workload declares.
  void metric(std::string_view name, double value) { figures_.push_back({name, value}); }
  // A known answer and what was computed: unequal ones discard the measurement.
  void check(std::string_view name, std::uint64_t expected, std::uint64_t got) {
    answers_.push_back({name, expected, got});
  }
  // Room for this many raw latencies of this iteration in nanoseconds, for the percentiles. Once per iteration, before
  // what is timed; valid until the iteration ends. Every one must be written.
  [[nodiscard]] std::span<std::int64_t> latencies(std::size_t count) {
    const std::size_t before = latencies_.size();
    latencies_.resize(before + count);
    return std::span(latencies_).subspan(before);
  }

  // For the runner.
  [[nodiscard]] std::span<const Figure> figures() const { return figures_; }
  [[nodiscard]] std::span<const Answer> answers() const { return answers_; }
  [[nodiscard]] std::vector<std::int64_t>& all_latencies() { return latencies_; }
  void next_iteration() {
    figures_.clear();
    answers_.clear();
  }

 private:
  std::vector<Figure> figures_;
  std::vector<Answer> answers_;
  std::vector<std::int64_t> latencies_;
};

// What the tasks of a workload are made of. The task that spawns and times them is a coroutine either way.
enum class Body : std::uint8_t { coroutine, fiber };

template <class Config> [[nodiscard]] constexpr auto body_setting() {
  return choice("body", &Config::body, "what the tasks are made of",
                std::array{named("coroutine", Body::coroutine), named("fiber", Body::fiber)});
}

[[nodiscard]] inline double nanoseconds(Duration duration) { return static_cast<double>(duration.count()); }
[[nodiscard]] inline double nanoseconds_per(Duration duration, std::uint64_t count) {
  return nanoseconds(duration) / static_cast<double>(count);
}

}  // namespace rota::workloads
