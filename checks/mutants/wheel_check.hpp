// check_wheel<Wheel>: a timer wheel against its sequential model, a list sorted by deadline and order of add (R3). No
// thread takes part: what is drawn is the sequence of calls, with deadlines from a nanosecond to a day away.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "checks/report.hpp"
#include "worlds/random.hpp"
#include "worlds/time.hpp"

namespace rota::checks {

template <class Wheel> class WheelTrial {
 public:
  explicit WheelTrial(std::uint64_t seed) : random_(seed) {}

  // What went wrong, as a sentence; empty if nothing did.
  std::string run() {
    std::string wrong;
    for (std::uint32_t id = 0; id < timers && wrong.empty(); ++id) {
      add(id);
      if (random_.below(3) == 0) wrong = advance(later(now_, leap()));
    }
    return wrong.empty() ? advance(later(now_, Duration(std::int64_t{1} << (largest + 1)))) : wrong;
  }
  [[nodiscard]] const std::string& calls() const noexcept { return calls_; }

 private:
  static constexpr std::uint32_t timers = 12;
  static constexpr std::uint32_t largest = 46;  // bits of nanoseconds
  struct Timer {
    TimePoint deadline;
    std::uint32_t id;
  };

  Duration leap() { return Duration(static_cast<std::int64_t>(random_() >> (64 - 1 - random_.below(largest)))); }

  void add(std::uint32_t id) {
    const TimePoint deadline = later(now_, leap());
    wheel_.add(deadline, id);
    model_.insert(std::ranges::upper_bound(model_, deadline, {}, &Timer::deadline), {deadline, id});
    calls_ += fmt::format("add({} ns) ", deadline.time_since_epoch().count());
  }

  std::string advance(TimePoint now) {
    now_ = now;
    calls_ += fmt::format("advance({} ns) ", now.time_since_epoch().count());
    std::vector<std::uint32_t> fired, due;
    wheel_.advance(now, [&](std::uint32_t id) { fired.push_back(id); });
    for (const Timer& timer : model_) {
      if (timer.deadline <= now) due.push_back(timer.id);
    }
    model_.erase(model_.begin(), model_.begin() + static_cast<std::ptrdiff_t>(due.size()));
    if (fired == due) return {};
    return fmt::format(
        "timers never early, never lost, in order: of the timers added, numbers {} were due and {} fired", list(due),
        list(fired));
  }
  static std::string list(const std::vector<std::uint32_t>& ids) {
    std::string text;
    for (const std::uint32_t id : ids) text += fmt::format("{}{}", text.empty() ? "" : ",", id);
    return text.empty() ? "none" : text;
  }

  Random random_;
  Wheel wheel_;
  TimePoint now_{};
  std::vector<Timer> model_;
  std::string calls_;
};

// Trials until one goes wrong, a second of them at most: chance has nothing more to give then.
template <class Wheel> Report check_wheel(const explored::Options& options) {
  const auto begin = std::chrono::steady_clock::now();
  const auto budget = std::min<std::chrono::nanoseconds>(options.budget, std::chrono::seconds(1));
  Report report;
  report.subject = "timer-wheel";
  report.what = "model";
  report.memory = options.memory;
  report.method = options.method;
  while (report.time < budget && report.executions < options.max_executions && report.passed) {
    WheelTrial<Wheel> trial(options.seed + report.executions++);
    const std::string wrong = trial.run();
    report.time = std::chrono::steady_clock::now() - begin;
    if (wrong.empty()) continue;
    report.passed = false;
    report.found.emplace();
    report.found->id = "R3";
    report.found->sentence = wrong;
    report.found->program = trial.calls();
    report.found->executions = report.executions;
    report.found->time = report.time;
  }
  report.programs = report.executions;
  return report;
}

}  // namespace rota::checks
