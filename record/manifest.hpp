// Manifest: all that a run is going to do and where, written completely before its first cell starts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/claim.hpp"
#include "record/facts.hpp"
#include "record/request.hpp"

namespace rota::record {

// A chart that the definition asks for. Empty texts mean: the report chooses.
struct ReportChart {
  std::string chart = "bars";  // bars | lines | heat
  std::string metric;          // one metric of some workload of the experiment
  std::string x, y;            // policy, workload, workers, placement, or a setting's name; y also "speedup(<metric>)"
  std::string against;         // label of the policy that the others are divided by
  std::string title;
  friend bool operator==(const ReportChart&, const ReportChart&) = default;
};

struct PlannedCell {
  std::string id;           // "c0007": its place in the order of execution, from 1
  std::uint32_t block = 0;  // one repetition of every cell; ratios are taken inside a block
  std::string key;          // "<policy label>/<workload label>/w2/compact/b0"; in a run of several worlds "/real" or
                            // "/sim:<machine>" is appended
  bool aa = false;          // an A/A twin: the same request as another cell of the block under another label
  double timeout_s = 60;
  CellRequest request;  // without the text of its machine: whole_request() has it
  std::string allocator{own_allocator};
  friend bool operator==(const PlannedCell&, const PlannedCell&) = default;
};

// What tables and charts call a policy or a workload.
struct Label {
  std::string label;
  std::string family;  // the label without swept values: what the definition calls it
  friend bool operator==(const Label&, const Label&) = default;
};

// A pair of labels that is in the definition and not in the plan, because the peer cannot do it.
struct NotSpoken {
  std::string policy, workload;
  std::uint32_t workers = 0;  // with this number of workers alone; 0: with any
  friend bool operator==(const NotSpoken&, const NotSpoken&) = default;
};

// Only real cells have twins: a simulated cell that is run twice gives the same figures twice. A run without real cells
// has none at all.
//
// The label of the A/A twin's policy is the original label followed by this.
inline constexpr std::string_view aa_suffix = " (A/A)";
[[nodiscard]] inline bool is_twin(std::string_view label) { return label.ends_with(aa_suffix); }
[[nodiscard]] inline std::string original_label(std::string_view label) {
  return std::string(label.substr(0, label.size() - (is_twin(label) ? aa_suffix.size() : 0)));
}

inline constexpr int manifest_format = 2;

struct Manifest {
  int format = manifest_format;
  std::string experiment;
  std::string question;
  std::string analysis;                // what the author expects to see
  std::string definition;              // the path it was read from
  std::vector<std::string> overrides;  // --set and --only, as given
  std::string created;                 // UTC, "2026-01-31T12:00:00Z"
  std::uint64_t seed = 0;
  std::string binary_sha256;
  std::string tracing = "off";
  std::map<std::string, std::string> build;      // version, commit, dirty (yes, no, unknown), compiler, flags,
                                                 // simulator_sha256 if cells are simulated, and
                                                 // project, project_… if policies are somebody's own
  std::map<std::string, std::string> host;       // kernel, cpu, cpus, topology, governor, thp, load, affinity, noise, …
  std::map<std::string, MachineFacts> machines;  // the simulated ones, by name; their files also as machines/NAME.toml
  std::map<std::string, PeerFacts> peers;        // those that take part, by name ("tokio")
  std::map<std::string, AllocatorFacts> allocators;  // likewise ("mimalloc")
  std::vector<Label> policies, workloads;            // in the order of the definition, swept ones expanded
  std::vector<ReportChart> report;
  std::vector<Claim> claims;
  std::vector<NotSpoken> not_spoken;
  std::vector<PlannedCell> cells;  // in the order of execution
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

// The request as the cell's program gets it: with the text of its machine.
[[nodiscard]] CellRequest whole_request(const Manifest& manifest, const PlannedCell& cell);

}  // namespace rota::record
