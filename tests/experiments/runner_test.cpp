// Whole runs with programs that misbehave: what is recorded, what is left out, and what a stopped run needs to go on.
#include "experiments/run/runner.hpp"
#include "experiments/definition/read.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include "experiments/host/sha256.hpp"
#include "record/files.hpp"
#include "record/manifest_json.hpp"
#include "runs.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;
using namespace testing;

RunEnd run_in(const fs::path& out, const std::vector<std::string>& labels, fs::path& folder,
              const std::string& timeout) {
  folder = begin_run(parse_definition(definition_with(labels, 2), "x.toml", {"limits.timeout=" + timeout}), out);
  return continue_run(folder, fake, nullptr);
}

TEST(Runner, ARunHoldsEverythingThatWasAskedFor) {
  const TemporaryFolder out;
  fs::path folder;
  const RunEnd end = run_in(out.path(), {"ok", "fine"}, folder, "20s");
  EXPECT_TRUE(end.failed.empty());
  EXPECT_FALSE(end.interrupted);
  EXPECT_EQ(end.done, 8U);  // two workloads, each with its twin, in two blocks
  EXPECT_EQ(folder.parent_path(), out.path());
  EXPECT_EQ(folder.filename().string().substr(0, 2), "x-");
  EXPECT_EQ(record::read_file(folder / "definition.toml"), definition_with({"ok", "fine"}, 2));
  EXPECT_NE(record::read_file(folder / "topology.xml").find("<topology"), std::string::npos);
  const auto run = record::read_run(folder);
  EXPECT_EQ(run.manifest.seed, 4U);
  EXPECT_EQ(run.manifest.binary_sha256, sha256_hex(record::read_file(ROTA_FAKE_CELL)));  // of the program that measures
  EXPECT_EQ(run.manifest.overrides, std::vector<std::string>{"--set limits.timeout=20s"});
  for (const char* fact : {"kernel", "cpu", "cpus", "topology", "governor", "thp", "load", "affinity", "noise"})
    EXPECT_TRUE(run.manifest.host.contains(fact)) << fact;
  for (const char* fact : {"version", "commit", "dirty", "compiler", "flags"})
    EXPECT_TRUE(run.manifest.build.contains(fact)) << fact;
  for (const auto& row : run.cells) EXPECT_EQ(row.result.figures.size(), 1U);
}

TEST(Runner, CellsThatFailAreRecordedAndTheRestGoOn) {
  const TemporaryFolder out;
  fs::path folder;
  const RunEnd end = run_in(out.path(), {"ok", "crash", "hang", "wrong", "garbage", "refused"}, folder, "500ms");
  std::map<std::string, std::map<std::string, int>> seen;
  for (const auto& row : record::read_run(folder).cells)
    ++seen[row.plan.request.workload.label][std::string(to_text(row.result.outcome))];
  const std::map<std::string, std::map<std::string, int>> expected{
      {"ok", {{"ok", 4}}},       {"crash", {{"crashed", 4}}},   {"hang", {{"hung", 4}}},
      {"wrong", {{"wrong", 4}}}, {"garbage", {{"crashed", 4}}}, {"refused", {{"refused", 4}}}};
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(end.failed.size(), 20U);
  EXPECT_EQ(end.done, 24U);
}

TEST(Runner, TwoRunsOfTheSameSecondHaveFoldersOfTheirOwn) {
  const TemporaryFolder out;
  const Definition definition = parse_definition(definition_with({"ok"}, 1), "x.toml");
  std::set<fs::path> folders;
  for (int i = 0; i < 4; ++i) folders.insert(begin_run(definition, out.path()));
  EXPECT_EQ(folders.size(), 4U);
}

TEST(Runner, AnOutputFolderThatCannotBeWrittenIsRefusedAndNothingIsLeft) {
  const TemporaryFolder out;
  const auto file = out.write("file", "");
  const Definition definition = parse_definition(definition_with({"ok"}, 1), "x.toml");
  try {
    (void)begin_run(definition, file / "runs");
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    EXPECT_EQ(error.what(), (file / "runs").string() + ": expected a folder that can be written, got: Not a directory");
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(out.path()), {}), 1);
}

