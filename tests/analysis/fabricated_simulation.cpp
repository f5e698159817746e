// Simulated runs of plausible figures, for the tests of analysis/ and for looking at a page.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "fabricated_run.hpp"
#include "worlds/random.hpp"

namespace rota::analysis::testing {
namespace {

constexpr unsigned nodes = 8, cores = 32;  // of the machine that the cells stand on

double noise(Random& random, double spread) { return std::exp(spread * (random.below(2001) / 1000.0 - 1)); }

// How a policy spends its time: what of it is lost at `workers` on `used` nodes.
struct Character {
  const char* name;
  double runtime, waiting, far, searching;  // shares at one worker, or as they grow with workers
  bool steals, nearest;
};

constexpr std::array<Character, 4> characters{{{"fifo", 0.06, 0.02, 0.030, 0.004, false, false},
                                               {"work-stealing", 0.04, 0.0002, 0.016, 0.010, true, false},
                                               {"hierarchical", 0.045, 0.0001, 0.004, 0.012, true, true},
                                               {"node-queues", 0.05, 0.0012, 0.006, 0.008, true, true}}};

// The weights of the causes, normalised: work, away, runtime, searching, idle, line wait, far line.
std::array<double, 7> shares_of(const Character& one, unsigned workers, unsigned used, Random& random) {
  const double grown = workers - 1.0;
  std::array<double, 7> shares{1,
                               used > 1 ? 0.12 * (one.nearest ? 0.3 : 1) : 0,
                               one.runtime,
                               one.searching * std::sqrt(grown),
                               0.02 * std::log2(workers),
                               one.waiting * grown,
                               one.far * (used - 1)};
  double sum = 0;
  for (double& share : shares) sum += share *= noise(random, 0.04);
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<std::vector<unsigned>> steals_of(const Character& one, unsigned workers, unsigned used, Random& random) {
  std::vector<std::vector<unsigned>> rows(nodes, std::vector<unsigned>(nodes));
  for (unsigned thief = 0; one.steals && workers > 1 && thief < used; ++thief) {
    for (unsigned victim = 0; victim < used; ++victim) {
      const double near = thief == victim ? 900 : one.nearest ? 22 : 640;
      rows[thief][victim] = static_cast<unsigned>(near * noise(random, 0.3));
    }
  }
  return rows;
}

std::vector<FabricatedMetric> account_of(const std::array<double, 7>& shares, double time, unsigned workers,
                                         const std::vector<std::vector<unsigned>>& steals) {
  static const char* const names[] = {"sim_work", "sim_away",      "sim_runtime", "sim_searching",
                                      "sim_idle", "sim_line_wait", "sim_far_line"};
  std::vector<FabricatedMetric> metrics;
  for (std::size_t i = 0; i < shares.size(); ++i) metrics.push_back({names[i], "ns", shares[i] * time * workers});
  double near = 0, all = 0;
  for (std::size_t thief = 0; thief < steals.size(); ++thief) {
    for (std::size_t victim = 0; victim < steals.size(); ++victim) {
      all += steals[thief][victim];
      if (thief == victim) near += steals[thief][victim];
    }
  }
  metrics.insert(metrics.end(), {{"sim_time", "ns", time},
                                 {"steals_near", "1", near},
                                 {"steals_far", "1", all - near},
                                 {"accesses", "1", 4e5 + 900.0 * workers},
                                 {"trace_hash", "1", 1e15 + workers}});
  return metrics;
}

FabricatedCell numa_cell(const Character& one, const char* placement, unsigned workers, unsigned block,
                         Random& random) {
  const bool compact = placement == std::string("compact");
  const unsigned used = compact ? (workers + cores - 1) / cores : std::min(workers, nodes);
  const auto shares = shares_of(one, workers, used, random);
  const double time = 4.1e8 / (workers * shares[0]);
  FabricatedCell cell{.policy = one.name, .workload = "fork-join", .workers = workers, .block = block};
  cell.machine = "8s-256c";
  cell.placement = placement;
  cell.workload_use = "fork-join";
  cell.workload_config = {{"depth", 14L}};
  cell.steals = steals_of(one, workers, used, random);
  cell.metrics = {{"makespan", "ns", time}};
  const auto account = account_of(shares, time, workers, cell.steals);
  cell.metrics.insert(cell.metrics.end(), account.begin(), account.end());
  return cell;
}

FabricatedCell twin(const Character& one, const char* workload, double cost, unsigned workers, unsigned block,
                    const char* machine, Random& random) {
  const double scale = std::exp2(0.6 * one.runtime / 0.05) * (workers == 2 ? 0.58 + 20 * one.waiting : 1);
  const double error = *machine ? 0.86 + 0.1 * (workers - 1) + 3 * one.waiting : 1;
  const double value = cost * scale * error * noise(random, *machine ? 0.004 : 0.05);
  FabricatedCell cell{.policy = one.name, .workload = workload, .workers = workers, .block = block};
  cell.machine = machine;
  cell.metrics = {{"ns_per_task", "ns", value}, {"stolen", "1", one.steals ? 40.0 * workers : 0}};
  if (*machine) {
    const auto account = account_of(shares_of(one, workers, 1, random), value * 1e4, workers, {});
    cell.metrics.insert(cell.metrics.end(), account.begin(), account.end());
  }
  return cell;
}

Families families_of(std::vector<std::string> workloads) {
  Families families{{}, std::move(workloads)};
  for (const Character& one : characters) families.policies.emplace_back(one.name);
  return families;
}

record::ReportChart lines(const char* x, const char* metric, const char* y, const char* title) {
  record::ReportChart chart;
  chart.chart = "lines";
  chart.x = x;
  chart.metric = metric;
  chart.y = y;
  chart.title = title;
  return chart;
}

}  // namespace

void write_numa(const std::filesystem::path& folder) {
  Random random(44);
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 3; ++block) {
    for (unsigned workers = 1; workers <= 256; workers *= 2) {
      for (const char* placement : {"compact", "scatter"}) {
        for (const Character& one : characters) cells.push_back(numa_cell(one, placement, workers, block, random));
      }
    }
  }
  record::Manifest manifest = plain_manifest();
  manifest.experiment = "numa-scaling";
  manifest.question = "Which ways to order tasks still gain from more cores when memory is far away?";
  manifest.analysis = "One queue flattens; stealing scales on; where nodes are many, near victims first wins.";
  manifest.machines["8s-256c"] = machine_facts("eight sockets of 32 cores, one NUMA node each");
  manifest.report = {lines("workers", "", "speedup(makespan)", "Speed-up"), lines("workers", "makespan", "", ""),
                     lines("workers", "sim_line_wait", "", "Time waiting for lines")};
  write_run(folder, cells, std::move(manifest), families_of({"fork-join"}));
}

void write_both_worlds(const std::filesystem::path& folder) {
  Random random(45);
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 3; ++block) {
    for (const unsigned workers : {1U, 2U}) {
      for (const auto& [workload, cost] : {std::pair("spawn 10k", 88.0), {"yield", 31.0}, {"ping-pong", 1900.0}}) {
        for (const Character& one : characters) {
          for (const char* machine : {"", "host"})
            cells.push_back(twin(one, workload, cost, workers, block, machine, random));
        }
        cells.push_back(twin(characters[0], workload, cost, workers, block, "", random));
        cells.back().policy = "fifo (A/A)";
      }
    }
  }
  record::Manifest manifest = plain_manifest();
  manifest.experiment = "sim-vs-real";
  manifest.question = "How far are simulated figures from those of real threads on this host?";
  manifest.machines["host"] = machine_facts("this host, calibrated");
  write_run(folder, cells, std::move(manifest), families_of({"spawn 10k", "yield", "ping-pong"}));
}

