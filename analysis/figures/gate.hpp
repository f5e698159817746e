// The gate between two builds: which micro benchmarks are slower in one than in the other, by more than their own
// noise.
//
// Both builds run each benchmark in every block, this one twice: the ratio of the two is the benchmark's noise, as an
// A/A pair is that of a run. A benchmark is worse if the whole interval of its ratio to the other build lies beyond
// what the interval of its noise reaches, on either side of 1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/figures/statistics.hpp"

namespace rota::analysis {

enum class Side : std::uint8_t { here, again, there };  // this build, once more, and the one it is held against

// One benchmark of one build in one block.
struct Timing {
  std::string benchmark;
  unsigned block;
  Side side;
  double ns;
};

// Where its code lies moves a short loop by this much, and two runs of one build do not show it: not a difference that
// a build is to blame for. Counted instructions tell smaller ones (docs/hot-path.md).
inline constexpr double least_noise = 0.05;

struct GateRow {
  enum class Verdict : std::uint8_t { same, better, worse, only_here, only_there };

  std::string benchmark;
  Verdict verdict = Verdict::same;
  double here_ns = 0, there_ns = 0;              // medians; 0 where it does not exist
  std::optional<Estimate> ratio = std::nullopt;  // here / there
  double noise = least_noise;                    // as far from 1 as this build's ratio to itself may be
};

// In the order in which the benchmarks first appear. Every benchmark is timed in all blocks or in none.
[[nodiscard]] std::vector<GateRow> judge(std::span<const Timing> timings);
[[nodiscard]] std::size_t count_of(std::span<const GateRow> rows, GateRow::Verdict verdict);

}  // namespace rota::analysis
