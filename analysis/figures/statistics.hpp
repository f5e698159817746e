// Small, honest statistics over processes: medians, intervals, ratios inside blocks, effect sizes.
//
// A sample is one figure per process (cell), never a series from inside one process: the values may be taken as
// independent. All functions are pure; the bootstrap's resamples come from a fixed seed, so the same sample gives the
// same interval on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "worlds/median.hpp"

namespace rota::analysis {

// A median with the interval in which it is known. Unit: that of the sample.
struct Estimate {
  double median = 0, low = 0, high = 0;
  std::size_t count = 0;
  // Below six values no 95 % interval of the median exists (the range of n values covers it with 1 - 2 * 0.5^n: 75 %
  // for three), so low and high are the smallest and the largest value and this is true.
  bool is_range = true;

  [[nodiscard]] bool covers(double value) const { return low <= value && value <= high; }
};

inline constexpr std::size_t smallest_bootstrap = 6;
inline constexpr int resamples = 2000;

// The p-quantile, 0 <= p <= 1, interpolated between order statistics (Hyndman and Fan's type 7). The sample must hold
// at least one value.
[[nodiscard]] double quantile(std::span<const double> sample, double p);

// The median and its 95 % percentile bootstrap interval (2000 resamples), or the range of a small sample. The sample
// must hold at least one value.
[[nodiscard]] Estimate estimate_median(std::span<const double> sample);

// How sure the range of `count` values is to cover the true median: 1 - 2 * 0.5^count.
[[nodiscard]] double coverage_of_range(std::size_t count);

// One process's figure with the randomised block that it ran in.
struct BlockValue {
  unsigned block;
  double value;
};

// The ratios numerator / denominator, one for each block that holds both (medians where a block holds several).
// Blocks with a denominator of 0 give none.
[[nodiscard]] std::optional<Estimate> ratio_in_blocks(std::span<const BlockValue> numerator,
                                                      std::span<const BlockValue> denominator);

// Vargha and Delaney's A12: the probability that a value of `first` is larger than one of `second`, ties counting half.
// 0.5: no effect. Neither sample may be empty.
[[nodiscard]] double effect_size(std::span<const double> first, std::span<const double> second);

}  // namespace rota::analysis
