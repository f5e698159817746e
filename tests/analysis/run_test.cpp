// Run directories become values: outcomes, labels in the definition's order, and the errors of what is no run.
#include "record/run.hpp"
#include "record/input_error.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "analysis/figures/summary.hpp"
#include "analysis/page/facts.hpp"
#include "fabricated_run.hpp"

namespace rota::analysis {
namespace {

using testing::FabricatedCell;
using testing::TemporaryFolder;
using testing::write_run;

std::string error_of(auto action) {
  try {
    action();
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(ReadRun, PutsLabelsInTheOrderOfTheDefinitionHoweverCellsWereShuffled) {
  const TemporaryFolder folder;
  testing::write_quickstart(folder.path());
  const auto run = record::read_run(folder.path());
  EXPECT_EQ(run.policies,
            (std::vector<std::string>{"fifo", "fifo (A/A)", "work-stealing", "lifo-slot", "round-robin"}));
  EXPECT_EQ(run.workloads, (std::vector<std::string>{"spawn 1k", "yield", "ping-pong", "fib", "memory", "echo"}));
  EXPECT_EQ(run.cells.size(), 180U);
}

TEST(ReadRun, OrdersSweptWorkloadsByTheirParameterAndNotAsText) {
  const TemporaryFolder folder;
  testing::write_scaling(folder.path());
  EXPECT_EQ(
      record::read_run(folder.path()).workloads,
      (std::vector<std::string>{"spawn tasks=1000", "spawn tasks=10000", "spawn tasks=100000", "spawn tasks=1000000"}));
}

TEST(ReadRun, PutsAPolicyWithAnotherAllocatorWhereTheDefinitionHasIt) {
  const TemporaryFolder folder;
  write_run(folder.path(),
            {{.policy = "fifo mimalloc", .metrics = {}, .allocator = "mimalloc"},
             {.policy = "edf", .metrics = {}},
             {.policy = "fifo", .metrics = {}}},
            testing::plain_manifest(), {{"fifo", "edf", "fifo mimalloc"}});
  const auto run = record::read_run(folder.path());
  EXPECT_EQ(run.policies, (std::vector<std::string>{"fifo", "edf", "fifo mimalloc"}));
  EXPECT_EQ(run.cells[0].plan.allocator, "mimalloc");
  const auto facts = facts_of(run.manifest);
  const auto fact = std::ranges::find(facts, "allocator", &Fact::group);
  ASSERT_NE(fact, facts.end());
  EXPECT_EQ(fact->name + ": " + fact->value, "mimalloc: libmimalloc 2.0");
}

TEST(ReadRun, ReportsCellsWithoutAResultAsPending) {
  const TemporaryFolder folder;
  FabricatedCell lost{.metrics = {}};
  lost.outcome = "pending";
  write_run(folder.path(), {lost});
  const auto discarded = discarded_cells(record::read_run(folder.path()));
  ASSERT_EQ(discarded.size(), 1U);
  EXPECT_EQ(discarded[0].outcome, record::Outcome::pending);
  EXPECT_EQ(discarded[0].what, "spawn · fifo · 1 worker · block 0");
}

TEST(ReadRun, TakesCellsOfAPolicyThatEndedAlikeTogether) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 4; ++block) {
    for (const char* workload : {"spawn", "fib"}) {
      cells.push_back({.policy = "peer:go", .workload = workload, .block = block, .metrics = {}});
      cells.back().outcome = "missing";
      cells.back().detail = "peer go: not built";
    }
    cells.push_back({.block = block, .metrics = {}, .outcome = "crashed", .detail = fmt::format("signal {}", block)});
  }
  write_run(folder.path(), cells);
  const auto discarded = discarded_cells(record::read_run(folder.path()));
  ASSERT_EQ(discarded.size(), 5U) << "four crashes, each with a detail of its own";
  EXPECT_EQ(discarded[0].cell, "c0001 …");
  EXPECT_EQ(discarded[0].what, "peer:go · 8 cells of 2 workloads");
  EXPECT_EQ(discarded[0].cells, 8U);
  EXPECT_EQ(discarded[4].what, "spawn · fifo · 1 worker · block 3");
}

TEST(ReadRun, SaysInOneLineWhyAFolderIsNoRun) {
  const TemporaryFolder folder;
  const std::string empty = error_of([&] { (void)record::read_run(folder.path()); });
  EXPECT_NE(empty.find("manifest.json"), std::string::npos) << empty;
  std::ofstream(folder.path() / "manifest.json") << "{\"format\": 1,";
  const std::string damaged = error_of([&] { (void)record::read_run(folder.path()); });
  EXPECT_NE(damaged.find("manifest.json"), std::string::npos) << damaged;
  EXPECT_EQ(damaged.find('\n'), std::string::npos) << damaged;
}

TEST(FindRun, FindsTheLatestByTheTimeOfItsManifest) {
  const TemporaryFolder folder;
  EXPECT_NE(error_of([&] { (void)record::find_run("latest", folder.path()); }).find("no run"), std::string::npos);
  write_run(folder.path() / "a", {});
  write_run(folder.path() / "b", {});
  std::filesystem::create_directory(folder.path() / "z-no-run");
  const auto now = std::filesystem::last_write_time(folder.path() / "a" / "manifest.json");
  for (const char* newest : {"a", "b"}) {  // whichever the folder lists first
    for (const char* name : {"a", "b"}) {
      const auto age = std::chrono::hours(std::string(name) == newest ? 0 : 1);
      std::filesystem::last_write_time(folder.path() / name / "manifest.json", now - age);
    }
    EXPECT_EQ(record::find_run("latest", folder.path()), folder.path() / newest);
  }
  EXPECT_EQ(record::find_run("b", folder.path()), folder.path() / "b");
  EXPECT_NE(error_of([&] { (void)record::find_run("c", folder.path()); }).find("no such run"), std::string::npos);
}

// Two labels of one policy, the second `factor` times the first, in three blocks and on three workloads.
record::Run run_with_control(const std::filesystem::path& folder, double factor) {
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 3; ++block) {
    for (const char* workload : {"a", "b", "c"}) {
      const double wobble = 1 + 0.02 * (static_cast<int>((block + workload[0]) % 3) - 1);
      cells.push_back({.workload = workload, .block = block, .metrics = {{"time", "ns", 100}}});
      cells.push_back({.policy = "fifo (A/A)",
                       .workload = workload,
                       .block = block,
                       .metrics = {{"time", "ns", 100 * factor * wobble}}});
    }
  }
  write_run(folder, cells);
  return record::read_run(folder);
}

TEST(Control, HoldsIfItsIntervalCoversOneAndSaysSoIfNot) {
  const TemporaryFolder folder;
  const Summary good = summarise(run_with_control(folder.path() / "good", 1));
  ASSERT_EQ(good.controls.size(), 1U);
  EXPECT_TRUE(good.controls[0].holds());
  EXPECT_EQ(good.controls[0].ratio->count, 9U);
  const Summary bad = summarise(run_with_control(folder.path() / "bad", 1.2));
  ASSERT_EQ(bad.controls.size(), 1U);
  EXPECT_FALSE(bad.controls[0].holds());
  EXPECT_NE(sentence(bad.controls[0]).find("FAILED"), std::string::npos);
}

TEST(Summary, RanksNoBareCountsAndMarksCellsThatWereNeverSteady) {
  const TemporaryFolder folder;
  write_run(folder.path(),
            {{.metrics = {{"stolen", "1", 5}, {"time", "ns", 100}, {"warm", "1", 1}}},
             {.policy = "stealing", .metrics = {{"stolen", "1", 9}, {"time", "ns", 50}, {"warm", "1", 0}}}});
  const Summary summary = summarise(record::read_run(folder.path()));
  ASSERT_EQ(summary.panels.size(), 2U) << "steadiness is no figure";
  EXPECT_FALSE(summary.panels[0].ranked());
  EXPECT_FALSE(summary.panels[0].primary);
  EXPECT_FALSE(best_row(summary.panels[0], 0));
  EXPECT_FALSE(summary.panels[0].rows[1].figures[0]->gain);
  EXPECT_TRUE(summary.panels[1].primary);
  EXPECT_EQ(best_row(summary.panels[1], 0), 1U);
  EXPECT_EQ(summary.unsteady, (std::vector<std::string>{"spawn · stealing · 1 worker · block 0"}));
}

TEST(Noise, IsStampedIfRepetitionsDifferMuchOrTheHostWasBusy) {
  const TemporaryFolder folder;
  const auto write = [&](const char* name, double second, const std::string& host) {
    record::Manifest manifest = testing::plain_manifest();
    manifest.host["noise"] = host;
    write_run(folder.path() / name,
              {{.block = 0, .metrics = {{"time", "ns", 100}}}, {.block = 1, .metrics = {{"time", "ns", second}}}},
              manifest);
    return summarise(record::read_run(folder.path() / name)).noise;
  };
  EXPECT_TRUE(write("quiet", 102, "").reasons.empty());
  EXPECT_EQ(write("spread", 180, "").reasons.size(), 1U);
  const Noise busy = write("busy", 102, "the load average is 3.00 on 2 CPUs");
  EXPECT_NE(sentence(busy).find("NOISY HOST: the load average is 3.00"), std::string::npos);
}

}  // namespace
}  // namespace rota::analysis
