// Which charts a run gets, what they hold, and that their sentences claim no more than the intervals do.
#include "analysis/charts/charts.hpp"

#include <gtest/gtest.h>

#include "fabricated_run.hpp"
#include "shown.hpp"

namespace rota::analysis {
namespace {

using testing::FabricatedCell;
using testing::TemporaryFolder;

struct Timing {
  std::string policy;
  std::vector<double> values;  // one per block
};

record::Run run_of(const std::filesystem::path& folder, const std::vector<Timing>& timings, const char* unit = "ns",
                   std::vector<record::ReportChart> report = {}) {
  std::vector<FabricatedCell> cells;
  for (const auto& [policy, values] : timings) {
    for (unsigned block = 0; block < values.size(); ++block) {
      cells.push_back({.policy = policy,
                       .workers = 2,
                       .block = block,
                       .metrics = {{"ns_per_task", unit, values[block]}},
                       .policy_config = {}});
    }
  }
  record::Manifest manifest = testing::plain_manifest();
  manifest.report = std::move(report);
  testing::write_run(folder, cells, manifest, {{"fifo"}});
  return record::read_run(folder);
}

std::string answer_of(const std::vector<Timing>& timings, const char* unit = "ns") {
  const TemporaryFolder folder;
  const auto run = run_of(folder.path(), timings, unit);
  return testing::charts_of(run).charts.at(0)["answer"];
}

TEST(Answer, NamesTheFastestAndItsGainInsideBlocks) {
  EXPECT_EQ(answer_of({{"fifo", {180, 190, 200}}, {"stealing", {100, 100, 100}}}),
            "stealing is 1.90× faster than fifo at 2 workers [1.80, 2.00].");
}

TEST(Answer, ClaimsNothingWhereTheIntervalCoversOne) {
  EXPECT_EQ(answer_of({{"fifo", {100, 100, 100}}, {"stealing", {110, 95, 90}}}),
            "stealing has the best median at 2 workers, but cannot be told apart from fifo: 1.05× [0.91, 1.11].");
  EXPECT_EQ(answer_of({{"fifo", {100, 100, 100}}, {"stealing", {110, 105, 90}}}),
            "fifo and stealing cannot be told apart at 2 workers: the ratio is 0.95 [0.91, 1.11].");
}

TEST(Answer, TurnsTheRatioAroundIfTheBaselineLeads) {
  EXPECT_EQ(answer_of({{"fifo", {100, 100, 100}}, {"stealing", {200, 250, 400}}}),
            "fifo is 2.50× faster than stealing at 2 workers [2.00, 4.00].");
}

TEST(Answer, TakesMoreForBetterWhereTheUnitIsARate) {
  EXPECT_EQ(answer_of({{"fifo", {100, 100, 100}}, {"stealing", {300, 200, 400}}}, "1/s"),
            "stealing reaches 3.00× the rate of fifo at 2 workers [2.00, 4.00].");
}

TEST(Charts, OfQuickstartAreAMapAndBarsForEveryWorkload) {
  const TemporaryFolder folder;
  testing::write_quickstart(folder.path());
  const auto run = record::read_run(folder.path());
  const Json charts = testing::charts_of(run).charts;
  ASSERT_EQ(charts.size(), 7U);
  EXPECT_EQ(charts[0]["kind"], "heat");
  EXPECT_EQ(charts[0]["rows"].size(), 6U);
  for (std::size_t i = 1; i < charts.size(); ++i) {
    EXPECT_EQ(charts[i]["kind"], "bars");
    EXPECT_EQ(charts[i]["mark"], "measured on real threads");
    EXPECT_EQ(charts[i]["series"].size(), 4U) << "the control must not be drawn";
    for (std::size_t policy = 0; policy < 4; ++policy) EXPECT_EQ(charts[i]["series"][policy]["colour"], policy);
  }
  EXPECT_EQ(charts[1]["yName"], "time per task, ns");
  EXPECT_EQ(charts[5]["yName"], "memory per task, B");
}

TEST(Charts, OfAMapLeaveOutWhatTheBaselineDoesNotRunAndSayWhereWorkloadsDiffer) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells;
  for (const char* policy : {"fifo", "stealing"}) {
    cells.push_back({.policy = policy, .workload = "one", .workers = 1, .metrics = {{"time", "ns", 10}}});
    cells.push_back({.policy = policy, .workload = "two", .workers = 2, .metrics = {{"time", "ns", 10}}});
  }
  cells.push_back({.policy = "stealing", .workload = "alone", .workers = 1, .metrics = {{"time", "ns", 10}}});
  testing::write_run(folder.path(), cells);
  const auto run = record::read_run(folder.path());
  const Json map = testing::charts_of(run, "fifo").charts.at(0);
  EXPECT_EQ(map["rows"], Json({"one", "two"}));
  EXPECT_EQ(map["cells"].size(), 2U);
  EXPECT_EQ(map["subtitle"], "times better than fifo at the most workers of each");
}

TEST(Charts, DrawASweptParameterAsLinesOverALogAxis) {
  const TemporaryFolder folder;
  testing::write_scaling(folder.path());
  const auto run = record::read_run(folder.path());
  const Json charts = testing::charts_of(run).charts;
  ASSERT_EQ(charts.size(), 1U);
  EXPECT_EQ(charts[0]["kind"], "lines");
  EXPECT_EQ(charts[0]["title"], "spawn");
  EXPECT_EQ(charts[0]["xName"], "tasks");
  EXPECT_EQ(charts[0]["xLog"], true);
  EXPECT_EQ(charts[0]["categories"], Json({"1k tasks", "10k tasks", "100k tasks", "1M tasks"}));
  EXPECT_EQ(charts[0]["series"][0]["points"][3]["x"], 1e6);
  EXPECT_EQ(charts[0]["series"][0]["points"][3]["count"], 7);
  EXPECT_NE(charts[0]["answer"].get<std::string>().find("From 1k tasks to 1M tasks, work-stealing stays within 1."),
            std::string::npos);
}

TEST(Charts, OfTheDefinitionComeInsteadOfTheDefaultsAndAgainstItsBaseline) {
  const TemporaryFolder folder;
  record::ReportChart wish;
  wish.x = "workers";
  wish.against = "stealing";
  wish.title = "Who gains?";
  const auto run = run_of(folder.path(), {{"fifo", {200, 200, 200}}, {"stealing", {100, 100, 100}}}, "ns", {wish});
  const ChartSet set = testing::charts_of(run);
  ASSERT_EQ(set.charts.size(), 1U);
  EXPECT_EQ(set.charts[0]["title"], "Who gains?");
  EXPECT_EQ(set.charts[0]["yName"], "× better than stealing");
  EXPECT_EQ(set.charts[0]["reference"], 1);
  EXPECT_EQ(set.charts[0]["series"][0]["points"][0]["y"], 0.5);
  EXPECT_TRUE(set.notes.empty());
}

TEST(Charts, SayWhichWishOfTheDefinitionHasNoFigures) {
  const TemporaryFolder folder;
  record::ReportChart wish;
  wish.metric = "latency";
  const auto run = run_of(folder.path(), {{"fifo", {200}}}, "ns", {wish});
  const ChartSet set = testing::charts_of(run);
  EXPECT_TRUE(set.charts.empty());
  ASSERT_EQ(set.notes.size(), 1U);
  EXPECT_NE(set.notes[0].find("latency"), std::string::npos);
}

// `values` at 1, 2, 4 … workers in each of two blocks.
std::vector<FabricatedCell> scaling(const char* policy, const std::vector<double>& values, const char* unit = "ns") {
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 2; ++block) {
    unsigned workers = 1;
    for (const double value : values) {
      cells.push_back({.policy = policy, .workers = workers, .block = block, .metrics = {{"makespan", unit, value}}});
      cells.back().metrics.push_back({"steals", "1", 1});
      workers *= 2;
    }
  }
  return cells;
}

