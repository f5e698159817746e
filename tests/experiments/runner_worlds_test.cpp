// Runs with simulated cells: which cells run beside each other, which machine they get, how such a run stops and goes
// on.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <map>

#include "experiments/definition/read.hpp"
#include "experiments/host/host_facts.hpp"
#include "record/files.hpp"
#include "record/manifest_json.hpp"
#include "runs.hpp"
#include "shipped_machines.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::string simulated_definition(const std::string& label, int repetitions, const std::string& kind) {
  return definition_with({label}, repetitions) + "[world]\nkind = " + kind + "\nmachine = \"four\"\n";
}

// The folder in which the fake cells look for each other.
class Company {
 public:
  explicit Company(std::size_t most = 0) {
    ::setenv("ROTA_FAKE_COMPANY", folder_.path().c_str(), 1);
    ::setenv("ROTA_FAKE_MOST", std::to_string(most).c_str(), 1);
  }
  ~Company() {
    ::unsetenv("ROTA_FAKE_COMPANY");
    ::unsetenv("ROTA_FAKE_MOST");
  }
  Company(const Company&) = delete;
  Company& operator=(const Company&) = delete;

 private:
  TemporaryFolder folder_;
};

TEST(Runner, SimulatedCellsRunSideBySideAndRealOnesAlone) {
  if (usable_cpus() < 2) GTEST_SKIP() << "one processing unit runs one cell at a time";
  const ShippedMachines shipped;
  const Company company;
  const TemporaryFolder out;
  const auto definition = parse_definition(simulated_definition("company", 2, R"(["real", "sim"])"), "x.toml");
  const auto folder = begin_run(definition, out.path());
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, 6U);  // two real cells with a twin each, and two simulated ones that wait for each other
  for (const auto& row : end.failed) ADD_FAILURE() << row.plan.key << ": " << row.result.detail;
}

TEST(Runner, NoMoreSimulatedCellsRunAtATimeThanThereAreProcessingUnits) {
  const ShippedMachines shipped;
  const Company company(usable_cpus());
  const TemporaryFolder out;
  const int cells = 3 * static_cast<int>(usable_cpus()) + 1;
  const auto folder = begin_run(parse_definition(simulated_definition("few", cells, R"("sim")"), "x.toml"), out.path());
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, static_cast<std::size_t>(cells));
  for (const auto& row : end.failed) ADD_FAILURE() << row.plan.key << ": " << row.result.detail;
}

TEST(Runner, ARunKeepsItsMachinesAndSendsThemToItsCells) {
  const ShippedMachines shipped;
  const TemporaryFolder out;
  const auto definition = parse_definition(simulated_definition("ok", 1, R"("sim")"), "x.toml");
  const auto folder = begin_run(definition, out.path());
  const std::string text = machine_text(four_cores);
  EXPECT_EQ(record::read_file(folder / "machines" / "four.toml"), text);
  std::ofstream(shipped.file("four")) << "changed since";
  EXPECT_TRUE(continue_run(folder, fake, nullptr).failed.empty());
  const auto run = record::read_run(folder);
  ASSERT_EQ(run.cells.size(), 1U);
  EXPECT_EQ(run.cells[0].result.answers.front(), (record::Answer{"four", text, text, true}));
}

TEST(Runner, SimulatedCellsThatFailAreRecordedAndTheRestGoOn) {
  const ShippedMachines shipped;
  const TemporaryFolder out;
  std::string text = simulated_definition("ok", 2, R"("sim")");
  for (const char* label : {"crash", "hang", "flood"})
    text += "[[workload]]\nlabel = \"" + std::string(label) + "\"\nuse = \"yield\"\n";
  const auto folder = begin_run(parse_definition(text, "x.toml", {"limits.timeout=500ms"}), out.path());
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, 8U);
  EXPECT_EQ(end.failed.size(), 6U);
  std::map<std::string, std::string> seen;
  for (const auto& row : end.failed) seen[row.plan.request.workload.label] = to_text(row.result.outcome);
  EXPECT_EQ(seen["hang"], "hung");
  EXPECT_EQ(seen["crash"], "crashed");
}

TEST(Runner, AnotherSimulatorMayNotGoOnWithARun) {
  const ShippedMachines shipped;
  const TemporaryFolder out;
  for (const char* kind : {"\"sim\"", "\"real\""}) {
    const std::string machine = kind[1] == 's' ? "machine = \"four\"\n" : "";
    const auto text = definition_with({"ok"}, 1) + "[world]\nkind = " + kind + "\n" + machine;
    const auto folder = begin_run(parse_definition(text, "x.toml"), out.path());
    record::Manifest manifest = record::read_manifest(folder);
    manifest.build["simulator_sha256"] = "another";
    record::write_manifest(folder, manifest);
    if (kind[1] == 's') {
      EXPECT_THROW((void)continue_run(folder, fake, nullptr), record::InputError);
    } else {
      EXPECT_NO_THROW((void)continue_run(folder, fake, nullptr));
    }
  }
}

TEST(Runner, CtrlCEndsAllSimulatedCellsAndLeavesTheRunReadyToGoOn) {
  const ShippedMachines shipped;
  const TemporaryFolder out;
  const auto file = out.write("x.toml", simulated_definition("slow", 40, R"("sim")"));
  const int status = kill_in_the_middle(start_run_program(file, out.path()), out.path(), SIGINT);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  const fs::path folder = only_run_in(out.path());
  ASSERT_LT(cell_files(folder), 40U);
  for (const auto& row : record::read_run(folder).cells)
    EXPECT_TRUE(row.result.outcome == record::Outcome::ok || row.result.outcome == record::Outcome::pending);
  adopt(folder, own_sha256(read_definition(file)));
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, 40U);
  EXPECT_TRUE(end.failed.empty());
}

}  // namespace
}  // namespace rota::experiments
