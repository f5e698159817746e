// A run as the analysis sees it: what was asked, on which machine, and what every cell answered, with labels in the
// order of the definition. Reading (record/run.hpp) needs no results.db and changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/figures/choice.hpp"
#include "record/manifest.hpp"

namespace rota::analysis {

// The directory is no run, or a damaged one; what() is one line for the user.
struct RunError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Measurement {
  std::string metric, unit;  // "ns_per_task", "ns"
  double value = 0;
  std::uint64_t iterations = 0;
};

// What a cell counted between places: of "steals", a row is the thief's node and a column the victim's.
struct Matrix {
  std::string name;
  std::vector<std::vector<double>> rows;
};

// One process: one measurement of one combination, once.
struct Cell {
  std::string id, key;
  Choice policy, workload;
  std::string allocator;  // that its program was started with: "glibc", "mimalloc"
  std::string world;      // real | sim
  std::string machine;    // "host" for real threads, else the simulated machine's name
  std::string placement;
  unsigned workers = 0, block = 0, repetition = 0;
  std::string outcome;  // ok | wrong | crashed | hung | refused | missing (its peer or allocator is not here) | pending
                        // (not run yet)
  std::string detail;
  std::vector<Measurement> measurements;
  std::vector<Matrix> matrices;

  [[nodiscard]] bool ok() const { return outcome == "ok"; }
};

// A simulated machine as the run kept it.
struct Machine {
  std::string name, text;  // TOML
};

// One thing recorded about the run or, in group "host", about its machine.
struct Fact {
  std::string group, name, value;
};

struct Run {
  std::filesystem::path directory;
  std::string experiment, question, analysis, created;
  std::vector<record::ReportChart> charts;                       // the definition's [[report]] entries
  std::vector<record::Claim> claims;                             // its [[claim]] entries
  std::vector<record::NotSpoken> not_spoken;                     // pairs that it has and a peer cannot do
  std::vector<std::pair<std::string, record::PeerFacts>> peers;  // what is known of them, by name
  std::vector<Fact> facts;                                       // what the manifest records
  std::vector<std::string> policies, workloads;                  // labels, in the order of the definition
  std::vector<Machine> machines;                                 // that cells were simulated on
  std::vector<Cell> cells;                                       // in order of execution
};

// Whether some cell of the run has the world, whatever became of it.
[[nodiscard]] bool has_world(const Run& run, std::string_view world);

// The names of the machines that cells were simulated on, in the order of the cells.
[[nodiscard]] std::vector<std::string> simulated_machines(const Run& run);

// Throws RunError.
[[nodiscard]] Run read_run(const std::filesystem::path& directory);

// The directory that a word of the user means: a path, a name under `runs`, or "latest" (the newest under `runs`).
// Throws RunError if there is none.
[[nodiscard]] std::filesystem::path find_run(std::string_view word, const std::filesystem::path& runs = "runs");

}  // namespace rota::analysis
