// Verdicts over estimates that the tests make up.
#include "analysis/claims/verdict.hpp"

#include <gtest/gtest.h>

namespace rota::analysis {
namespace {

Estimate estimate(double low, double median, double high) {
  return {.median = median, .low = low, .high = high, .count = 6};
}

TEST(Verdict, HoldsIfTheIntervalTouchesWhatIsStated) {
  EXPECT_EQ(judge_range(estimate(20, 30, 40), 10, 50).word, "holds");
  EXPECT_EQ(judge_range(estimate(50, 55, 60), 10, 50).word, "holds") << "the interval's lower end is the range's upper";
  EXPECT_EQ(judge_range(estimate(5, 8, 10), 10, 50).word, "holds");
  EXPECT_EQ(judge_range(estimate(1, 30, 90), 30, 30).word, "holds");
  EXPECT_EQ(judge_range(estimate(20, 30, 40), 10, 50).standing, Standing::good);
}

TEST(Verdict, SaysTheSmallestFactorThatCoversTheMedian) {
  const struct {
    double figure;
    const char* word;
  } above[]{{51, "within a factor of 2"},  {100, "within a factor of 2"},  {101, "within a factor of 5"},
            {250, "within a factor of 5"}, {251, "within a factor of 10"}, {500, "within a factor of 10"},
            {501, "does not hold here"}};
  for (const auto& [figure, word] : above)
    EXPECT_EQ(judge_range(estimate(figure, figure, figure), 10, 50).word, word) << figure;
  EXPECT_EQ(judge_range(estimate(5, 5, 5), 10, 50).word, "within a factor of 2");
  EXPECT_EQ(judge_range(estimate(2, 2, 2), 10, 50).word, "within a factor of 5");
  EXPECT_EQ(judge_range(estimate(1, 1, 1), 10, 50).word, "within a factor of 10");
  EXPECT_EQ(judge_range(estimate(0.9, 0.9, 0.9), 10, 50).word, "does not hold here");
  EXPECT_EQ(judge_range(estimate(60, 120, 130), 10, 50).word, "within a factor of 5") << "the median, not the near end";
}

TEST(Verdict, SaysHowFarOffAndOnWhichSide) {
  EXPECT_EQ(judge_range(estimate(119, 120, 121), 10, 50).detail, "2.40× above what is stated");
  EXPECT_EQ(judge_range(estimate(4, 4, 4), 10, 50).detail, "2.50× below what is stated");
  EXPECT_EQ(judge_range(estimate(20, 30, 40), 10, 50).detail, "");
  EXPECT_EQ(judge_range(estimate(119, 120, 121), 10, 50).standing, Standing::near);
  EXPECT_EQ(judge_range(estimate(1e6, 1e6, 1e6), 10, 50).standing, Standing::bad);
}

TEST(Verdict, OfALineIsClearOnlyIfTheWholeIntervalIsOnTheRightSide) {
  EXPECT_EQ(judge_at_least(estimate(5, 6, 7), 5).word, "met");
  EXPECT_EQ(judge_at_least(estimate(4.9, 6, 7), 5).word, "met, within noise");
  EXPECT_EQ(judge_at_least(estimate(4, 4.9, 7), 5).word, "not met") << "the median decides";
  EXPECT_EQ(judge_at_most(estimate(5, 6, 7), 7).word, "met");
  EXPECT_EQ(judge_at_most(estimate(5, 6, 7.1), 7).word, "met, within noise");
  EXPECT_EQ(judge_at_most(estimate(5, 7.1, 8), 7).word, "not met");
  EXPECT_EQ(judge_at_least(estimate(5, 6, 7), 5).standing, Standing::good);
  EXPECT_EQ(judge_at_least(estimate(4.9, 6, 7), 5).standing, Standing::near);
  EXPECT_EQ(judge_at_least(estimate(1, 2, 3), 5).standing, Standing::bad);
}

TEST(Verdict, OfNothingIsNotMeasured) {
  const Verdict verdict = not_measured("nobody asked");
  EXPECT_EQ(verdict.word, "not measured");
  EXPECT_EQ(verdict.detail, "nobody asked");
  EXPECT_EQ(name_of(verdict.standing), "unknown");
}

TEST(Verdict, PlacesFiguresBesideARange) {
  EXPECT_DOUBLE_EQ(place_in_range(10, 10, 1000), -0.5);
  EXPECT_DOUBLE_EQ(place_in_range(100, 10, 1000), 0);
  EXPECT_DOUBLE_EQ(place_in_range(1000, 10, 1000), 0.5);
  EXPECT_DOUBLE_EQ(place_in_range(10000, 10, 1000), 1.5);
  EXPECT_DOUBLE_EQ(place_in_range(1, 10, 1000), -1.5);
  EXPECT_DOUBLE_EQ(place_in_range(7, 7, 7), 0) << "a range of one figure";
  EXPECT_DOUBLE_EQ(place_in_range(3, 0, 5), 0) << "a range that begins at 0 has no logarithm";
  EXPECT_DOUBLE_EQ(place_in_range(1e30, 10, 1000), farthest);
  EXPECT_DOUBLE_EQ(place_in_range(0, 10, 1000), -farthest);
}

TEST(Verdict, PlacesTheRightSideOfALineAboveZero) {
  EXPECT_DOUBLE_EQ(place_above(5, 5), 0);
  EXPECT_DOUBLE_EQ(place_above(50, 5), 1);
  EXPECT_DOUBLE_EQ(place_above(0.5, 5), -1);
  EXPECT_DOUBLE_EQ(place_above(0, 5), -farthest);
}

}  // namespace
}  // namespace rota::analysis
