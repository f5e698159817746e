// What tests of whole runs share: definitions of misbehaving cells, a program that runs them and can be killed.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "experiments/run/runner.hpp"
#include "record/manifest_json.hpp"
#include "tests/experiments/programs.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments::testing {

using rota::testing::TemporaryFolder;

inline const std::vector<std::string> fake{fake_cell};

inline std::string definition_with(const std::vector<std::string>& labels, int repetitions) {
  std::string text = "[[policy]]\nuse = \"fifo\"\n[limits]\ntimeout = \"20s\"\nmin_time = \"1ms\"\n";
  text += "[sweep]\nseed = 4\nrepetitions = " + std::to_string(repetitions) + "\n";
  for (const auto& label : labels) text += "[[workload]]\nlabel = \"" + label + "\"\nuse = \"spawn-join\"\n";
  return text;
}

inline std::multiset<std::string> cell_set(const record::Run& run) {
  std::multiset<std::string> result;
  for (const auto& row : run.cells)
    result.insert(row.plan.id + " " + row.plan.key + " " + std::string(to_text(row.result.outcome)));
  return result;
}

inline std::size_t cell_files(const std::filesystem::path& folder) {
  std::size_t count = 0;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "cells", none))
    count += entry.path().extension() == ".jsonl" ? 1 : 0;
  return count;
}

// The program that begins a run, started so that it can be killed.
inline pid_t start_run_program(const std::filesystem::path& definition, const std::filesystem::path& out) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::execl(run_program, run_program, definition.c_str(), out.c_str(), fake_cell, nullptr);
    ::_exit(127);
  }
  return pid;
}

inline std::filesystem::path only_run_in(const std::filesystem::path& out) {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(out, none)) {
    if (std::filesystem::exists(entry.path() / "manifest.json")) return entry.path();
  }
  return {};
}

// Waits until the run has some cells, kills its program, and returns its exit as waitpid gives it.
inline int kill_in_the_middle(pid_t pid, const std::filesystem::path& out, int signal) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (cell_files(only_run_in(out)) < 4 && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ::kill(pid, signal);
  int status = 0;
  ::waitpid(pid, &status, 0);
  return status;
}

// The manifest says which program began the run, and only that one may go on: here the two are told to be one.
inline void adopt(const std::filesystem::path& folder, const std::string& own_sha256) {
  record::Manifest manifest = record::read_manifest(folder);
  manifest.binary_sha256 = own_sha256;
  record::write_manifest(folder, manifest);
}

inline std::string own_sha256(const Definition& definition) {
  const TemporaryFolder scratch;
  return record::read_manifest(begin_run(definition, scratch.path())).binary_sha256;
}

}  // namespace rota::experiments::testing