Json speedups(const char* unit, const std::string& against, const std::vector<double>& fifo,
              const std::vector<double>& near) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells = scaling("fifo", fifo, unit);
  for (FabricatedCell& cell : scaling("near", near, unit)) cells.push_back(std::move(cell));
  record::Manifest manifest = testing::plain_manifest();
  record::ReportChart wish;
  wish.chart = "lines";
  wish.x = "workers";
  wish.y = "speedup(makespan)";
  wish.against = against;
  manifest.report = {wish};
  testing::write_run(folder.path(), cells, manifest);
  const auto run = record::read_run(folder.path());
  return testing::charts_of(run).charts.at(0);
}

std::vector<double> ys(const Json& series) {
  std::vector<double> values;
  for (const Json& point : series["points"]) values.push_back(point["y"]);
  return values;
}

TEST(Speedup, IsOverThePolicyItselfAtTheFewestWorkers) {
  const Json chart = speedups("ns", "", {100, 50, 40}, {200, 100, 20});
  EXPECT_EQ(chart["yName"], "speed-up, × itself at 1 worker");
  EXPECT_EQ(chart["ideal"], 1);
  EXPECT_EQ(ys(chart["series"][0]), (std::vector<double>{1, 2, 2.5}));
  EXPECT_EQ(ys(chart["series"][1]), (std::vector<double>{1, 2, 10}));
  EXPECT_EQ(chart["answer"], "near gains most: 10.0× over itself at 1 worker, at 4 workers.");
}

