// The conformance suite: programs drawn at random, each explored under one strategy and memory mode, judged by every
// oracle that the subject's promises call for. A failure is shrunk to the shortest program that still fails.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checks/conformance/program.hpp"
#include "checks/report.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

class Classifier;

struct CheckOptions {
  explored::Memory memory = explored::Memory::relaxed;
  explored::Method method = explored::Method::random;
  std::chrono::nanoseconds budget = std::chrono::seconds(10);  // until a failure; shrinking takes as long again at most
  std::uint64_t seed = 1;
  std::uint64_t max_programs = explored::Options::unlimited64;
  std::uint64_t executions_per_program = 300;  // dfs: ten times as many, and then it is said to be incomplete
  unsigned depth = 3;                          // pct
  unsigned preemptions = 2;                    // dfs
  bool shrink = true;
  bool twice = false;                           // every schedule is run twice, not only the first few of a program
  std::function<void(const Report&)> progress;  // now and then, with what there is so far
};

[[nodiscard]] Report check(const Subject& subject, const CheckOptions& options);

// One program, explored and judged; a failure is named. What check() does with each program that it draws.
[[nodiscard]] explored::Verdict explore_program(const Subject& subject, const Program& program,
                                                const explored::Options& options, Classifier* classifier = nullptr);

// The classes of Report::classes, each with the least share of programs that must have shown it, or the suite would
// have checked little. A sentence for each that is below; none if there were fewer than 300 programs.
[[nodiscard]] std::vector<std::string> below_floors(const Report& report);

}  // namespace rota::checks
