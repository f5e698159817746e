// The error of a prediction, exact on figures that the test chose.
#include "analysis/figures/prediction.hpp"

#include <gtest/gtest.h>

#include "analysis/figures/summary.hpp"
#include "fabricated_run.hpp"
#include "shown.hpp"

namespace rota::analysis {
namespace {

using testing::FabricatedCell;
using testing::TemporaryFolder;

FabricatedCell cell(const char* policy, const char* machine, unsigned workers, double time, double stolen = 0,
                    const char* placement = "compact") {
  FabricatedCell one{.policy = policy, .workers = workers, .metrics = {{"time", "ns", time}, {"stolen", "1", stolen}}};
  one.machine = machine;
  one.placement = placement;
  if (*machine) one.metrics.push_back({"sim_work", "ns", 5});
  return one;
}

record::Run paired(const std::filesystem::path& folder) {
  testing::write_run(folder, {cell("fifo", "", 1, 100, 4), cell("fifo", "host", 1, 90, 5),           // -10 %
                              cell("stealing", "", 1, 200), cell("stealing", "host", 1, 230),        // +15 %
                              cell("lifo", "", 1, 50), cell("lifo", "host", 1, 52),                  // +4 %
                              cell("fifo", "", 2, 80), cell("fifo", "host", 2, 20),                  // -75 %
                              cell("fifo", "", 2, 80, 0, "scatter"), cell("lifo", "host", 2, 70)});  // no twin
  return record::read_run(folder);
}

TEST(Prediction, PairsOnlyWhatIsTheSameButForTheWorld) {
  const TemporaryFolder folder;
  const std::vector<Pair> pairs = find_pairs(summarise(paired(folder.path())).panels);
  ASSERT_EQ(pairs.size(), 5U) << "four of time; of stolen the measured zeros have no relative error";
  EXPECT_EQ(pairs[0].metric, "time");
  EXPECT_EQ(pairs[4].metric, "stolen");
  EXPECT_EQ(pairs[4].error(), 0.25);
}

TEST(Prediction, HasExactErrorsForEveryMetricAndNumberOfWorkers) {
  const TemporaryFolder folder;
  const std::vector<ErrorRow> rows = error_rows(find_pairs(summarise(paired(folder.path())).panels));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].metric, "time");
  EXPECT_EQ(rows[0].workers, 1U);
  EXPECT_EQ(rows[0].pairs, 3U);
  EXPECT_DOUBLE_EQ(rows[0].median, 0.04);
  EXPECT_DOUBLE_EQ(rows[0].magnitude, 0.10);
  EXPECT_DOUBLE_EQ(rows[0].worst.error(), 0.15);
  EXPECT_EQ(rows[0].worst.policy, "stealing");
  EXPECT_EQ(rows[1].workers, 2U);
  EXPECT_DOUBLE_EQ(rows[1].median, -0.75);
  EXPECT_EQ(rows[2].metric, "stolen");
}

TEST(Prediction, SaysHowFarOffItTypicallyIsWithoutLeaningOnCounts) {
  const TemporaryFolder folder;
  const auto run = paired(folder.path());
  EXPECT_EQ(
      prediction_sentence(summarise(run), find_pairs(summarise(run).panels)),
      "Against 4 figures measured on real threads the simulated one is typically off by 12 %; the worst is -75 %: "
      "time of fifo · spawn · 2 workers, compact, on host.");
}

TEST(Prediction, IsDrawnAsMeasuredAgainstSimulated) {
  const TemporaryFolder folder;
  const auto run = paired(folder.path());
  const Json section = testing::page_of(run)["prediction"];
  ASSERT_EQ(section["charts"].size(), 1U) << "bare counts are not drawn";
  const Json& chart = section["charts"][0];
  EXPECT_EQ(chart["title"], "time (measured and simulated)");
  EXPECT_EQ(chart["mark"], "measured on real threads against simulated on host");
  EXPECT_EQ(chart["log"], true);
  EXPECT_EQ(chart["series"][0]["name"], "fifo");
  EXPECT_EQ(chart["series"][0]["points"][0]["x"], 100);
  EXPECT_EQ(chart["series"][0]["points"][0]["y"], 90);
  EXPECT_EQ(section["rows"][0]["worstText"], "+15 %");
}

TEST(Prediction, OfARunThatMeasuredNothingSaysSoAndWhereTheErrorIsFound) {
  const TemporaryFolder folder;
  testing::write_run(folder.path() / "sim", {cell("fifo", "2s-64c", 1, 100)});
  const Json section = testing::page_of(record::read_run(folder.path() / "sim"))["prediction"];
  EXPECT_EQ(section["text"],
            "Nothing in this run was measured: every figure is a prediction. Run sim-vs-real to see the error on this "
            "host.");
  EXPECT_TRUE(section["rows"].empty());
  testing::write_run(folder.path() / "real", {cell("fifo", "", 1, 100)});
  EXPECT_TRUE(testing::page_of(record::read_run(folder.path() / "real"))["prediction"].is_null());
}

}  // namespace
}  // namespace rota::analysis
