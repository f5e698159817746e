// Writes run directories for the tests of analysis/.
#include "fabricated_run.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "record/manifest_json.hpp"
#include "record/world.hpp"
#include "worlds/random.hpp"

namespace rota::analysis::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

void write(const fs::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

record::PlannedCell planned(const FabricatedCell& cell, const std::string& id) {
  record::PlannedCell plan;
  plan.id = id;
  plan.block = cell.block;
  plan.allocator = cell.allocator;
  plan.key = fmt::format("{}/{}/w{}/{}/b{}{}", cell.policy, cell.workload, cell.workers, cell.placement, cell.block,
                         cell.machine.empty() ? "" : "/sim:" + cell.machine);
  plan.request.experiment = "fabricated";
  plan.request.policy = {cell.policy, cell.policy, cell.policy_config};
  plan.request.workload = {cell.workload, cell.workload_use, cell.workload_config};
  plan.request.workers = cell.workers;
  plan.request.repetition = cell.block;
  plan.request.placement = cell.placement;
  plan.request.world = cell.machine.empty() ? record::world_of(cell.policy) : record::World::simulated;
  plan.request.machine_name = cell.machine;
  return plan;
}

std::string lines_of(const FabricatedCell& cell) {
  std::string text = "{\"kind\":\"start\",\"protocol\":1,\"pid\":1,\"pinned\":true}\n";
  for (const auto& [metric, unit, value] : cell.metrics) {
    text +=
        Json{{"kind", "metric"}, {"metric", metric}, {"unit", unit}, {"value", value}, {"iterations", 9}}.dump() + "\n";
  }
  if (!cell.steals.empty()) text += Json{{"kind", "matrix"}, {"name", "steals"}, {"rows", cell.steals}}.dump() + "\n";
  const std::string status = cell.outcome == "ok" ? "ok" : "wrong";
  text += Json{{"kind", "end"}, {"status", status}}.dump() + "\n";
  return text +
         Json{{"kind", "outcome"}, {"outcome", cell.outcome}, {"detail", cell.detail}, {"wall_s", 0.3}, {"exit", 0},
              {"stderr", ""}}
             .dump() +
         "\n";
}

// A factor near 1, the same in every run of the test.
double noise(Random& random, double spread) { return std::exp(spread * (random.below(2001) / 1000.0 - 1)); }

struct Shape {
  const char *label, *use, *metric, *unit;
  double base;
  double gain[4];     // of fifo, stealing, lifo slot, round robin at one worker
  double scaling[4];  // what a second worker multiplies
  SettingValues config;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all{
      {"spawn 1k",
       "spawn-join",
       "ns_per_task",
       "ns",
       96,
       {1, 1.9, 1.7, 1.05},
       {0.6, 1.4, 1.3, 0.55},
       {{"tasks", 1000L}}},
      {"yield",
       "yield",
       "ns_per_yield",
       "ns",
       31,
       {1, 2.4, 1.1, 1.02},
       {0.7, 1.0, 0.9, 0.7},
       {{"tasks", 1L}, {"yields", 1000000L}}},
      {"ping-pong",
       "ping-pong",
       "ns_per_round",
       "ns",
       1840,
       {1, 1.4, 3.1, 0.97},
       {0.5, 0.8, 1.0, 0.5},
       {{"pairs", 1L}}},
      {"fib", "fib", "time", "ns", 2.31e8, {1, 2.8, 2.5, 1.01}, {0.9, 1.9, 1.8, 0.85}, {{"n", 27L}}},
      {"memory", "memory", "bytes_per_task", "bytes", 176, {1, 1.0, 1.0, 1.1}, {1, 1, 1, 1}, {{"tasks", 100000L}}},
      {"echo",
       "echo",
       "requests_per_s",
       "1/s",
       84000,
       {1, 1.3, 1.25, 0.9},
       {1.1, 1.7, 1.6, 1.0},
       {{"connections", 64L}}}};
  return all;
}

FabricatedCell quick_cell(const Shape& shape, std::size_t policy, unsigned workers, unsigned block, Random& random) {
  static const char* const names[] = {"fifo", "work-stealing", "lifo-slot", "round-robin", "fifo (A/A)"};
  const std::size_t like = policy == 4 ? 0 : policy;
  double gain = shape.gain[like] * (workers == 2 ? shape.scaling[like] : 1) * noise(random, 0.035);
  if (std::string_view(shape.unit) == "bytes") gain = shape.gain[like];
  const double value = std::string_view(shape.unit) == "1/s" ? shape.base * gain : shape.base / gain;
  FabricatedCell cell{.policy = names[policy],
                      .workload = shape.label,
                      .workers = workers,
                      .block = block,
                      .metrics = {{shape.metric, shape.unit, value}},
                      .policy_config = {},
                      .workload_config = shape.config,
                      .workload_use = shape.use};
  if (std::string_view(shape.label) == "echo")
    cell.metrics.push_back({"p99", "us", 9.2e6 / value * noise(random, 0.1)});
  if (like == 1) cell.policy_config = {{"ring", 256L}, {"victim", std::string("random")}};
  return cell;
}

std::vector<record::Label> labels_of(const std::vector<FabricatedCell>& cells, std::string FabricatedCell::* member,
                                     const std::vector<std::string>& families) {
  std::vector<record::Label> labels;
  for (const FabricatedCell& cell : cells) {
    const std::string label = record::original_label(cell.*member);
    if (std::ranges::find(labels, label, &record::Label::label) != labels.end()) continue;
    std::string family;
    for (const std::string& one : families) {
      if (label.starts_with(one) && one.size() > family.size()) family = one;
    }
    labels.push_back({label, family.empty() ? label : family});
  }
  // Of labels that are as long, the first to come stays first.
  const std::vector<record::Label> seen = labels;
  std::ranges::sort(labels, {}, [&](const record::Label& one) {
    return std::tuple(std::ranges::find(families, one.family) - families.begin(), one.label.size(),
                      std::ranges::find(seen, one) - seen.begin());
  });
  return labels;
}

}  // namespace

