// How a subject is searched: for how long, by which strategy, and what becomes of a failure.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "checks/report.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

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

// What exploring one program under these options means to the explorer; seed and budget are left to the caller.
[[nodiscard]] explored::Options explore_options(const CheckOptions& options);

}  // namespace rota::checks
