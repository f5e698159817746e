// The inputs: their moments are what they say.
#include "checks/theory/arrivals.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "checks/theory/intervals.hpp"

namespace rota::checks::theory {
namespace {

// Draws are independent, so batches of them are too.
TEST(Arrivals, EachLawHasMeanOneAndItsVariation) {
  for (const Law& law : laws()) {
    Random random(3);
    std::vector<double> values, squares;
    for (int i = 0; i < 400'000; ++i) {
      values.push_back(law.draw(random));
      squares.push_back(values.back() * values.back());
    }
    const Interval mean = batch_means(values), square = batch_means(squares);
    EXPECT_TRUE(law.variation == 0 ? values[0] == 1 : mean.holds(1)) << law.name << ' ' << mean.text();
    EXPECT_TRUE(law.variation == 0 ? squares[0] == 1 : square.holds(1 + law.variation))
        << law.name << ' ' << square.text() << " instead of " << 1 + law.variation;
  }
}

TEST(Arrivals, GapsArePoissonAndDoNotDependOnTheLaw) {
  const Stream stream{.law = exponential, .workers = 4, .load = .8, .requests = 200'000};
  Stream other = stream;
  other.law = high;
  const Input input = poisson(stream), same = poisson(other);
  std::vector<double> gaps, squares;
  for (std::size_t i = 1; i < input.size(); ++i) {
    ASSERT_EQ(input[i].arrival, same[i].arrival);
    gaps.push_back(static_cast<double>(input[i].arrival - input[i - 1].arrival) / static_cast<double>(stream.mean));
    squares.push_back(gaps.back() * gaps.back());
  }
  const double gap = mean_gap(stream);
  EXPECT_TRUE(batch_means(gaps).holds(gap)) << batch_means(gaps).text();
  EXPECT_TRUE(batch_means(squares).holds(2 * gap * gap)) << batch_means(squares).text();
}

TEST(Arrivals, TimesAreMultiplesOfTheStep) {
  for (const Request& one : poisson({.law = lognormal, .requests = 1000, .step = 500})) {
    EXPECT_EQ(one.arrival % 500, 0);
    EXPECT_EQ(one.service % 500, 0);
    EXPECT_GE(one.service, 500);
  }
}

}  // namespace
}  // namespace rota::checks::theory
