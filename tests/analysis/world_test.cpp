// Measured and simulated figures: never one sample, never without a mark.
#include "analysis/words/world.hpp"
#include "analysis/figures/worlds.hpp"

#include <gtest/gtest.h>

#include "analysis/export/export.hpp"
#include "analysis/figures/trust.hpp"
#include "fabricated_run.hpp"
#include "shown.hpp"

namespace rota::analysis {
namespace {

using testing::FabricatedCell;
using testing::TemporaryFolder;

FabricatedCell timed(const char* policy, const char* machine, double value, unsigned block = 0) {
  FabricatedCell cell{.policy = policy, .workers = 2, .block = block, .metrics = {{"time", "ns", value}}};
  cell.machine = machine;
  return cell;
}

// The same policy and workload measured, and simulated on two machines.
record::Run three_places(const std::filesystem::path& folder) {
  testing::write_run(folder, {timed("fifo", "", 100), timed("fifo", "2s-64c", 10), timed("fifo", "host", 80),
                              timed("fifo", "", 102, 1), timed("fifo", "2s-64c", 12, 1), timed("fifo", "host", 82, 1)});
  return record::read_run(folder);
}

TEST(Worlds, AreReadWithTheMachineThatCellsWereSimulatedOn) {
  const TemporaryFolder folder;
  const auto run = three_places(folder.path());
  EXPECT_EQ(run.cells[0].world(), record::World::real);
  EXPECT_EQ(run.cells[0].machine(), "host");
  EXPECT_EQ(run.cells[1].world(), record::World::simulated);
  EXPECT_EQ(run.cells[1].machine(), "2s-64c");
  EXPECT_EQ(simulated_machines(run), (std::vector<std::string>{"2s-64c", "host"}));
  ASSERT_EQ(run.manifest.machines.size(), 2U);
  EXPECT_EQ(run.manifest.machines.at("2s-64c").text, testing::machine_text());
}

TEST(Worlds, NeverMergeIntoOneStatistic) {
  const TemporaryFolder folder;
  const Summary summary = summarise(three_places(folder.path()));
  ASSERT_EQ(summary.panels.size(), 1U);
  const Panel& panel = summary.panels[0];
  ASSERT_EQ(panel.columns.size(), 3U);
  const auto median_at = [&](record::World kind, const char* machine) {
    const auto at = std::ranges::find(panel.columns, Column{kind, machine, 2, "compact"}) - panel.columns.begin();
    return panel.rows[0].figures.at(static_cast<std::size_t>(at))->value.median;
  };
  EXPECT_EQ(median_at(record::World::real, "host"), 101);
  EXPECT_EQ(median_at(record::World::simulated, "2s-64c"), 11);
  EXPECT_EQ(median_at(record::World::simulated, "host"), 81);
}

TEST(Worlds, ShareAChartOnlyAsMarkedSeries) {
  const TemporaryFolder folder;
  const auto run = three_places(folder.path());
  const Json charts = testing::charts_of(run).charts;
  ASSERT_EQ(charts.size(), 2U) << "one for each machine";
  EXPECT_EQ(charts[0]["title"], "spawn (simulated)");
  EXPECT_EQ(charts[0]["subtitle"], "time on 2s-64c");
  EXPECT_EQ(charts[0]["mark"], "simulated on 2s-64c");
  EXPECT_EQ(charts[1]["title"], "spawn (measured and simulated)");
  EXPECT_EQ(charts[1]["mark"], "measured on real threads and simulated on host");
  ASSERT_EQ(charts[1]["series"].size(), 2U);
  EXPECT_EQ(charts[1]["series"][0]["name"], "fifo");
  EXPECT_EQ(charts[1]["series"][0]["simulated"], false);
  EXPECT_EQ(charts[1]["series"][0]["points"][0]["y"], 101);
  EXPECT_EQ(charts[1]["series"][1]["name"], "fifo (simulated)");
  EXPECT_EQ(charts[1]["series"][1]["simulated"], true);
  EXPECT_EQ(charts[1]["series"][1]["points"][0]["y"], 81);
  EXPECT_EQ(charts[1]["series"][1]["points"][0]["x"], charts[1]["series"][0]["points"][0]["x"]) << "side by side";
  EXPECT_EQ(charts[1]["answer"], "fifo: 101 ns at 2 workers. fifo: 81.0 ns at 2 workers (simulated).");
}

TEST(Worlds, HaveMapsOfTheirOwn) {
  const TemporaryFolder folder;
  testing::write_both_worlds(folder.path());
  const auto run = record::read_run(folder.path());
  const Json charts = testing::charts_of(run).charts;
  EXPECT_EQ(charts[0]["title"], "At a glance");
  EXPECT_EQ(charts[0]["mark"], "measured on real threads");
  EXPECT_EQ(charts[1]["title"], "At a glance (simulated)");
  EXPECT_EQ(charts[1]["mark"], "simulated on host");
}

constexpr const char* golden = R"(spawn · time  (less is better)
          2 workers                × vs fifo             2 workers                × vs fifo
          measured                                       sim: 2s-64c
  fifo    101 ns [100, 102]                              11.0 ns [10.0, 12.0]
          2 workers                × vs fifo
          sim: host
  fifo    81.0 ns [80.0, 82.0]

Median over processes [range of 2 repetitions, too few for an interval: it covers the true median with 50 %]. × vs fifo:
  times better, taken inside blocks; above 1 is better.
sim: these figures are simulated on 2s-64c and host; their costs are stated, not measured, but for those of host.
Against 2 figures measured on real threads the simulated one is typically off by 54 %; the worst is -89 %: time of fifo
  · spawn · 2 workers, compact, on 2s-64c.
Repetitions typically spread by ±1.0 % around their median.
)";

TEST(Worlds, AreNamedInTheTerminalsTable) {
  const TemporaryFolder folder;
  EXPECT_EQ(testing::table_of(three_places(folder.path())), golden);
}

TEST(Worlds, StandInEveryRowOfThePageAndOfTheExport) {
  const TemporaryFolder folder;
  const auto run = three_places(folder.path());
  const Json data = testing::page_of(run);
  std::vector<std::string> badges;
  for (const Json& row : data["table"]) badges.push_back(row["badge"]);
  EXPECT_EQ(badges, (std::vector<std::string>{"", "sim: 2s-64c", "sim: host"}));
  EXPECT_EQ(data["legend"][1]["label"], "fifo (simulated)");
  EXPECT_EQ(data["provenance"], "measured on real threads and simulated on 2s-64c and host");
  const std::string csv = export_csv(run);
  for (const char* row :
       {",real,host,2,0,time,ns,100\n", ",sim,2s-64c,2,0,time,ns,10\n", ",sim,host,2,1,time,ns,82\n"}) {
    EXPECT_NE(csv.find(row), std::string::npos) << row << csv;
  }
}

TEST(Worlds, WithoutRealThreadsNeedNoTwinsAndKnowNoNoise) {
  const TemporaryFolder folder;
  record::Manifest manifest = testing::plain_manifest();
  manifest.host["noise"] = "the load average is 3.00 on 2 CPUs";
  const std::vector<FabricatedCell> simulated{timed("fifo", "host", 100), timed("fifo", "host", 200, 1)};
  testing::write_run(folder.path() / "sim", simulated, manifest);
  const auto run = record::read_run(folder.path() / "sim");
  const Summary summary = summarise(run);
  EXPECT_FALSE(summary.noise.measured);
  EXPECT_TRUE(summary.noise.reasons.empty());
  EXPECT_EQ(testing::table_of(run).find("NOISY"), std::string::npos);
  EXPECT_EQ(testing::page_of(run)["measured"], false);
  // Beside measured cells the simulated ones say nothing of the host.
  std::vector<FabricatedCell> both = simulated;
  both.push_back(timed("fifo", "", 100));
  both.push_back(timed("fifo", "", 101, 1));
  testing::write_run(folder.path() / "both", both, manifest);
  const Noise noise = summarise(record::read_run(folder.path() / "both")).noise;
  EXPECT_LT(noise.spread, 0.01);
  EXPECT_EQ(noise.reasons, (std::vector<std::string>{"the load average is 3.00 on 2 CPUs"}));
}

TEST(Worlds, KeepSimulatedTwinsOutOfTheNoiseOfTheHost) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 3; ++block) {
    for (const char* policy : {"fifo", "fifo (A/A)"}) {
      const double slower = policy[4] == 0 ? 1 : 1.5;
      cells.push_back(timed(policy, "", 100 * slower, block));
      cells.push_back(timed(policy, "host", 100, block));
    }
  }
  testing::write_run(folder.path(), cells);
  const Summary summary = summarise(record::read_run(folder.path()));
  ASSERT_EQ(summary.controls.size(), 1U);
  EXPECT_EQ(summary.controls[0].ratio->count, 3U);
  EXPECT_FALSE(summary.controls[0].holds());
}

TEST(Machines, AreShownWithTheirSourcesAndAWarningWhereCostsAreStated) {
  const TemporaryFolder folder;
  const Json machines = testing::page_of(three_places(folder.path()))["machines"];
  ASSERT_EQ(machines.size(), 2U);
  EXPECT_EQ(machines[0]["name"], "2s-64c");
  EXPECT_EQ(machines[0]["summary"], "two small nodes");
  EXPECT_EQ(machines[0]["calibrated"], false);
  EXPECT_EQ(machines[0]["text"], testing::machine_text());
  EXPECT_EQ(machines[1]["calibrated"], true);
  ASSERT_EQ(machines[0]["sources"].size(), 4U);
  EXPECT_EQ(machines[0]["sources"][0]["table"], "load");
  EXPECT_EQ(machines[0]["sources"][0]["source"], "a paper about the load of lines, table 3");
}

}  // namespace
}  // namespace rota::analysis
