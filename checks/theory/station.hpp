// Station: requests served by a production runtime on a simulated machine. Its generator is a thread outside of the
// machine, which spawns each request at its time; each request is a task that works for its service time.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "checks/theory/rows.hpp"
#include "runtime/executor.hpp"
#include "schedulers/policy.hpp"
#include "worlds/simulated/world.hpp"

namespace rota::checks::theory {

using World = env::Simulated;

// A policy to be held against theory: its promises, and how a runtime with it is started by a thread of a machine.
struct Subject {
  std::string_view name;
  Guarantees guarantees;
  std::vector<SettingInfo> settings;
  std::unique_ptr<Executor<World>> (*start)(const Placement&, const RuntimeConfig&, const SettingValues&);

  [[nodiscard]] bool knows(std::string_view setting) const {
    return std::ranges::find(settings, setting, &SettingInfo::name) != settings.end();
  }
};

struct Station {
  unsigned workers = 1;
  SettingValues settings{};  // of the policy
  simulated::Costs costs{};  // none: an ideal machine
  std::string topology{};    // empty: one unit for each worker, which share everything
  std::uint64_t seed = 1;
  Duration grain = std::chrono::microseconds(1);  // of the runtime: how soon a task notices that it should give way
  bool tells = true;                              // the policy may know sizes, deadlines and priorities of requests
  std::size_t drop_every = 0;                     // a defect to plant: each n-th request is not spawned
};

struct Recording {
  Rows rows;
  Duration quantum{0};  // that the policy set
  Ns present = 0;       // requests in the system, summed over time, counted by the station
  Counters counters;    // of the runtime, at the end
  // What the workers' time went into between the first start and the last end; only with one worker.
  simulated::Spent spent;
};

[[nodiscard]] simulated::Model machine_of(const Station& station);

// Serves the whole input and waits until the station is empty.
[[nodiscard]] Recording serve(const Subject& subject, const Input& input, const Station& station);

}  // namespace rota::checks::theory
