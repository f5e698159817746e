// The graphs on a simulated machine: right answers, the same each time, and METG follows what a runtime costs.
#include <cmath>
#include <map>

#include "schedulers/policies.hpp"
#include "tests/workloads/measuring.hpp"
#include "workloads/workloads.hpp"
#include "worlds/simulated/machine.hpp"
#include "worlds/simulated/world.hpp"

namespace rota::workloads::testing {
namespace {

// Two nodes of four cores. Every cost of the runtime is `factor` times an everyday one.
simulated::Model machine(simulated::Ps factor) {
  simulated::Model model{
      .name = "test", .topology = Topology::synthetic("pack:2 numa:1 core:4 pu:1"), .costs = {}, .speed = {}};
  model.costs.load = {1'000, 2'000, 10'000, 20'000, 40'000, 60'000, 100'000};
  model.costs.store = model.costs.load;
  model.costs.update = {5'000, 8'000, 20'000, 40'000, 60'000, 80'000, 120'000};
  model.costs.fence = 8'000;
  model.costs.memory = 80'000;
  model.costs.relax = 10'000;
  model.costs.park = 1'000'000;
  model.costs.unpark = 1'000'000;
  model.costs.wake_up = 3'000'000;
  model.costs.clock = 20'000;
  model.costs.spawn = 40'000;
  model.costs.look = 10'000;
  model.costs.resume = 20'000;
  model.costs.away_remote = 1.5;
  for (auto* costs : {&model.costs.load, &model.costs.store, &model.costs.update}) {
    for (auto& cost : *costs) cost *= factor;
  }
  for (auto* cost : {&model.costs.fence, &model.costs.memory, &model.costs.park, &model.costs.unpark,
                     &model.costs.wake_up, &model.costs.spawn, &model.costs.look, &model.costs.resume})
    *cost *= factor;
  return model;
}

// In memory of this program: a Result lies in the machine's, which the next machine takes over.
using Figures = std::map<std::string, double>;

Figures simulated(std::string_view name, const SettingValues& values, std::string_view policy = "work-stealing",
                  unsigned workers = 8, simulated::Ps factor = 1) {
  const simulated::Model model = machine(factor);
  SettingValues all;
  SettingError error;
  if (!workload(name).check(values, all, error)) throw std::logic_error(error.sentence());
  simulated::Machine machine(model);
  const Placement placement(model.topology, "compact", workers);
  const auto* const entry =
      find(schedulers::policies_in<env::Simulated>(), policy);  // before the machine's memory serves
  const auto start = [&] { return entry->start(placement, RuntimeConfig{}, {}); };
  const Result result = find(workloads_in<env::Simulated>(), name)->measure(machine, start, all);
  for (const auto& check : result.checks) EXPECT_EQ(check.expected, check.got) << name << " " << check.name;
  EXPECT_FALSE(result.checks.empty());
  Figures figures;
  for (const auto& one : result.measurements) figures[one.metric] = one.value;
  return figures;
}

double value(const Figures& figures, const std::string& metric) { return figures.at(metric); }

const SettingValue work = std::string("20us");

TEST(SimulatedGraphs, AnswerRightWithEveryPattern) {
  for (const auto& setting : workload("task-graph").settings) {
    for (const auto& option : setting.choices) {
      const SettingValues values{{"width", 12}, {"steps", 10}, {setting.name, option}};
      for (const char* policy : {"fifo", "work-stealing"}) (void)simulated("task-graph", values, policy);
    }
  }
}

TEST(SimulatedGraphs, OfTheOtherWorkloadsAnswerRight) {
  (void)simulated("cholesky", {{"tiles", 8}});
  (void)simulated("cholesky", {{"tiles", 6}, {"tile_size", 8}, {"kernel", std::string("real")}});
  (void)simulated("uts", {});
  (void)simulated("nqueens", {{"n", 8}});
}

TEST(SimulatedGraphs, GiveTheSameFiguresAgain) {
  const SettingValues values{{"width", 16}, {"steps", 12}, {"kernel", std::string("imbalance")}};
  const Figures one = simulated("task-graph", values), other = simulated("task-graph", values);
  for (const char* metric : {"makespan", "trace_hash", "accesses"}) EXPECT_EQ(value(one, metric), value(other, metric));
  const Figures drawn_anew =
      simulated("task-graph", {{"width", 16}, {"steps", 12}, {"seed", 2}, {"kernel", std::string("imbalance")}});
  EXPECT_NE(value(one, "makespan"), value(drawn_anew, "makespan"));
}

TEST(SimulatedGraphs, DeclareAllTheWorkOfTheirTasks) {
  const Figures graph = simulated("task-graph", {{"width", 16}, {"steps", 12}, {"task_length", work}});
  EXPECT_DOUBLE_EQ(value(graph, "sim_work"), 16 * 12 * 20'000);
  EXPECT_DOUBLE_EQ(value(simulated("uts", {{"node_time", std::string("100ns")}}), "sim_work"),
                   3502 * 100);  // but the root
  const Figures cholesky = simulated("cholesky", {{"tiles", 8}, {"kernel", std::string("real")}, {"tile_size", 4}});
  EXPECT_DOUBLE_EQ(value(cholesky, "sim_work"), 8 * 5'000 + 28 * 15'000 * 2 + 56 * 30'000);
}

// A column's tasks that run on the other node find their memory away.
TEST(SimulatedGraphs, WorkLongerAwayFromTheMemoryThatTheyTouch) {
  SettingValues values{{"width", 16}, {"steps", 12}, {"task_length", work}, {"pattern", std::string("nearest")}};
  EXPECT_EQ(value(simulated("task-graph", values, "fifo"), "sim_away"), 0);
  const double accesses = value(simulated("task-graph", values, "fifo"), "accesses");
  values.insert_or_assign("kernel", std::string("memory"));
  const Figures memory = simulated("task-graph", values, "fifo");
  EXPECT_GT(value(memory, "sim_away"), 0);
  EXPECT_GT(value(memory, "accesses"), accesses + 16 * 12 * 2 * 64);  // reads and writes every line of 4 KiB
  EXPECT_EQ(value(simulated("task-graph", values, "fifo", 1), "sim_away"), 0);
}

TEST(SimulatedMetg, GrowsWithWhatTheRuntimeCosts) {
  const SettingValues values{{"steps", 20}};
  double before = 0;
  for (const simulated::Ps factor : {1, 3, 9}) {
    const Figures result = simulated("metg", values, "work-stealing", 8, factor);
    EXPECT_GT(value(result, "peak_efficiency"), 0.5) << factor;
    EXPECT_GT(value(result, "metg"), 1.5 * before) << factor;
    before = value(result, "metg");
  }
}

// What METG says: with tasks of that length the graph runs at half of its best efficiency.
TEST(SimulatedMetg, IsTheLengthAtHalfOfTheBestEfficiency) {
  const Figures metg = simulated("metg", {{"width", 8}, {"steps", 50}});
  const auto length = static_cast<std::int64_t>(std::llround(value(metg, "metg")));
  const Figures there =
      simulated("task-graph", {{"width", 8}, {"steps", 50}, {"task_length", std::to_string(length) + "ns"}});
  EXPECT_NEAR(value(there, "efficiency") / value(metg, "peak_efficiency"), 0.5, 0.1);
}

}  // namespace
}  // namespace rota::workloads::testing
