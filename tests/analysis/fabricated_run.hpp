// Run directories made by code: what the runner would have written, with figures that the test chooses.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "record/manifest.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::analysis::testing {

using rota::testing::TemporaryFolder;

struct FabricatedMetric {
  std::string metric, unit;
  double value;
};

struct FabricatedCell {
  std::string policy = "fifo", workload = "spawn";
  unsigned workers = 1, block = 0;
  std::vector<FabricatedMetric> metrics = {};
  SettingValues policy_config = {}, workload_config = {};
  std::string workload_use = "spawn-join";
  std::string outcome = "ok", detail = "";
  std::string machine = "";  // empty: measured on real threads; else the name of the machine it was simulated on
  std::string placement = "compact";
  std::vector<std::vector<unsigned>> steals = {};  // the matrix that a simulated cell reports; empty: none
  std::string allocator{record::own_allocator};
};

// What a manifest says besides its cells, filled with plausible facts.
[[nodiscard]] record::Manifest plain_manifest();

// Two nodes of two cores, a source in every table.
[[nodiscard]] std::string machine_text(const std::string& summary = "two small nodes");
[[nodiscard]] record::MachineFacts machine_facts(const std::string& summary = "two small nodes");

// What a definition would call policies and workloads, in its order; each label stands with the family that it begins
// with, the shorter first. Those of no family come last.
struct Families {
  std::vector<std::string> policies = {}, workloads = {};
};

// Writes manifest.json and cells/*.jsonl under `folder`.
void write_run(const std::filesystem::path& folder, const std::vector<FabricatedCell>& cells,
               record::Manifest manifest = plain_manifest(), const Families& order = {});

// The shape of the shipped quickstart: four policies and an A/A pair, six workloads, workers 1 and 2, three repetitions
// with seeded noise; one cell hung and one answered wrongly.
void write_quickstart(const std::filesystem::path& folder);

// Four policies on a simulated machine of eight nodes, at 1 … 256 workers and two placements, with where the time went
// and who stole from whom: the shape of the shipped numa-scaling.
void write_numa(const std::filesystem::path& folder);

// Two workloads on real threads and on a simulated "host", three repetitions: the shape of the shipped sim-vs-real.
void write_both_worlds(const std::filesystem::path& folder);

// Percentiles of a service against load for three distributions, simulated: the shape of the shipped tail-latency.
void write_tail(const std::filesystem::path& folder);

// One workload over 1k … 1M tasks, two policies, seven repetitions.
void write_scaling(const std::filesystem::path& folder);

}  // namespace rota::analysis::testing
