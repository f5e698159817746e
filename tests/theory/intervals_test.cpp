// Estimates and their errors: against tables, and by how often an interval holds what it should.
#include "checks/theory/intervals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "checks/theory/arrivals.hpp"
#include "checks/theory/formulas.hpp"
#include "checks/theory/recursions.hpp"
#include "checks/theory/scaling.hpp"

namespace rota::checks::theory {
namespace {

TEST(Intervals, QuantilesOfStudentAreThoseOfTheTables) {
  EXPECT_NEAR(student_quantile(.975, 1), 12.7062, 1e-4);
  EXPECT_NEAR(student_quantile(.975, 10), 2.2281, 1e-4);
  EXPECT_NEAR(student_quantile(.9995, 29), 3.6594, 1e-4);
  EXPECT_NEAR(student_quantile(.9995, 1e6), 3.2905, 1e-4);
}

TEST(Intervals, LeastSquaresFindsTheLineAndItsError) {
  // By hand: slope 0.6, intercept 2.2, residual variance 0.8, error of the slope sqrt(0.8 / 10).
  const std::vector<double> x{1, 1, 1, 2, 1, 3, 1, 4, 1, 5}, y{2, 4, 5, 4, 5};
  const Fit fit = least_squares(x, y, 2);
  EXPECT_NEAR(fit.coefficients[0], 2.2, 1e-12);
  EXPECT_NEAR(fit.coefficients[1], .6, 1e-12);
  EXPECT_NEAR(fit.errors[1], std::sqrt(.8 / 10), 1e-12);
  EXPECT_EQ(fit.freedom, 3);
}

std::vector<double> waits_of(const Stream& stream) {
  const Input input = poisson(stream);
  const std::vector<Ns> starts = lindley_starts(input);
  std::vector<double> waits;
  for (std::size_t i = 0; i < input.size(); ++i)
    waits.push_back(static_cast<double>(starts[i] - input[i].arrival) / static_cast<double>(stream.mean));
  return waits;
}

// The point of batch means: successive waits depend on each other. As if they were independent, most intervals miss.
TEST(Intervals, BatchMeansHoldTheMeanAsOftenAsTheySay) {
  int held = 0, held_naively = 0;
  constexpr int runs = 300;
  for (int run = 0; run < runs; ++run) {
    const auto waits = waits_of({.law = exponential, .load = .7, .requests = 20'000, .seed = 100U + run});
    const double theory = mmk_wait(1, .7);
    held += batch_means(waits, {}, 40, .9).holds(theory) ? 1 : 0;
    held_naively += batch_means(waits, {}, 9000, .9).holds(theory) ? 1 : 0;
  }
  EXPECT_GE(held, runs * .83);
  EXPECT_LE(held, runs * .97);
  EXPECT_LT(held_naively, runs * .5);
}

TEST(Intervals, AControlNarrowsTheIntervalAndKeepsItRight) {
  const Stream stream{.law = exponential, .load = .8, .requests = 400'000, .seed = 11};
  const auto waits = waits_of(stream);
  std::vector<double> services;
  for (const Request& one : poisson(stream))
    services.push_back(static_cast<double>(one.service) / static_cast<double>(stream.mean));
  const Control control{services, 1};
  const Interval plain = batch_means(waits), narrow = batch_means(waits, std::span(&control, 1));
  EXPECT_LT(narrow.half, plain.half);
  EXPECT_TRUE(narrow.holds(4)) << narrow.text();
}

TEST(Intervals, CyclesGiveTheRatioAndItsError) {
  // Two kinds of cycles, 1/2 and 3/2 of which each: the ratio is 1, each cycle's rest is 1.
  std::vector<Cycle> cycles;
  for (int i = 0; i < 100; ++i) cycles.push_back({i % 2 == 0 ? 1.0 : 3.0, 2});
  const Interval interval = ratio_of_cycles(cycles, .95);
  EXPECT_NEAR(interval.estimate, 1, 1e-12);
  EXPECT_NEAR(interval.half, student_quantile(.975, 99) * std::sqrt(100.0 / 99 * 100) / 200, 1e-12);
}

TEST(Scaling, AFitFindsTheLawThatMadeThePoints) {
  std::vector<Throughput> points;
  for (const double n : {1., 2., 4., 8., 16., 32., 64.}) {
    const double noise = std::fmod(n, 3) == 1 ? 1.01 : .99;
    points.push_back({n, 3e6 * scalability(n, .04, .0006) * (n == 1 ? 1 : noise)});
  }
  const ScalingFit fit = fit_scaling(points);
  EXPECT_TRUE(fit.sigma.holds(.04)) << fit.sigma.text();
  EXPECT_TRUE(fit.kappa.holds(.0006)) << fit.kappa.text();
  EXPECT_GT(fit.kappa.estimate, fit.kappa.half);
  EXPECT_NEAR(fit.peak(), scalability_peak(.04, .0006), 4);
}

TEST(Scaling, WithoutCoherenceThereIsNoPeak) {
  std::vector<Throughput> points;
  for (const double n : {1., 2., 4., 8., 16.}) points.push_back({n, scalability(n, .1, 0) * (n == 4 ? .9999 : 1)});
  const ScalingFit fit = fit_scaling(points);
  EXPECT_NEAR(fit.kappa.estimate, 0, 1e-4);
  EXPECT_NEAR(fit.sigma.estimate, .1, 1e-3);
}

}  // namespace
}  // namespace rota::checks::theory
