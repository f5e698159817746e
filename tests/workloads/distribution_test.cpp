// Service times and arrivals: the same on every machine, and distributed as they say.
#include "workloads/host/distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace rota::workloads::host {

void PrintTo(const Named<Shape>& shape, std::ostream* out) { *out << shape.name; }

namespace testing {
namespace {

using std::chrono::microseconds;

double as_double(std::uint64_t value, int bits) { return std::ldexp(static_cast<double>(value), -bits); }

TEST(FixedPoint, AgreesWithTheFloatingPointLibrary) {
  Random random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t word = random() >> (i % 64);
    const double u = as_double(word | 1, 64);
    EXPECT_NEAR(as_double(minus_log(word), 56), -std::log(u), 1e-14 * 45);
    EXPECT_NEAR(as_double(quarter_sine(word), 62), std::sin(std::acos(-1) / 2 * as_double(word, 64)), 1e-15);
    const auto x = static_cast<std::int64_t>(random() >> 3) - (std::int64_t{1} << 60);  // -16 to 16
    const double real = std::exp(std::ldexp(static_cast<double>(x), -56));
    EXPECT_NEAR(as_double(exponential(x, 32), 32), real, real * 1e-14 + 0x1p-32);
    const double square = as_double(random() >> 4, 56);
    EXPECT_NEAR(as_double(root(static_cast<std::uint64_t>(std::ldexp(square, 56))), 56), std::sqrt(square), 1e-14);
  }
}

TEST(FixedPoint, HasNoEdgeThatOverflows) {
  EXPECT_NEAR(as_double(minus_log(0), 56), 64 * std::log(2), 1e-13);
  EXPECT_LT(as_double(minus_log(~std::uint64_t{0}), 56), 1e-15);
  EXPECT_EQ(exponential(-(std::int64_t{40} << 56), 32), 0U);
  EXPECT_EQ(exponential(0, 62), one_q62);
  EXPECT_EQ(quarter_sine(0), 0U);
  EXPECT_NEAR(as_double(quarter_sine(~std::uint64_t{0}), 62), 1, 1e-15);
}

class EveryShape : public ::testing::TestWithParam<Named<Shape>> {
 protected:
  [[nodiscard]] Shape shape() const { return GetParam().value; }
};

// Mean and second moment lie within five standard errors, which the sample itself gives.
TEST_P(EveryShape, HasTheMeanAndTheVariationThatItSays) {
  constexpr int count = 1'000'000;
  for (const double alpha : {1.1, 1.5}) {
    const Distribution distribution(shape(), microseconds(10), alpha);
    EXPECT_NEAR(distribution.mean(), 10'000, 1);
    Random random(1);
    double first = 0, second = 0, fourth = 0;
    for (int i = 0; i < count; ++i) {
      const auto x = static_cast<double>(distribution(random).count());
      first += x, second += x * x, fourth += x * x * x * x;
    }
    first /= count, second /= count, fourth /= count;
    const double exact_second = (distribution.c2() + 1) * distribution.mean() * distribution.mean();
    EXPECT_NEAR(first, distribution.mean(), 5 * std::sqrt(std::max(0.0, second - first * first) / count) + 1e-6);
    EXPECT_NEAR(second, exact_second, 5 * std::sqrt(std::max(0.0, fourth - second * second) / count) + 1e-3);
    if (shape() != Shape::pareto) return;
  }
}

// The sums were computed apart from this code, with forty decimal digits.
TEST_P(EveryShape, DrawsTheSameForTheSameSeedOnEveryMachine) {
  static const std::map<Shape, std::uint64_t> stored{
      {Shape::constant, 15796651161767907328U},  {Shape::exponential, 2571640151739266153U},
      {Shape::lognormal, 17710274487585122367U}, {Shape::bimodal_1, 10884271533776863920U},
      {Shape::bimodal_2, 8031192651660641856U},  {Shape::high, 8772110205671527108U},
      {Shape::extreme, 1029928234529650147U},    {Shape::rocksdb, 17554166247278685690U},
      {Shape::tpc_c, 7167340598528964537U},      {Shape::skyloft, 16278045953003325603U},
      {Shape::pareto, 16704570233643208200U},
  };
  const Distribution distribution(shape(), microseconds(10));
  Random random(42);
  std::uint64_t sum = 0;
  for (int i = 0; i < 10'000; ++i) sum = sum * 31 + static_cast<std::uint64_t>(distribution(random).count());
  EXPECT_EQ(sum, stored.at(shape()));
}

INSTANTIATE_TEST_SUITE_P(Of, EveryShape, ::testing::ValuesIn(shapes), [](const auto& info) {
  std::string name(info.param.name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

struct Mixture {
  Shape shape;
  std::map<std::int64_t, double> shares;  // of each value in nanoseconds, for a mean of 10 us
  double mean, c2;
};

TEST(Distributions, MixturesConsistOfTheirConstantsInTheirShares) {
  const std::array mixtures{
      Mixture{Shape::constant, {{10'000, 1}}, 10'000, 0},
      Mixture{Shape::bimodal_1, {{5'000, 0.9}, {55'000, 0.1}}, 10'000, 2.25},
      Mixture{Shape::bimodal_2, {{5'000, 0.999}, {5'005'000, 0.001}}, 10'000, 249.75},
      Mixture{Shape::high, {{198, 0.5}, {19'802, 0.5}}, 10'000, 0.96078816},
      Mixture{Shape::rocksdb, {{47, 0.5}, {19'953, 0.5}}, 10'000, 0.99062},
      Mixture{Shape::extreme, {{1'668, 0.995}, {1'668'057, 0.005}}, 9'999.945, 138.1499},
      Mixture{Shape::skyloft, {{741, 0.995}, {1'852'538, 0.005}}, 9'999.985, 170.6008},
      Mixture{
          Shape::tpc_c, {{2'989, 0.44}, {3'147, 0.04}, {10'489, 0.44}, {46'151, 0.04}, {52'444, 0.04}}, 10'000, 1.4794},
  };
  constexpr int count = 200'000;
  for (const Mixture& mixture : mixtures) {
    const Distribution distribution(mixture.shape, microseconds(10));
    EXPECT_NEAR(distribution.mean(), mixture.mean, 0.5);
    EXPECT_NEAR(distribution.c2(), mixture.c2, 1e-3 * mixture.c2);
    Random random(3);
    std::map<std::int64_t, int> seen;
    for (int i = 0; i < count; ++i) ++seen[distribution(random).count()];
    ASSERT_EQ(seen.size(), mixture.shares.size());
    for (const auto& [value, times] : seen) {
      ASSERT_TRUE(mixture.shares.contains(value)) << value;
      const double share = mixture.shares.at(value);
      EXPECT_NEAR(times, share * count, 5 * std::sqrt(count * share * (1 - share)) + 1e-9) << value;
    }
  }
}

double share_above(const Distribution& distribution, double ns) {
  constexpr int count = 200'000;
  Random random(11);
  int above = 0;
  for (int i = 0; i < count; ++i) above += static_cast<double>(distribution(random).count()) > ns ? 1 : 0;
  return static_cast<double>(above) / count;
}

TEST(Distributions, HaveTheTailsOfTheirNames) {
  constexpr double error = 5 * 0.5 / 447;  // five standard errors of a share in 200 000 draws, at most
  const Distribution exponential(Shape::exponential, microseconds(10));
  for (const double x : {0.1, 1.0, 3.0}) EXPECT_NEAR(share_above(exponential, 10'000 * x), std::exp(-x), error);
  const Distribution lognormal(Shape::lognormal, microseconds(10));
  for (const double z : {-1.0, 0.0, 2.0})
    EXPECT_NEAR(share_above(lognormal, 10'000 * std::exp(z - 0.5)), std::erfc(z / std::sqrt(2)) / 2, error);
  const double alpha = 1.3;
  const Distribution pareto(Shape::pareto, microseconds(10), alpha);
  const double smallest = 10'000 / 4.059944100574068;
  EXPECT_EQ(share_above(pareto, smallest - 1), 1);
  EXPECT_EQ(share_above(pareto, smallest * 1e4 + 1), 0);
  for (const double x : {2.0, 10.0}) EXPECT_NEAR(share_above(pareto, smallest * x), std::pow(x, -alpha), error);
}

TEST(PoissonArrivals, HaveExponentialGapsThatDoNotDependOnEachOther) {
  constexpr int count = 500'000;
  constexpr double mean = 195.3125;
  PoissonArrivals arrivals(Random(5), mean);
  double square = 0, product = 0, before = mean;
  Duration last{0};
  for (int i = 0; i < count; ++i) {
    const Duration now = arrivals.next();
    ASSERT_GE(now, last);
    const auto gap = static_cast<double>((now - last).count());
    square += gap * gap;
    product += (gap - mean) * (before - mean);
    before = gap;
    last = now;
  }
  const double error = 5 / std::sqrt(count);
  EXPECT_NEAR(static_cast<double>(last.count()) / count / mean, 1, error);
  EXPECT_NEAR(square / count / (2 * mean * mean), 1, error * std::sqrt(5));  // E[X^4] / E[X^2]^2 - 1 = 5
  EXPECT_NEAR(product / count / (mean * mean), 0, error);
}

}  // namespace
}  // namespace testing
}  // namespace rota::workloads::host
