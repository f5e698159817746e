// Which charts a run gets, what they hold, and that their sentences claim no more than the intervals do.
#include "analysis/charts.hpp"

#include <gtest/gtest.h>

#include "fabricated_run.hpp"

namespace rota::analysis {
namespace {

using testing::FabricatedCell;
using testing::TemporaryFolder;

struct Timing {
  std::string policy;
  std::vector<double> values;  // one per block
};

Run run_of(const std::filesystem::path& folder, const std::vector<Timing>& timings, const char* unit = "ns",
           std::vector<experiments::ReportChart> report = {}) {
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
  experiments::Manifest manifest = testing::plain_manifest();
  manifest.report = std::move(report);
  testing::write_run(folder, cells, manifest, "[[policy]]\nuse = \"fifo\"\n");
  return read_run(folder);
}

std::string answer_of(const std::vector<Timing>& timings, const char* unit = "ns") {
  const TemporaryFolder folder;
  const auto run = run_of(folder.path(), timings, unit);
  return make_charts(run, summarise(run)).charts.at(0)["answer"];
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
  const auto run = read_run(folder.path());
  const Json charts = make_charts(run, summarise(run)).charts;
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

TEST(Charts, DrawASweptParameterAsLinesOverALogAxis) {
  const TemporaryFolder folder;
  testing::write_scaling(folder.path());
  const auto run = read_run(folder.path());
  const Json charts = make_charts(run, summarise(run)).charts;
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
  experiments::ReportChart wish;
  wish.x = "workers";
  wish.against = "stealing";
  wish.title = "Who gains?";
  const auto run = run_of(folder.path(), {{"fifo", {200, 200, 200}}, {"stealing", {100, 100, 100}}}, "ns", {wish});
  const ChartSet set = make_charts(run, summarise(run));
  ASSERT_EQ(set.charts.size(), 1U);
  EXPECT_EQ(set.charts[0]["title"], "Who gains?");
  EXPECT_EQ(set.charts[0]["yName"], "× better than stealing");
  EXPECT_EQ(set.charts[0]["reference"], 1);
  EXPECT_EQ(set.charts[0]["series"][0]["points"][0]["y"], 0.5);
  EXPECT_TRUE(set.notes.empty());
}

TEST(Charts, SayWhichWishOfTheDefinitionHasNoFigures) {
  const TemporaryFolder folder;
  experiments::ReportChart wish;
  wish.metric = "latency";
  const auto run = run_of(folder.path(), {{"fifo", {200}}}, "ns", {wish});
  const ChartSet set = make_charts(run, summarise(run));
  EXPECT_TRUE(set.charts.empty());
  ASSERT_EQ(set.notes.size(), 1U);
  EXPECT_NE(set.notes[0].find("latency"), std::string::npos);
}

}  // namespace
}  // namespace rota::analysis
