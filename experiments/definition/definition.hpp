// Definition: an experiment as data, read from TOML and checked against the registries, so that nothing in it can be
// refused after the first cell has started.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/peers/catalogue.hpp"
#include "record/input_error.hpp"
#include "record/manifest.hpp"
#include "record/world.hpp"

namespace rota::experiments {

// A [[policy]] or [[workload]] after its sweep was expanded: one for each combination of swept values.
struct Entry {
  std::string family;  // the label without the swept values: what --only and --set may also call it
  record::Choice choice;
  std::map<std::string, std::string> expect;     // workloads only
  std::optional<Peer> peer = {};                 // of a policy that is one
  SettingValues runtime = {};                    // of a policy: what it sets of the runtime for itself alone
  std::string allocator{record::own_allocator};  // of a policy: what its programs are started with
  // Workloads only: those that play it, by label or family, and with how many workers. All if absent.
  std::optional<std::vector<std::string>> policies = {};
  std::optional<std::vector<std::uint32_t>> workers = {};

  // Of a policy. Peers, and those of the local world, run on real threads only, not with every workload, and some with
  // one worker only; an allocator is preloaded on real threads only; Rota's others do everything.
  [[nodiscard]] bool real_only() const;
  [[nodiscard]] bool speaks(std::string_view workload) const;
  [[nodiscard]] bool can_have(std::uint32_t workers) const;
  // Of a workload.
  [[nodiscard]] bool played_by(const Entry& policy) const;
  [[nodiscard]] bool played_with(std::uint32_t count) const;
};

// Where cells run: on threads of this host, or on a machine that is simulated.
struct Site {
  record::World kind = record::World::real;  // real or simulated
  std::string machine;                       // its name if it is simulated
  friend bool operator==(const Site&, const Site&) = default;
};

struct Limits {
  Duration timeout{std::chrono::seconds(60)};         // a cell that takes longer has hung
  Duration min_time{std::chrono::milliseconds(100)};  // measure at least this long
  std::uint64_t max_iterations = 1000;
};

struct Definition {
  std::string name;  // the file's stem
  std::string file;  // as errors call it
  std::string text;  // its bytes
  std::string question, analysis;
  std::vector<Site> worlds{Site{}};                      // every cell runs in each of them
  std::map<std::string, record::MachineFacts> machines;  // of the simulated worlds, by name
  std::vector<Entry> policies, workloads;
  std::vector<std::uint32_t> workers{1};
  std::vector<std::string> placements{"compact"};
  std::uint32_t repetitions = 5;
  std::optional<std::uint64_t> seed;  // chosen and recorded by the run if absent
  SettingValues runtime;              // every setting of RuntimeConfig; seed only if given, else each block has its own
  Limits limits;
  std::vector<record::ReportChart> report;
  std::vector<record::Claim> claims;
  std::vector<std::string> overrides;  // the --set and --only that shaped it
};

inline constexpr std::uint32_t most_workers = 1024;
inline constexpr std::size_t most_cells = 100'000;

}  // namespace rota::experiments
