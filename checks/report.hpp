// Report: what checking one subject under one strategy and memory mode came to.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "worlds/explored/explore.hpp"

namespace rota::checks {

// A failure, shrunk, with what it takes to see it again.
struct Found {
  std::string id;                    // of docs/invariants.md; or race, deadlock, endless, leak, usage
  std::string sentence;              // what that id states (docs/invariants.md), then what happened
  std::string program;               // the shortest failing program, in the text form of checks/conformance/program.hpp
  std::string replay;                // for --replay: version, subject, memory, program and schedule in one word
  std::uint64_t executions = 0;      // until the first failure
  std::chrono::nanoseconds time{0};  // until the first failure
  std::uint64_t shrinks = 0;         // successful shrink steps
  explored::Failure failure;         // of the shrunk program: schedule, trace, steps, thread names
};

struct Report {
  std::string subject;
  std::string what;  // "conformance", "mechanism parking", "litmus SB" …
  explored::Memory memory = explored::Memory::relaxed;
  explored::Method method = explored::Method::random;
  bool passed = true;
  bool complete = false;    // every schedule of every program begun was run: dfs came to its end, or there was one
  bool one_thread = false;  // the subject's
  std::uint64_t programs = 0, executions = 0, steps = 0;
  std::chrono::nanoseconds time{0};
  std::map<std::string, double> classes;  // classification: share of programs or executions that showed …
  std::optional<Found> found;
};

}  // namespace rota::checks