record::Manifest plain_manifest() {
  record::Manifest manifest;
  manifest.experiment = "fabricated";
  manifest.question = "Is it so?";
  manifest.definition = "fabricated.toml";
  manifest.created = "2026-01-31T12:00:00Z";
  manifest.seed = 7;
  manifest.binary_sha256 = std::string(64, 'a');
  manifest.build = {{"version", "0.1.0"},
                    {"commit", "0123abc"},
                    {"dirty", "no"},
                    {"compiler", "clang 19.1.7"},
                    {"flags", "-O3 -DNDEBUG -Wall -Wextra -std=c++20"}};
  manifest.host = {{"kernel", "Linux 6.1.0 x86_64"},
                   {"cpu", "A processor @ 2.50GHz"},
                   {"cpus", "2"},
                   {"topology", "1 package(s), 1 NUMA node(s), 2 core(s), 2 processing unit(s)"},
                   {"governor", "not exposed"},
                   {"thp", "madvise"},
                   {"load", "0.12 0.20 0.30 1/100 4242"},
                   {"affinity", "0,1"},
                   {"spin canary", "0.31 % of 50 ms taken away"},
                   {"noise", ""}};
  return manifest;
}

std::string machine_text(const std::string& summary) {
  std::string text =
      fmt::format("summary = \"{}\"\n\n[topology]\nsynthetic = \"pack:2 numa:1 core:2 pu:1\"\n", summary) +
      "distances = [[10, 21], [21, 10]]\nsource = \"made up for a test\"\n";
  for (const auto& [table, near, far] :
       {std::tuple("load", "1.2ns", "120ns"), {"store", "1.2ns", "135ns"}, {"update", "5.5ns", "140ns"}}) {
    text += fmt::format(
        "\n[{}]\nsource = \"a paper about the {} of lines, table 3\"\nself = \"{}\"\ncore = \"2ns\"\n"
        "l2 = \"6ns\"\nl3 = \"22ns\"\nnode = \"45ns\"\npackage = \"80ns\"\nremote = \"{}\"\n",
        table, table, near, far);
  }
  return text;
}

