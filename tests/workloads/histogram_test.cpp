// The histogram against sorted values.
#include "workloads/host/histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "workloads/host/fixed_point.hpp"
#include "worlds/random.hpp"

namespace rota::workloads::host::testing {
namespace {

// Evenly spread over the orders of magnitude from 1 ns to 2^42 ns, more than an hour.
std::vector<std::int64_t> values(std::uint64_t seed, int count) {
  Random random(seed);
  std::vector<std::int64_t> result;
  for (int i = 0; i < count; ++i) result.push_back(static_cast<std::int64_t>(random() >> (22 + random.below(42))));
  return result;
}

Histogram histogram_of(const std::vector<std::int64_t>& values) {
  Histogram histogram;
  for (const std::int64_t value : values) histogram.record(Duration(value));
  return histogram;
}

constexpr std::array shares{0.0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0};

void expect_quantiles(const Histogram& histogram, std::vector<std::int64_t> values) {
  std::sort(values.begin(), values.end());
  for (const double share : shares) {
    const double rank = std::max(1.0, std::ceil(share * static_cast<double>(values.size())));
    const auto exact = static_cast<double>(values[static_cast<std::size_t>(rank) - 1]);
    EXPECT_NEAR(histogram.quantile(share), exact, exact * 0.0005) << share;
  }
}

TEST(Histogram, GivesQuantilesToThreeDigits) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto all = values(seed, 5'000);
    expect_quantiles(histogram_of(all), all);
  }
  expect_quantiles(histogram_of({17}), {17});
  expect_quantiles(histogram_of({1'000'003, 5}), {1'000'003, 5});
}

TEST(Histogram, KeepsCountMeanAndMaximumExactly) {
  const auto all = values(3, 5'000);
  const Histogram histogram = histogram_of(all);
  long double sum = 0;
  for (const std::int64_t value : all) sum += static_cast<long double>(value);
  EXPECT_EQ(histogram.count(), all.size());
  EXPECT_DOUBLE_EQ(histogram.mean(), static_cast<double>(sum / static_cast<long double>(all.size())));
  EXPECT_EQ(histogram.max().count(), *std::max_element(all.begin(), all.end()));
}

TEST(Histogram, MergesAsIfAllHadBeenRecordedInOne) {
  auto all = values(1, 3'000);
  const auto more = values(2, 2'000);
  Histogram merged = histogram_of(all);
  merged.merge(histogram_of(more));
  merged.merge(Histogram());
  all.insert(all.end(), more.begin(), more.end());
  const Histogram whole = histogram_of(all);
  EXPECT_EQ(merged.count(), whole.count());
  EXPECT_EQ(merged.max(), whole.max());
  EXPECT_EQ(merged.mean(), whole.mean());
  for (const double share : shares) EXPECT_EQ(merged.quantile(share), whole.quantile(share));
}

TEST(Histogram, TakesEverythingThatADurationCanBe) {
  EXPECT_EQ(Histogram().quantile(0.5), 0);
  EXPECT_EQ(Histogram().mean(), 0);
  for (std::int64_t value = 0; value < 5'000; ++value) {
    const double got = histogram_of({value}).quantile(0.5);
    EXPECT_NEAR(got, static_cast<double>(value), value < 2048 ? 0 : 1.5);
  }
  for (unsigned bits = 11; bits < 63; ++bits) {
    for (const std::int64_t value : {(std::int64_t{1} << bits) - 1, std::int64_t{1} << bits}) {
      const auto exact = static_cast<double>(value);
      EXPECT_NEAR(histogram_of({value}).quantile(0.5), exact, exact * 0.0005) << value;
    }
  }
  EXPECT_EQ(histogram_of({-5}).max(), Duration(0));
  EXPECT_EQ(histogram_of({Duration::max().count()}).max(), Duration::max());
}

}  // namespace
}  // namespace rota::workloads::host::testing
