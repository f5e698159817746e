// The terminal's table against golden text.
#include "analysis/terminal/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "analysis/terminal/terminal_text.hpp"
#include "fabricated_run.hpp"
#include "shown.hpp"

namespace rota::analysis {
namespace {

using testing::FabricatedCell;
using testing::TemporaryFolder;

record::Run golden_run(const std::filesystem::path& folder) {
  std::vector<FabricatedCell> cells;
  const auto add = [&](const char* policy, unsigned workers, std::vector<double> values) {
    for (unsigned block = 0; block < values.size(); ++block) {
      cells.push_back({.policy = policy,
                       .workload = "spawn 1k",
                       .workers = workers,
                       .block = block,
                       .metrics = {{"ns_per_task", "ns", values[block]}}});
    }
  };
  add("fifo", 1, {100, 102, 104});
  add("fifo", 2, {1500, 1600, 1700});
  add("fifo (A/A)", 1, {100, 103, 103});
  add("work-stealing", 1, {50, 51, 52});
  add("work-stealing", 2, {400, 400, 400});
  cells.push_back({.policy = "fifo (A/A)",
                   .workload = "spawn 1k",
                   .workers = 2,
                   .metrics = {},
                   .policy_config = {},
                   .workload_config = {},
                   .outcome = "crashed",
                   .detail = "signal 11 (Segmentation fault)"});
  testing::write_run(folder, cells, testing::plain_manifest(), {{"fifo", "work-stealing"}});
  return record::read_run(folder);
}

constexpr const char* golden = R"(spawn 1k · ns_per_task  (less is better)
                 1 worker                 × vs fifo             2 workers                × vs fifo
  fifo           102 ns [100, 104]                              1.60 µs [1.50, 1.70]
  fifo (A/A)     103 ns [100, 103]        1.00× [0.99, 1.01]    crashed
  work-stealing  51.0 ns [50.0, 52.0]     2.00× [2.00, 2.00]    400 ns [400, 400]        4.00× [3.75, 4.25]

Median over processes [range of 3 repetitions, too few for an interval: it covers the true median with 75 %]. × vs fifo:
  times better, taken inside blocks; above 1 is better.
A/A: fifo against itself is 1.000 [0.990, 1.010] over 3 blocks; 1 is inside, as it must be.
Repetitions typically spread by ±2.0 % around their median.
1 cell gave no figure:
  c0016  spawn 1k · fifo (A/A) · 2 workers · block 0  crashed: signal 11 (Segmentation fault)
)";

TEST(Table, IsWhatItWas) {
  const TemporaryFolder folder;
  EXPECT_EQ(testing::table_of(golden_run(folder.path())), golden);
}

std::size_t columns(std::string_view line) {
  std::size_t count = 0;
  bool escape = false;
  for (const char c : line) {
    if (c == '\033') escape = true;
    if (!escape && (c & 0xC0) != 0x80) ++count;
    if (escape && c == 'm') escape = false;
  }
  return count;
}

void expect_it_fits(unsigned most) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells;
  for (unsigned workers = 1; workers <= most; workers *= 2) {
    for (const char* policy : {"fifo", "a policy with a label that is far too long for any table µµµµ"}) {
      for (unsigned block = 0; block < 2; ++block) {
        cells.push_back({.policy = policy,
                         .workers = workers,
                         .block = block,
                         .metrics = {{"time", "ns", 123456.7 * workers + block}},
                         .policy_config = {}});
      }
    }
  }
  cells.back().outcome = "refused";
  cells.back().detail = std::string(300, 'x');
  testing::write_run(folder.path(), cells);
  std::istringstream lines(testing::table_of(record::read_run(folder.path()), true));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), table_width) << line;
}

TEST(Table, FitsIts120ColumnsWhateverTheLabelsAndHoweverManyWorkerCounts) {
  expect_it_fits(64);
  expect_it_fits(65536);
}

constexpr const char* by_place = R"(spawn · time  (less is better)
                                    fifo      near
  1 worker, compact  sim: 2s-64c    100 ns    200 ns
  1 worker, scatter  sim: 2s-64c    110 ns    220 ns
  2 workers, compact  sim: 2s-64c   50.0 ns   100 ns
)";

TEST(Table, HasALineForEachPlaceWhereThereAreMany) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells;
  for (unsigned workers = 1; workers <= 64; workers *= 2) {
    for (const char* placement : {"compact", "scatter"}) {
      for (const char* policy : {"fifo", "near", "fifo (A/A)"}) {
        const double time = (policy[0] == 'f' ? 100.0 : 200.0) * (placement[0] == 'c' ? 1 : 1.1) / workers;
        cells.push_back({.policy = policy, .workers = workers, .metrics = {{"time", "ns", time}}});
        cells.back().placement = placement;
        cells.back().machine = "2s-64c";
      }
    }
  }
  testing::write_run(folder.path(), cells);
  const auto run = record::read_run(folder.path());
  const std::string text = testing::table_of(run);
  EXPECT_EQ(text.substr(0, std::string_view(by_place).size()), by_place) << text;
  EXPECT_EQ(std::ranges::count(text.substr(0, text.find("\n\n")), '\n'), 2 + 14 - 1);
  EXPECT_NE(text.find("medians over processes alone"), std::string::npos);
  EXPECT_NE(testing::table_of(run, true).find("\033[1m100 ns"), std::string::npos);
}

TEST(Table, MarksTheBestOnATerminalOnly) {
  const TemporaryFolder folder;
  const auto run = golden_run(folder.path());
  const std::string coloured = testing::table_of(run, true);
  EXPECT_NE(coloured.find("\033[1m51.0 ns [50.0, 52.0]"), std::string::npos) << coloured;
  EXPECT_EQ(testing::table_of(run).find('\033'), std::string::npos);
}

// A policy without any figure has its line all the same.
TEST(Table, SaysWhyAPolicyHasNoFigure) {
  const TemporaryFolder folder;
  std::vector<FabricatedCell> cells{{.metrics = {{"ns_per_task", "ns", 40}}}};
  for (unsigned block = 0; block < 5; ++block) {
    cells.push_back({.policy = "peer:go", .block = block, .metrics = {}, .outcome = "missing", .detail = "not built"});
    cells.push_back({.policy = "peer:asio", .workload = "fib", .block = block, .metrics = {{"time", "ns", 7}}});
  }
  record::Manifest manifest = testing::plain_manifest();
  manifest.not_spoken = {{"peer:asio", "spawn", 0}, {"peer:go", "fib", 2}};
  testing::write_run(folder.path(), cells, manifest);
  const std::string text = testing::table_of(record::read_run(folder.path()));
  EXPECT_NE(text.find("peer:go    missing\n"), std::string::npos) << text;
  EXPECT_NE(text.find("peer:asio  not spoken\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("not spoken"), text.rfind("not spoken"))
      << "what is not spoken at two workers is no matter at one";
  EXPECT_NE(text.find("5 cells gave no figure:\n  c0002 …  peer:go · 5 cells of spawn  missing: not built\n"),
            std::string::npos)
      << text;
}

TEST(Table, PrintsNoControlCharactersOfACellOrALabel) {
  const TemporaryFolder folder;
  testing::write_run(folder.path(), {{.policy = "evil\033[2J", .metrics = {{"time", "ns", 1}}},
                                     {.metrics = {}, .outcome = "crashed", .detail = "a\033[31mb\nc"}});
  const std::string text = testing::table_of(record::read_run(folder.path()));
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_NE(text.find("crashed: a [31mb c"), std::string::npos);
}

}  // namespace
}  // namespace rota::analysis