void write_tail(const std::filesystem::path& folder) {
  Random random(46);
  std::vector<FabricatedCell> cells;
  for (const auto& [distribution, spread] : {std::pair("exponential", 1.0), {"bimodal-1", 9.0}, {"extreme", 60.0}}) {
    for (const double load : {0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95}) {
      for (const auto& [policy, weight] : {std::pair("fifo", 1.0), {"partitioned", 5.5}, {"processor-sharing", 0.6}}) {
        for (unsigned block = 0; block < 3; ++block) {
          const double p99 =
              10000 * (4.6 + weight * std::sqrt(spread) * load * load / (1 - load)) * noise(random, 0.06);
          FabricatedCell cell{.policy = policy, .workers = 16, .block = block};
          cell.workload = fmt::format("{} load={}", distribution, load);
          cell.workload_use = "service";
          cell.workload_config = {{"distribution", std::string(distribution)}, {"load", load}, {"requests", 100000L}};
          cell.machine = "1s-16c";
          cell.metrics = {
              {"latency_p99", "ns", p99}, {"latency_p50", "ns", p99 / 4}, {"latency_p999", "ns", 1.8 * p99}};
          cells.push_back(std::move(cell));
        }
      }
    }
  }
  record::Manifest manifest = plain_manifest();
  manifest.experiment = "tail-latency";
  manifest.question = "What does the slowest request in a hundred wait for, as the load rises?";
  manifest.report = {lines("load", "latency_p99", "", ""), lines("load", "latency_p999", "", "")};
  write_run(folder, cells, std::move(manifest),
            {{"fifo", "partitioned", "processor-sharing"}, {"exponential", "bimodal-1", "extreme"}});
}

}  // namespace rota::analysis::testing
