// Machines for these tests, and how a program of threads runs on them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "worlds/simulated/world.hpp"

namespace rota::testing {

using E = env::Simulated;
using simulated::Ps;
using std::chrono::nanoseconds;

// From unit 0: 1 is of the same core, 2 of the same L2, 4 of the same L3, 8 of the same node, 16 of the same package.
inline constexpr const char* every_level = "pack:2 numa:2 l3:2 l2:2 core:2 pu:2";
inline constexpr std::array<unsigned, simulated::levels> unit_at{0, 1, 2, 4, 8, 16, 32};

// No two alike, so that a cost taken for another is seen.
[[nodiscard]] inline simulated::Costs distinct_costs() {
  simulated::Costs costs;
  costs.load = {1013, 2027, 4057, 21'013, 34'019, 61'001, 118'007};
  costs.store = {1019, 2029, 4073, 21'017, 34'031, 61'007, 118'033};
  costs.update = {5003, 6007, 9011, 26'003, 39'019, 71'011, 131'009};
  costs.fence = 5009, costs.memory = 83'003, costs.relax = 30'011;
  costs.park = 1'000'003, costs.unpark = 700'001, costs.wake_up = 2'500'009, costs.clock = 21'001;
  costs.spawn = 9001, costs.look = 3001, costs.resume = 7001, costs.preempt = 400'009, costs.allocate = 1'100'009;
  costs.away_package = 1.125, costs.away_remote = 1.5;
  return costs;
}

[[nodiscard]] inline simulated::Model machine_of(const std::string& topology, const simulated::Costs& costs = {}) {
  return {"test", Topology::synthetic(topology), costs, {}};
}

[[nodiscard]] inline ThreadOptions on(unsigned unit) {
  return {.name = "unit-" + std::to_string(unit), .pu = std::nullopt, .place = unit};
}

[[nodiscard]] inline std::int64_t time_now() { return E::now().time_since_epoch().count(); }
[[nodiscard]] inline TimePoint at(std::int64_t ns) { return TimePoint(nanoseconds(ns)); }

// What a simulated program saw. Its room is taken before, outside of the machine, and outlives it.
class Log {
 public:
  Log() { entries_.reserve(1024); }
  void operator()(std::int64_t entry) { entries_.push_back(entry); }
  [[nodiscard]] const std::vector<std::int64_t>& entries() const { return entries_; }

 private:
  std::vector<std::int64_t> entries_;
};
using Entries = std::vector<std::int64_t>;

}  // namespace rota::testing
