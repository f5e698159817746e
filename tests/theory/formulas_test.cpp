// The formulas against figures from the literature, and against each other.
#include "checks/theory/formulas.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "checks/theory/arrivals.hpp"

namespace rota::checks::theory {
namespace {

struct Tabled {
  unsigned workers;
  double at_70, at_80, at_90;
  double p99_at_90;
};
constexpr Tabled table[] = {{1, 2.3333, 4, 9, 46.052},
                            {2, .960784, 1.777778, 4.263158, 23.344},
                            {4, .357212, .745541, 1.969383, 12.193},
                            {16, .027016, .095276, .369590, 5.270},
                            {64, .000230, .004379, .048541, 4.661}};

TEST(Formulas, MeanWaitsOfMMkAreThoseOfTheTable) {
  for (const Tabled& row : table) {
    EXPECT_NEAR(mmk_wait(row.workers, .7), row.at_70, row.workers == 1 ? 5e-5 : 5e-7) << row.workers;
    EXPECT_NEAR(mmk_wait(row.workers, .8), row.at_80, 5e-7) << row.workers;
    EXPECT_NEAR(mmk_wait(row.workers, .9), row.at_90, 5e-7) << row.workers;
  }
}

TEST(Formulas, TheNinetyNinthPercentileOfTheTimeInTheSystemIsThatOfTheTable) {
  for (const Tabled& row : table)
    EXPECT_NEAR(mmk_sojourn_quantile(row.workers, .9, .99), row.p99_at_90, 6e-4) << row.workers;
}

TEST(Formulas, OneWorkerOfMMkIsMM1) {
  EXPECT_NEAR(erlang_c(1, .6), .6, 1e-12);
  EXPECT_NEAR(mmk_wait(1, .6), pollaczek_khinchine_wait(.6, 1), 1e-12);
  EXPECT_NEAR(mmk_sojourn_tail(1, .6, 3), std::exp(-.4 * 3), 1e-12);
}

// Where the waiting rate is that of the service, the general formula divides by zero.
TEST(Formulas, TheTailIsContinuousWhereItsFormulaChanges) {
  EXPECT_NEAR(mmk_sojourn_tail(2, .5, 3), mmk_sojourn_tail(2, .5 + 1e-7, 3), 1e-6);
  EXPECT_NEAR(mmk_sojourn_tail(4, .75, 3), mmk_sojourn_tail(4, .75 - 1e-7, 3), 1e-6);
}

TEST(Formulas, AMeanIsTheAreaUnderItsTail) {
  double area = 0, waits = 0;
  constexpr double step = 1e-3;
  for (double t = step / 2; t < 100; t += step)
    area += step * mmk_sojourn_tail(3, .8, t), waits += step * mmk_wait_tail(3, .8, t);
  EXPECT_NEAR(area, 1 + mmk_wait(3, .8), 1e-5);
  EXPECT_NEAR(waits, mmk_wait(3, .8), 1e-5);
}

TEST(Formulas, PollaczekKhinchineGivesTheTableForTheShippedLaws) {
  EXPECT_NEAR(pollaczek_khinchine_wait(.7, constant.variation), 1.1667, 5e-5);
  EXPECT_NEAR(pollaczek_khinchine_wait(.9, constant.variation), 4.5, 1e-9);
  EXPECT_NEAR(pollaczek_khinchine_wait(.7, bimodal_1.variation), 3.7917, 5e-5);
  EXPECT_NEAR(pollaczek_khinchine_wait(.9, bimodal_1.variation), 14.625, 1e-9);
  EXPECT_NEAR(pollaczek_khinchine_wait(.7, bimodal_2.variation), 292.54, 5e-3);
  EXPECT_NEAR(pollaczek_khinchine_wait(.9, bimodal_2.variation), 1128.4, 5e-2);
  EXPECT_NEAR(pollaczek_khinchine_wait(.7, high.variation), 2.288, 5e-4);
  EXPECT_NEAR(pollaczek_khinchine_wait(.9, high.variation), 8.824, 5e-4);
}

TEST(Formulas, ASharedQueueBeatsASplitOneByTheKnownFactor) {
  for (const double load : {.3, .7, .9}) {
    EXPECT_NEAR(shared_pair_sojourn(load), 1 + mmk_wait(2, load), 1e-12);
    EXPECT_NEAR(split_pair_sojourn(load), 1 + mmk_wait(1, load), 1e-12);
  }
}

TEST(Formulas, ScalabilityPeaksWhereItsDerivativeIsZero) {
  const double peak = scalability_peak(.05, .001);
  EXPECT_GT(scalability(peak, .05, .001), scalability(peak * .99, .05, .001));
  EXPECT_GT(scalability(peak, .05, .001), scalability(peak * 1.01, .05, .001));
  EXPECT_DOUBLE_EQ(scalability(1, .05, .001), 1);
}

}  // namespace
}  // namespace rota::checks::theory