record::MachineFacts machine_facts(const std::string& summary) {
  record::MachineFacts facts{.text = machine_text(summary), .summary = summary, .sources = {}};
  facts.sources.push_back({"topology", "made up for a test"});
  for (const char* table : {"load", "store", "update"})
    facts.sources.push_back({table, fmt::format("a paper about the {} of lines, table 3", table)});
  return facts;
}

void write_run(const fs::path& folder, const std::vector<FabricatedCell>& cells, record::Manifest manifest,
               const Families& order) {
  fs::create_directories(folder / "cells");
  manifest.policies = labels_of(cells, &FabricatedCell::policy, order.policies);
  manifest.workloads = labels_of(cells, &FabricatedCell::workload, order.workloads);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string id = fmt::format("c{:04}", i + 1);
    manifest.cells.push_back(planned(cells[i], id));
    if (const std::string& machine = cells[i].machine; !machine.empty())
      manifest.machines.try_emplace(machine, machine_facts());
    if (const auto peer = record::peer_name(cells[i].policy)) manifest.peers.try_emplace(*peer);
    if (const std::string& name = cells[i].allocator; name != record::own_allocator)
      manifest.allocators[name] = {
          .missing = "", .package = "lib" + name, .version = "2.0", .library = "", .sha256 = ""};
    if (cells[i].outcome != "pending") write(folder / "cells" / (id + ".jsonl"), lines_of(cells[i]));
  }
  write(folder / "manifest.json", to_json(manifest));
}

void write_quickstart(const fs::path& folder) {
  Random random(42);
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 3; ++block) {
    const std::size_t first = cells.size();
    for (const Shape& shape : shapes()) {
      for (std::size_t policy = 0; policy < 5; ++policy) {
        for (unsigned workers : {1U, 2U}) cells.push_back(quick_cell(shape, policy, workers, block, random));
      }
    }
    for (std::size_t i = cells.size(); i > first + 1; --i) {
      std::swap(cells[i - 1], cells[first + random.below(static_cast<std::uint32_t>(i - first))]);
    }
  }
  cells[11].outcome = "hung";
  cells[11].detail = "still running after 60 s";
  cells[11].metrics.clear();
  cells[97].outcome = "wrong";
  cells[97].detail = "tasks: expected 1000, got 999";
  record::Manifest manifest = plain_manifest();
  manifest.experiment = "quickstart";
  manifest.question = "Which of the four schedulers is fastest at which kind of work?";
  manifest.analysis =
      "Work stealing wins wherever a task makes tasks; the LIFO slot wins where two tasks talk to each other; one "
      "global "
      "queue is hardly worse on two cores.";
  write_run(folder, cells, std::move(manifest),
            {{"fifo", "work-stealing", "lifo-slot", "round-robin"},
             {"spawn 1k", "yield", "ping-pong", "fib", "memory", "echo"}});
}

void write_scaling(const fs::path& folder) {
  Random random(43);
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 7; ++block) {
    for (const long tasks : {1000000, 1000, 100000, 10000}) {
      for (const char* policy : {"work-stealing", "fifo"}) {
        const double growth = std::log10(static_cast<double>(tasks) / 1000);
        const double cost = policy == std::string("fifo") ? 70 * std::pow(2.1, growth) : 47 + 4 * growth;
        cells.push_back({.policy = policy,
                         .workload = fmt::format("spawn tasks={}", tasks),
                         .workers = 2,
                         .block = block,
                         .metrics = {{"ns_per_task", "ns", cost * noise(random, 0.06)}},
                         .policy_config = {},
                         .workload_config = {{"tasks", tasks}, {"body", std::string("coroutine")}}});
      }
    }
  }
  record::Manifest manifest = plain_manifest();
  manifest.experiment = "spawn-scaling";
  manifest.question = "Does a task cost the same whether there are a thousand or a million?";
  write_run(folder, cells, std::move(manifest), {{"fifo", "work-stealing"}, {"spawn"}});
}

}  // namespace rota::analysis::testing
