// explore(): runs a program again and again in the explored world, under a strategy, until it fails, the strategy has
// no more schedules, or the budget is spent.
//
// The program runs as explored thread 0 of a fresh world each time and uses env::ExploredAs<…> for everything shared.
// What it must not do: read a real clock, depend on addresses, or keep anything from one execution to the next that
// changes its shared accesses. Such a leak is found (two runs of one schedule differ) and reported as such, as failure
// `leak`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "worlds/explored/execution.hpp"

namespace rota::explored {

struct Failure {
  std::string id;          // of docs/invariants.md; or race, deadlock, endless, leak, usage, diverged
  std::string sentence;    // what happened
  std::string schedule{};  // replays it
  std::uint64_t trace_hash = 0;
  std::vector<TraceEvent> trace;
  std::vector<Step> steps;
  std::vector<std::string> threads;  // names
};

struct Verdict {
  bool passed = true;
  bool complete = false;  // every schedule was run: under dfs all within the bound, or there was one only
  std::uint64_t executions = 0;
  std::uint64_t steps = 0;
  std::uint64_t choices = 0;     // most in one execution
  std::uint64_t trace_hash = 0;  // of the last execution
  std::string schedule;          // of the last execution
  std::chrono::nanoseconds time{0};
  Failure failure;                // if not passed
  std::vector<AccessSite> sites;  // if asked for
  std::vector<TraceEvent> trace;  // of the last execution, if asked for
};

// Ends the current execution as a failure. From the program, an observer or anything below them. Does not return, but
// from Observer::end(), where the execution is over already.
void fail(const std::string& id, const std::string& sentence);

[[nodiscard]] Verdict explore(const Options& options, const std::function<void()>& program,
                              Observer* observer = nullptr);

// Inside a program: blocks until no other explored thread can go on and no deadline is pending.
void await_quiescence();

// What this memory model does not show, as sentences for people.
[[nodiscard]] const std::vector<std::string>& limits();

}  // namespace rota::explored
