// Known answers and properties of the statistics.
#include "analysis/figures/statistics.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace rota::analysis {
namespace {

std::vector<double> sample_of(const std::vector<int>& numbers) {
  std::vector<double> sample;
  for (const int number : numbers) sample.push_back(number % 100'000);
  return sample;
}

auto samples() { return rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<int>>()); }

TEST(Median, IsTheMiddleOfAnOddSampleAndTheMeanOfTheTwoMiddlesOfAnEvenOne) {
  EXPECT_EQ(median(std::vector{3.0, 1.0, 2.0}), 2);
  EXPECT_EQ(median(std::vector{4.0, 1.0, 3.0, 2.0}), 2.5);
  EXPECT_EQ(median(std::vector{7.0}), 7);
}

TEST(Quantile, InterpolatesBetweenOrderStatistics) {
  const std::vector<double> sample{15, 20, 35, 40, 50};
  EXPECT_DOUBLE_EQ(quantile(sample, 0.4), 29);
  EXPECT_DOUBLE_EQ(quantile(sample, 0), 15);
  EXPECT_DOUBLE_EQ(quantile(sample, 1), 50);
}

TEST(Estimate, OfThreeValuesIsHonestlyTheRange) {
  const Estimate estimate = estimate_median(std::vector{5.0, 9.0, 6.0});
  EXPECT_TRUE(estimate.is_range);
  EXPECT_EQ(estimate.median, 6);
  EXPECT_EQ(estimate.low, 5);
  EXPECT_EQ(estimate.high, 9);
  EXPECT_DOUBLE_EQ(coverage_of_range(3), 0.75);
  EXPECT_GT(coverage_of_range(smallest_bootstrap), 0.95);
  EXPECT_LT(coverage_of_range(smallest_bootstrap - 1), 0.95);
}

TEST(Estimate, OfManyValuesIsNarrowerThanTheirRange) {
  std::vector<double> sample;
  for (int i = 0; i < 101; ++i) sample.push_back(i);
  const Estimate estimate = estimate_median(sample);
  EXPECT_FALSE(estimate.is_range);
  // The order statistics that bound the median of 101 values with 95 % are the 41st and the 61st.
  EXPECT_NEAR(estimate.low, 40, 4);
  EXPECT_NEAR(estimate.high, 60, 4);
}

RC_GTEST_PROP(Estimate, ContainsItsMedianAndLiesInsideTheRange, ()) {
  const auto sample = sample_of(*samples());
  const Estimate estimate = estimate_median(sample);
  RC_ASSERT(estimate.covers(estimate.median));
  RC_ASSERT(estimate.low >= *std::ranges::min_element(sample));
  RC_ASSERT(estimate.high <= *std::ranges::max_element(sample));
  RC_ASSERT(estimate.count == sample.size());
}

RC_GTEST_PROP(Estimate, ScalesWithItsSample, ()) {
  const auto sample = sample_of(*samples());
  const double factor = std::ldexp(1.0, *rc::gen::inRange(-8, 9));  // a power of two: no rounding
  std::vector<double> scaled;
  for (const double value : sample) scaled.push_back(value * factor);
  const Estimate one = estimate_median(sample), other = estimate_median(scaled);
  RC_ASSERT(other.median == one.median * factor);
  RC_ASSERT(other.low == one.low * factor);
  RC_ASSERT(other.high == one.high * factor);
}

TEST(RatioInBlocks, DividesInsideBlocksSoThatDriftCancels) {
  // The host becomes ten times slower from block to block; the policies keep their ratio of two.
  const std::vector<BlockValue> slow{{0, 20}, {1, 200}, {2, 2000}}, fast{{2, 1000}, {0, 10}, {1, 100}};
  const auto ratio = ratio_in_blocks(slow, fast);
  ASSERT_TRUE(ratio);
  EXPECT_EQ(ratio->median, 2);
  EXPECT_EQ(ratio->low, 2);
  EXPECT_EQ(ratio->high, 2);
}

TEST(RatioInBlocks, LeavesOutBlocksThatHoldOnlyOneOfThePair) {
  const std::vector<BlockValue> one{{0, 6}, {1, 8}}, other{{1, 4}, {2, 1}};
  const auto ratio = ratio_in_blocks(one, other);
  ASSERT_TRUE(ratio);
  EXPECT_EQ(ratio->count, 1U);
  EXPECT_EQ(ratio->median, 2);
  EXPECT_FALSE(ratio_in_blocks(one, std::vector<BlockValue>{{5, 1}}));
  EXPECT_FALSE(ratio_in_blocks(one, std::vector<BlockValue>{{0, 0}}));
}

TEST(EffectSize, CountsWinsAndHalvesTies) {
  EXPECT_EQ(effect_size(std::vector{2.0, 3.0}, std::vector{0.0, 1.0}), 1);
  EXPECT_EQ(effect_size(std::vector{1.0, 1.0}, std::vector{1.0}), 0.5);
  EXPECT_EQ(effect_size(std::vector{1.0, 3.0}, std::vector{2.0, 3.0}), 0.375);
}

RC_GTEST_PROP(EffectSize, OfAPairAddsUpToOneInBothDirections, ()) {
  const auto first = sample_of(*samples()), second = sample_of(*samples());
  RC_ASSERT(std::abs(effect_size(first, second) + effect_size(second, first) - 1) < 1e-12);
}

}  // namespace
}  // namespace rota::analysis