TEST(Runner, OnlyWhatIsMissingIsRunAgain) {
  const TemporaryFolder out;
  fs::path folder;
  (void)run_in(out.path(), {"ok", "crash"}, folder, "20s");
  const auto before = cell_set(record::read_run(folder));
  const std::string kept = record::read_file(folder / "cells" / "c0001.jsonl");
  fs::remove(folder / "cells" / "c0003.jsonl");
  fs::resize_file(folder / "cells" / "c0004.jsonl", 20);  // torn
  (void)out.write(folder.filename().string() + "/cells/c0005.jsonl.tmp", "half");
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, 8U);
  EXPECT_EQ(cell_set(record::read_run(folder)), before);
  EXPECT_EQ(record::read_file(folder / "cells" / "c0001.jsonl"), kept);  // its time on the wall would differ
  EXPECT_FALSE(fs::exists(folder / "cells" / "c0005.jsonl.tmp"));
}

TEST(Runner, AnotherProgramMayNotGoOnWithARun) {
  const TemporaryFolder out;
  const auto folder = begin_run(parse_definition(definition_with({"ok"}, 1), "x.toml"), out.path());
  record::Manifest manifest = record::read_manifest(folder);
  manifest.binary_sha256 = std::string(64, 'f');
  manifest.build["compiler"] = "another";
  record::write_manifest(folder, manifest);
  try {
    (void)continue_run(folder, fake, nullptr);
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("expected the program that began the run (sha256 ffffffffffff), got another"),
              std::string::npos);
    EXPECT_NE(text.find("compiler: another then, "), std::string::npos) << text;
  }
  EXPECT_EQ(cell_files(folder), 0U);
}

TEST(Runner, AFolderWithoutARunIsRefused) {
  const TemporaryFolder out;
  EXPECT_THROW((void)continue_run(out.path(), fake, nullptr), record::InputError);
}

TEST(Runner, ARunThatWasKilledGoesOnToTheSameSetOfCells) {
  const TemporaryFolder out, whole;
  const std::string text = definition_with({"slow", "crash", "ok"}, 6);
  const auto file = out.write("x.toml", text);
  const Definition definition = read_definition(file);
  const int status = kill_in_the_middle(start_run_program(file, out.path()), out.path(), SIGKILL);
  ASSERT_TRUE(WIFSIGNALED(status));
  const fs::path folder = only_run_in(out.path());
  const std::size_t before = cell_files(folder);
  ASSERT_GE(before, 4U);
  ASSERT_LT(before, record::read_run(folder).cells.size());
  EXPECT_NO_THROW((void)record::read_run(folder));  // what is there is whole
  adopt(folder, own_sha256(definition));
  EXPECT_FALSE(continue_run(folder, fake, nullptr).interrupted);

  const auto unbroken = begin_run(definition, whole.path());
  (void)continue_run(unbroken, fake, nullptr);
  EXPECT_EQ(cell_set(record::read_run(folder)), cell_set(record::read_run(unbroken)));
}

TEST(Runner, CtrlCEndsTheCellAndLeavesTheRunReadyToGoOn) {
  const TemporaryFolder out;
  const auto file = out.write("x.toml", definition_with({"slow", "ok"}, 8));
  const int status = kill_in_the_middle(start_run_program(file, out.path()), out.path(), SIGINT);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  const fs::path folder = only_run_in(out.path());
  for (const auto& row : record::read_run(folder).cells)
    EXPECT_TRUE(row.result.outcome == record::Outcome::ok || row.result.outcome == record::Outcome::pending);
  adopt(folder, own_sha256(read_definition(file)));
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, record::read_run(folder).cells.size());
}

TEST(Runner, ARunIsRunByOneProgramAtATime) {
  const TemporaryFolder out;
  const auto file = out.write("x.toml", definition_with({"hang"}, 1));
  const pid_t pid = start_run_program(file, out.path());
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!fs::exists(only_run_in(out.path()) / "results.db") && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  const fs::path folder = only_run_in(out.path());
  const std::string sha256 = own_sha256(read_definition(file));
  record::Manifest manifest = record::read_manifest(folder);
  manifest.binary_sha256 = sha256;
  const std::string text = to_json(manifest);
  {  // in place: the lock is on this very file
    std::ofstream(folder / "manifest.json") << text;
  }
  EXPECT_THROW((void)continue_run(folder, fake, nullptr), record::InputError);
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

}  // namespace
}  // namespace rota::experiments
