// What the simulator tells of its cells: where time went, who stole from whom, apart from the workloads' figures.
#include <gtest/gtest.h>

#include <numeric>

#include "analysis/charts/steal_maps.hpp"
#include "analysis/charts/time_charts.hpp"
#include "analysis/figures/steals.hpp"
#include "analysis/figures/time_shares.hpp"
#include "fabricated_run.hpp"
#include "shown.hpp"

namespace rota::analysis {
namespace {

using testing::FabricatedCell;
using testing::TemporaryFolder;

FabricatedCell simulated(const char* policy, unsigned workers, unsigned block = 0) {
  FabricatedCell cell{.policy = policy, .workers = workers, .block = block, .metrics = {{"time", "ns", 9}}};
  cell.machine = "2s-64c";
  return cell;
}

// `spent` in the order of `causes`, summed over the workers.
FabricatedCell accounted(unsigned workers, unsigned block, double time, std::array<double, 7> spent) {
  FabricatedCell cell = simulated("fifo", workers, block);
  for (std::size_t i = 0; i < spent.size(); ++i)
    cell.metrics.push_back({std::string(causes[i].metric), "ns", spent[i]});
  cell.metrics.push_back({"sim_time", "ns", time});
  cell.metrics.push_back({"trace_hash", "1", 123456789});
  return cell;
}

TEST(TimeShares, AreOfWorkersTimesTimeAndTheMeanOfTheRepetitions) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(),
                     {accounted(4, 0, 100, {200, 20, 40, 60, 30, 40, 10}),
                      accounted(4, 1, 50, {140, 0, 20, 20, 10, 10, 0}), accounted(1, 0, 400, {400, 0, 0, 0, 0, 0, 0})});
  const std::vector<TimeByCause> all = time_by_cause(record::read_run(folder.path()));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].workers, (std::vector<unsigned>{1, 4}));
  EXPECT_DOUBLE_EQ(all[0].shares[0][0], 1);
  EXPECT_DOUBLE_EQ(all[0].shares[1][0], 0.6);
  EXPECT_DOUBLE_EQ(all[0].shares[1][3], 0.125);
}

TEST(TimeShares, AddToAHundredPerCentInEveryBar) {
  const TemporaryFolder folder;
  testing::write_numa(folder.path());
  const Json charts = time_charts(time_by_cause(record::read_run(folder.path())));
  ASSERT_EQ(charts.size(), 8U) << "four policies, two placements";
  for (const Json& chart : charts) {
    ASSERT_EQ(chart["categories"].size(), 9U);
    for (std::size_t bar = 0; bar < 9; ++bar) {
      double sum = 0;
      for (const Json& cause : chart["causes"]) sum += cause["values"][bar].get<double>();
      EXPECT_NEAR(sum, 100, 1e-9) << chart["title"];
    }
  }
  EXPECT_EQ(charts[0]["title"], "fifo (simulated)");
  EXPECT_EQ(charts[0]["group"], "fork-join, compact on 8s-256c");
}

TEST(TimeShares, OfCellsThatTellNothingAreLeftOut) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(), {simulated("fifo", 4)});
  EXPECT_TRUE(time_by_cause(record::read_run(folder.path())).empty());
}

FabricatedCell stealing(const char* policy, unsigned workers, unsigned block, std::vector<std::vector<unsigned>> rows) {
  FabricatedCell cell = simulated(policy, workers, block);
  cell.steals = std::move(rows);
  return cell;
}

TEST(Steals, AreSummedOverRepetitionsAtTheLargestNumberOfWorkers) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(),
                     {stealing("near", 4, 0, {{10, 1}, {2, 20}}), stealing("near", 2, 0, {{99, 99}, {99, 99}}),
                      stealing("near", 4, 1, {{5, 0}, {3, 9}}), stealing("fifo", 4, 0, {{0, 0}, {0, 0}})});
  const auto run = record::read_run(folder.path());
  const std::vector<NodeSteals> all = steals_between_nodes(run);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].policy, run.policies[0]);
  const NodeSteals& near = all[0].policy == "near" ? all[0] : all[1];
  EXPECT_EQ(near.workers, 4U);
  EXPECT_EQ(near.repetitions, 2U);
  EXPECT_EQ(near.rows, (std::vector<std::vector<double>>{{15, 1}, {5, 29}}));
  EXPECT_EQ(near.total(), 50);
  EXPECT_EQ(near.near(), 44);
}

TEST(Steals, AreMappedByThiefAndVictimAndThoseWhoNeverStealAreNamed) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(),
                     {stealing("near", 4, 0, {{10, 1}, {2, 27}}), stealing("fifo", 4, 0, {{0, 0}, {0, 0}})});
  const Json maps = steal_maps(steals_between_nodes(record::read_run(folder.path())));
  ASSERT_EQ(maps["charts"].size(), 1U);
  const Json& chart = maps["charts"][0];
  EXPECT_EQ(chart["title"], "near (simulated)");
  EXPECT_EQ(chart["answer"], "92 % of 40 steals stay on their node.");
  EXPECT_EQ(chart["mark"], "simulated on 2s-64c, 1 repetition together");
  ASSERT_EQ(chart["cells"].size(), 4U);
  EXPECT_EQ(chart["cells"][1].dump(), "{\"x\":1,\"y\":0,\"value\":1.0}") << "y is the thief's node, x the victim's";
  EXPECT_EQ(maps["notes"], Json({"No steals in spawn, compact on 2s-64c: fifo."}));
}

TEST(Account, StandsInASectionOfItsOwnAndIsNeverRanked) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(), {accounted(4, 0, 100, {200, 20, 40, 60, 30, 40, 10})});
  const auto run = record::read_run(folder.path());
  const Json data = testing::page_of(run);
  ASSERT_EQ(data["table"].size(), 1U);
  EXPECT_EQ(data["table"][0]["metric"], "time");
  EXPECT_EQ(data["account"].size(), 8U) << "seven causes and sim_time; a hash has no median";
  for (const Json& row : data["account"]) EXPECT_EQ(row["best"], false);
  const std::string table = testing::table_of(run);
  EXPECT_EQ(table.find("sim_work"), std::string::npos) << table;
  EXPECT_NE(table.find("also hold: where simulated time went."), std::string::npos) << table;
}

}  // namespace
}  // namespace rota::analysis
