// Writes runs with claims for the tests of analysis/.
#include "fabricated_claims.hpp"

#include <cmath>

#include "worlds/random.hpp"

namespace rota::analysis::testing {
namespace {

using record::Claim;

struct Shown {
  const char* policy;
  double yield, spawn, bytes;  // what it costs
};

// Of peer:go and peer:threads there is no figure everywhere: see below.
constexpr Shown shown[]{{"peer:tokio", 62, 327, 128}, {"peer:smol", 149, 288, 129}, {"peer:threads", 800, 15000, 14000},
                        {"peer:go", 82, 250, 2700},   {"lifo-slot", 12.5, 40, 137}, {"work-stealing", 11.4, 33, 137}};

FabricatedCell cell(const std::string& policy, const std::string& workload, const std::string& use, unsigned block,
                    FabricatedMetric metric) {
  FabricatedCell cell{.policy = policy, .workload = workload, .block = block, .metrics = {std::move(metric)}};
  cell.workload_use = use;
  return cell;
}

std::vector<FabricatedCell> claim_cells() {
  Random random(44);
  const auto noise = [&] { return std::exp(0.03 * (random.below(2001) / 1000.0 - 1)); };
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 6; ++block) {
    for (const auto& [name, yield, spawn, bytes] : shown) {
      const std::string policy = name;
      cells.push_back(cell(policy, "yield", "yield", block, {"ns_per_yield", "ns", yield * noise()}));
      cells.push_back(cell(policy, "spawn", "spawn-join", block, {"ns_per_task", "ns", spawn * noise()}));
      cells.push_back(cell(policy, "memory", "memory", block, {"bytes_per_task", "bytes", bytes}));
      if (policy == "peer:threads") {
        cells.back().outcome = "crashed";
        cells.back().detail = "signal 11 (Segmentation fault)";
      }
      if (policy != "peer:go") continue;
      for (std::size_t i = cells.size() - 3; i < cells.size(); ++i) {
        cells[i].outcome = "missing";
        cells[i].detail = "peer go: not built";
      }
    }
    cells.push_back(cell("lifo-slot (A/A)", "yield", "yield", block, {"ns_per_yield", "ns", 12.5 * noise()}));
  }
  return cells;
}

Claim about(Claim claim, const std::string& workload, const std::string& metric, const std::string& unit) {
  claim.workload = workload;
  claim.metric = metric;
  claim.unit = unit;
  return claim;
}

Claim says(Claim claim, const std::string& text, const std::string& where, const std::string& why = {}) {
  claim.says = text;
  claim.where = where;
  claim.why = why;
  return claim;
}

Claim row(Claim claim, const std::string& name, const std::string& why = {}, const std::string& where = {}) {
  claim.row = name;
  claim.where = where;
  claim.why = why;
  return claim;
}

std::vector<Claim> all_claims() {
  const std::string switches = "Switches (sections V and XIII)", memory = "Memory of a task (section V)";
  const std::string queues = "each yield passes through a concurrent queue, and changes the task's state by atomics";
  Claim unmeasured;
  unmeasured.unmeasured = "there is no HTTP server among the workloads";
  return {
      says(stated_claim("peer:tokio", 10, 50, "lifo-slot"), "Tokio task: 10 - 50 ns", switches, queues),
      says(stated_claim("peer:smol", 5, 10, "work-stealing"), "smol task: 5 - 10 ns", switches, queues),
      says(stated_claim("peer:threads", 500, 10000, "lifo-slot"), "OS thread: 500 - 10,000 ns", switches),
      says(stated_claim("peer:go", 80, 90), "Goroutine: 80 - 90 ns", switches),
      says(about(stated_claim("peer:tokio", 115, 140, "lifo-slot"), "memory", "bytes_per_task", "bytes"),
           "Tokio task: about 128 bytes", memory),
      says(about(stated_claim("peer:threads", 1, 8), "memory", "bytes_per_task", "MB"), "OS thread: 1 - 8 MB", memory),
      says(unmeasured, "Tokio: 150K req/sec, 50 MB", "A web server (section VIII)"),
      row(line_claim({"lifo-slot", "work-stealing"}, {"peer:tokio", "peer:smol"}, 4), "Yield: 4× faster than Tokio"),
      row(line_claim({"lifo-slot", "work-stealing"}, {"peer:tokio", "peer:go"}, 4), "Yield: ahead of Go too"),
      row(about(line_claim({"lifo-slot"}, {"peer:tokio"}, 1), "memory", "bytes_per_task", ""), "Memory: ahead of Tokio",
          "its control block alone is 32 bytes, and the join handle takes a word"),
      row(line_claim({"lifo-slot"}, {"work-stealing"}, 0.909), "Yield: lifo-slot within 1.1× of work stealing"),
      row(about(bound_claim({"lifo-slot", "work-stealing"}, 160), "memory", "bytes_per_task", "bytes"),
          "Bytes of a parked task", "", "Absolute lines")};
}

}  // namespace

Claim stated_claim(const std::string& policy, double low, double high, const std::string& plays) {
  Claim claim;
  claim.says = policy + " states a figure";
  claim.policy = policy;
  claim.plays = plays;
  claim.workload = "yield";
  claim.metric = "ns_per_yield";
  claim.workers = 1;
  claim.low = low;
  claim.high = high;
  claim.unit = "ns";
  return claim;
}

Claim line_claim(const std::vector<std::string>& ours, const std::vector<std::string>& against, double at_least) {
  Claim claim;
  claim.row = "a line";
  claim.workload = "yield";
  claim.metric = "ns_per_yield";
  claim.workers = 1;
  claim.ours = ours;
  claim.against = against;
  claim.at_least = at_least;
  return claim;
}

Claim bound_claim(const std::vector<std::string>& ours, double at_most) {
  Claim claim = line_claim(ours, {}, 1);
  claim.at_least.reset();
  claim.at_most = at_most;
  claim.unit = "ns";
  return claim;
}

FabricatedCell yield_cell(const std::string& policy, unsigned block, double ns, unsigned workers) {
  FabricatedCell one = cell(policy, "yield", "yield", block, {"ns_per_yield", "ns", ns});
  one.workers = workers;
  return one;
}

void write_claims(const std::filesystem::path& folder) {
  record::Manifest manifest = plain_manifest();
  manifest.experiment = "tokio-question";
  manifest.question = "Do the figures that are told about Tokio hold?";
  manifest.claims = all_claims();
  manifest.not_spoken = {{"peer:smol", "memory", 0}};
  manifest.peers["tokio"] = {.title = "Tokio, multi-thread",
                             .missing = "",
                             .version = "1.24.2",
                             .compiler = "rustc 1.63.0",
                             .program = "build/peers/rust/bin/rota-peer-tokio",
                             .sha256 = std::string(64, 'b'),
                             .packages = {{"librust-tokio-dev", "1.24.2-1"}}};
  manifest.peers["go"].title = "Go";
  manifest.peers["go"].missing = "not built";
  std::vector<FabricatedCell> cells = claim_cells();
  std::erase_if(cells, [](const FabricatedCell& one) { return one.policy == "peer:smol" && one.workload == "memory"; });
  write_run(folder, cells, std::move(manifest),
            {{"peer:tokio", "peer:smol", "peer:threads", "peer:go", "lifo-slot", "work-stealing"},
             {"yield", "spawn", "memory"}});
}

}  // namespace rota::analysis::testing
