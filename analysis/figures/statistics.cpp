// Medians, bootstrap intervals, ratios inside blocks, A12.
#include "analysis/figures/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "worlds/random.hpp"

namespace rota::analysis {
namespace {

constexpr std::uint64_t bootstrap_seed = 0x526f7461;  // any constant: the interval must not depend on when it is taken

double sorted_quantile(std::span<const double> sorted, double p) {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const auto above = std::min(below + 1, sorted.size() - 1);
  if (sorted[below] == sorted[above]) return sorted[below];
  return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

std::map<unsigned, std::vector<double>> by_block(std::span<const BlockValue> values) {
  std::map<unsigned, std::vector<double>> blocks;
  for (const auto& [block, value] : values) blocks[block].push_back(value);
  return blocks;
}

}  // namespace

double quantile(std::span<const double> sample, double p) {
  std::vector<double> sorted(sample.begin(), sample.end());
  std::ranges::sort(sorted);
  return sorted_quantile(sorted, p);
}

Estimate estimate_median(std::span<const double> sample) {
  Estimate estimate{.median = median(std::vector(sample.begin(), sample.end())), .count = sample.size()};
  const auto [smallest, largest] = std::ranges::minmax(sample);
  estimate.low = smallest;
  estimate.high = largest;
  if (sample.size() < smallest_bootstrap) return estimate;

  Random random(bootstrap_seed);
  std::vector<double> medians(resamples), resample(sample.size());
  for (double& one : medians) {
    for (double& value : resample) value = sample[random.below(static_cast<std::uint32_t>(sample.size()))];
    one = median_in_place(resample);
  }
  std::ranges::sort(medians);
  estimate.low = std::min(estimate.median, sorted_quantile(medians, 0.025));
  estimate.high = std::max(estimate.median, sorted_quantile(medians, 0.975));
  estimate.is_range = false;
  return estimate;
}

double coverage_of_range(std::size_t count) { return 1 - 2 * std::pow(0.5, static_cast<double>(count)); }

std::optional<Estimate> ratio_in_blocks(std::span<const BlockValue> numerator,
                                        std::span<const BlockValue> denominator) {
  const auto below = by_block(denominator);
  std::vector<double> ratios;
  for (const auto& [block, values] : by_block(numerator)) {
    const auto found = below.find(block);
    if (found == below.end()) continue;
    if (const double divisor = median(found->second); divisor != 0) ratios.push_back(median(values) / divisor);
  }
  if (ratios.empty()) return std::nullopt;
  return estimate_median(ratios);
}

double effect_size(std::span<const double> first, std::span<const double> second) {
  double wins = 0;
  for (const double one : first) {
    for (const double other : second) wins += one > other ? 1 : one == other ? 0.5 : 0;
  }
  return wins / (static_cast<double>(first.size()) * static_cast<double>(second.size()));
}

}  // namespace rota::analysis