TEST(Speedup, IsOverTheNamedPolicyAndTurnsAroundForRates) {
  EXPECT_EQ(ys(speedups("ns", "fifo", {100, 50, 40}, {200, 100, 20})["series"][1]), (std::vector<double>{0.5, 1, 5}));
  EXPECT_EQ(ys(speedups("1/s", "", {100, 150, 300}, {1, 1, 1})["series"][0]), (std::vector<double>{1, 1.5, 3}));
}

TEST(Charts, HaveOneForEachPlacementAndMachineOverAllWorkerCounts) {
  const TemporaryFolder folder;
  testing::write_numa(folder.path());
  const auto run = record::read_run(folder.path());
  const Json charts = testing::charts_of(run).charts;
  ASSERT_EQ(charts.size(), 6U) << "three wishes, two placements";
  EXPECT_EQ(charts[0]["title"], "Speed-up (simulated)");
  EXPECT_EQ(charts[0]["subtitle"], "fork-join, makespan, compact");
  EXPECT_EQ(charts[1]["subtitle"], "fork-join, makespan, scatter");
  for (const Json& chart : charts) {
    ASSERT_EQ(chart["series"].size(), 4U);
    EXPECT_EQ(chart["series"][0]["points"].size(), 9U);
    EXPECT_EQ(chart["xLog"], true);
  }
  EXPECT_EQ(charts[4]["yName"], "sim line wait, s") << "what the simulator tells can be asked for";
}

TEST(Charts, DrawPercentilesAgainstLoadForEachDistributionOnOneKindOfAxis) {
  const TemporaryFolder folder;
  testing::write_tail(folder.path());
  const auto run = record::read_run(folder.path());
  const ChartSet set = testing::charts_of(run);
  ASSERT_EQ(set.charts.size(), 6U) << "two percentiles, three distributions";
  EXPECT_TRUE(set.notes.empty());
  for (const Json& chart : set.charts) {
    EXPECT_EQ(chart["kind"], "lines");
    EXPECT_EQ(chart["xName"], "load");
    EXPECT_EQ(chart["xLog"], false);
    EXPECT_EQ(chart["yLog"], true) << chart["title"] << ": its neighbours span more than a factor of 50";
    EXPECT_EQ(chart["series"].size(), 3U);
    EXPECT_EQ(chart["series"][0]["points"].size(), 7U);
  }
  EXPECT_EQ(set.charts[0]["title"], "exponential (simulated)") << "the definition's order";
  EXPECT_EQ(set.charts[0]["yName"].get<std::string>().substr(0, 11), "latency p99");
  EXPECT_EQ(set.charts[3]["yName"].get<std::string>().substr(0, 12), "latency p999");
}

TEST(Charts, CountDurationsOfASweepInNanoseconds) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells;
  for (const char* length : {"500ns", "2us", "1ms"}) {
    cells.push_back({.workload = std::string("stencil task_length=") + length, .metrics = {{"efficiency", "1", 0.5}}});
    cells.back().workload_config = {{"task_length", std::string(length)}};
  }
  record::Manifest manifest = testing::plain_manifest();
  record::ReportChart wish;
  wish.chart = "lines";
  wish.metric = "efficiency";
  wish.x = "task_length";
  manifest.report = {wish};
  testing::write_run(folder.path(), cells, manifest);
  const auto run = record::read_run(folder.path());
  const Json chart = testing::charts_of(run).charts.at(0);
  EXPECT_EQ(chart["xName"], "task_length, ns");
  EXPECT_EQ(chart["xLog"], true);
  EXPECT_EQ(chart["categories"], Json({"task_length = 500 ns", "task_length = 2.00 µs", "task_length = 1.00 ms"}));
  EXPECT_EQ(chart["series"][0]["points"][2]["x"], 1e6);
}

TEST(Charts, TakeALogAxisOnlyIfFiguresDifferByMoreThanFifty) {
  const TemporaryFolder folder;
  const auto log_of = [&](const char* name, double large) {
    const auto run = run_of(folder.path() / name, {{"fifo", {1}}, {"stealing", {large}}});
    return testing::charts_of(run).charts[0]["yLog"];
  };
  EXPECT_EQ(log_of("fifty", 50), false);
  EXPECT_EQ(log_of("more", 51), true);
}

}  // namespace
}  // namespace rota::analysis
