// Whole runs with programs that misbehave: what is recorded, what is left out, and what a stopped run needs to go on.
#include "experiments/runner.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "experiments/files.hpp"
#include "temporary_folder.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

const std::vector<std::string> fake{ROTA_FAKE_CELL};

std::string definition_with(const std::vector<std::string>& labels, int repetitions) {
  std::string text = "[[policy]]\nuse = \"fifo\"\n[limits]\ntimeout = \"20s\"\nmin_time = \"1ms\"\n";
  text += "[sweep]\nseed = 4\nrepetitions = " + std::to_string(repetitions) + "\n";
  for (const auto& label : labels) text += "[[workload]]\nlabel = \"" + label + "\"\nuse = \"spawn-join\"\n";
  return text;
}

RunEnd run_in(const fs::path& out, const std::vector<std::string>& labels, fs::path& folder,
              const std::string& timeout) {
  folder = begin_run(parse_definition(definition_with(labels, 2), "x.toml", {"limits.timeout=" + timeout}), out);
  return continue_run(folder, fake, nullptr);
}

std::multiset<std::string> cell_set(const Run& run) {
  std::multiset<std::string> result;
  for (const auto& row : run.rows)
    result.insert(row.cell.id + " " + row.cell.key + " " + std::string(to_text(row.result.outcome)));
  return result;
}

std::size_t cell_files(const fs::path& folder) {
  std::size_t count = 0;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder / "cells", none))
    count += entry.path().extension() == ".jsonl" ? 1 : 0;
  return count;
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
  EXPECT_EQ(read_file(folder / "definition.toml"), definition_with({"ok", "fine"}, 2));
  EXPECT_NE(read_file(folder / "topology.xml").find("<topology"), std::string::npos);
  const auto run = read_run(folder);
  EXPECT_EQ(run.manifest.seed, 4U);
  EXPECT_EQ(run.manifest.binary_sha256.size(), 64U);
  EXPECT_EQ(run.manifest.overrides, std::vector<std::string>{"--set limits.timeout=20s"});
  for (const char* fact : {"kernel", "cpu", "cpus", "topology", "governor", "thp", "load", "affinity", "noise"})
    EXPECT_TRUE(run.manifest.host.contains(fact)) << fact;
  for (const char* fact : {"version", "commit", "dirty", "compiler", "flags"})
    EXPECT_TRUE(run.manifest.build.contains(fact)) << fact;
  for (const auto& row : run.rows) EXPECT_EQ(row.result.figures.size(), 1U);
}

TEST(Runner, CellsThatFailAreRecordedAndTheRestGoOn) {
  const TemporaryFolder out;
  fs::path folder;
  const RunEnd end = run_in(out.path(), {"ok", "crash", "hang", "wrong", "garbage", "refused"}, folder, "500ms");
  std::map<std::string, std::map<std::string, int>> seen;
  for (const auto& row : read_run(folder).rows)
    ++seen[row.cell.request.workload.label][std::string(to_text(row.result.outcome))];
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
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), (file / "runs").string() + ": expected a folder that can be written, got: Not a directory");
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(out.path()), {}), 1);
}

TEST(Runner, OnlyWhatIsMissingIsRunAgain) {
  const TemporaryFolder out;
  fs::path folder;
  (void)run_in(out.path(), {"ok", "crash"}, folder, "20s");
  const auto before = cell_set(read_run(folder));
  const std::string kept = read_file(folder / "cells" / "c0001.jsonl");
  fs::remove(folder / "cells" / "c0003.jsonl");
  fs::resize_file(folder / "cells" / "c0004.jsonl", 20);  // torn
  (void)out.write(folder.filename().string() + "/cells/c0005.jsonl.tmp", "half");
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, 8U);
  EXPECT_EQ(cell_set(read_run(folder)), before);
  EXPECT_EQ(read_file(folder / "cells" / "c0001.jsonl"), kept);  // its time on the wall would differ
  EXPECT_FALSE(fs::exists(folder / "cells" / "c0005.jsonl.tmp"));
}

TEST(Runner, AnotherProgramMayNotGoOnWithARun) {
  const TemporaryFolder out;
  const auto folder = begin_run(parse_definition(definition_with({"ok"}, 1), "x.toml"), out.path());
  Manifest manifest = read_manifest(folder);
  manifest.binary_sha256 = std::string(64, 'f');
  manifest.build["compiler"] = "another";
  write_manifest(folder, manifest);
  try {
    (void)continue_run(folder, fake, nullptr);
    FAIL() << "no error";
  } catch (const InputError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("expected the program that began the run (sha256 ffffffffffff), got another"),
              std::string::npos);
    EXPECT_NE(text.find("compiler: another then, "), std::string::npos) << text;
  }
  EXPECT_EQ(cell_files(folder), 0U);
}

TEST(Runner, AFolderWithoutARunIsRefused) {
  const TemporaryFolder out;
  EXPECT_THROW((void)continue_run(out.path(), fake, nullptr), InputError);
}

// The program that begins a run, started so that it can be killed.
pid_t start_run_program(const fs::path& definition, const fs::path& out) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::execl(ROTA_RUN_PROGRAM, ROTA_RUN_PROGRAM, definition.c_str(), out.c_str(), ROTA_FAKE_CELL, nullptr);
    ::_exit(127);
  }
  return pid;
}

fs::path only_run_in(const fs::path& out) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(out, none)) {
    if (fs::exists(entry.path() / "manifest.json")) return entry.path();
  }
  return {};
}

// Waits until the run has some cells, kills its program, and returns its exit as waitpid gives it.
int kill_in_the_middle(pid_t pid, const fs::path& out, int signal) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (cell_files(only_run_in(out)) < 4 && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ::kill(pid, signal);
  int status = 0;
  ::waitpid(pid, &status, 0);
  return status;
}

// The manifest says which program began the run, and only that one may go on: here the two are told to be one.
void adopt(const fs::path& folder, const std::string& own_sha256) {
  Manifest manifest = read_manifest(folder);
  manifest.binary_sha256 = own_sha256;
  write_manifest(folder, manifest);
}

std::string own_sha256(const Definition& definition) {
  const TemporaryFolder scratch;
  return read_manifest(begin_run(definition, scratch.path())).binary_sha256;
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
  ASSERT_LT(before, read_run(folder).rows.size());
  EXPECT_NO_THROW((void)read_run(folder));  // what is there is whole
  adopt(folder, own_sha256(definition));
  EXPECT_FALSE(continue_run(folder, fake, nullptr).interrupted);

  const auto unbroken = begin_run(definition, whole.path());
  (void)continue_run(unbroken, fake, nullptr);
  EXPECT_EQ(cell_set(read_run(folder)), cell_set(read_run(unbroken)));
}

TEST(Runner, CtrlCEndsTheCellAndLeavesTheRunReadyToGoOn) {
  const TemporaryFolder out;
  const auto file = out.write("x.toml", definition_with({"slow", "ok"}, 8));
  const int status = kill_in_the_middle(start_run_program(file, out.path()), out.path(), SIGINT);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  const fs::path folder = only_run_in(out.path());
  for (const auto& row : read_run(folder).rows)
    EXPECT_TRUE(row.result.outcome == Outcome::ok || row.result.outcome == Outcome::missing);
  adopt(folder, own_sha256(read_definition(file)));
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.done, read_run(folder).rows.size());
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
  Manifest manifest = read_manifest(folder);
  manifest.binary_sha256 = sha256;
  const std::string text = to_json(manifest);
  {  // in place: the lock is on this very file
    std::ofstream(folder / "manifest.json") << text;
  }
  EXPECT_THROW((void)continue_run(folder, fake, nullptr), InputError);
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

}  // namespace
}  // namespace rota::experiments
