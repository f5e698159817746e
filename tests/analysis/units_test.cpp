// Figures in human units.
#include "analysis/words/units.hpp"
#include "record/figure.hpp"

#include <gtest/gtest.h>

namespace rota::analysis {
namespace {

TEST(Human, PicksTheUnitInWhichAFigureHasFewDigits) {
  EXPECT_EQ(human(41.23, "ns"), "41.2 ns");
  EXPECT_EQ(human(41234, "ns"), "41.2 µs");
  EXPECT_EQ(human(999.9, "ns"), "1.00 µs");
  EXPECT_EQ(human(2.5, "s"), "2.50 s");
  EXPECT_EQ(human(0.0025, "s"), "2.50 ms");
  EXPECT_EQ(human(200, "bytes"), "200 B");
  EXPECT_EQ(human(3 * 1024 * 1024, "bytes"), "3.00 MiB");
  EXPECT_EQ(human(123456, "1/s"), "123 k/s");
  EXPECT_EQ(human(17, "1"), "17.0");
  EXPECT_EQ(human(0, "ns"), "0 ns");
}

TEST(Human, WritesParametersShort) {
  EXPECT_EQ(short_number(1000), "1k");
  EXPECT_EQ(short_number(1e6), "1M");
  EXPECT_EQ(short_number(64), "64");
  EXPECT_EQ(short_number(2500), "2.5k");
}

TEST(Human, WritesRatiosWithTheDigitsThatTellThemApart) {
  EXPECT_EQ(ratio_digits(0.00421), "0.0042");
  EXPECT_EQ(ratio_digits(0.0994), "0.099");
  EXPECT_EQ(ratio_digits(0.1), "0.10");
  EXPECT_EQ(ratio_digits(0.97), "0.97");
  EXPECT_EQ(ratio_digits(12.44), "12.4");
  EXPECT_EQ(ratio_digits(0), "0");
}

TEST(Conversion, KnowsTimesAndSizes) {
  EXPECT_EQ(conversion("ns", "us"), 1e-3);
  EXPECT_EQ(conversion("ms", "ns"), 1e6);
  EXPECT_EQ(conversion("bytes", "KiB"), 1.0 / 1024);
  EXPECT_EQ(conversion("bytes", "MB"), 1e-6);
  EXPECT_EQ(conversion("MiB", "bytes"), 1048576);
  EXPECT_EQ(conversion("1/s", "1/s"), 1);
  EXPECT_EQ(conversion("ns", "bytes"), std::nullopt);
  EXPECT_EQ(conversion("1", "ns"), std::nullopt);
}

TEST(Human, SaysOfEachUnitWhatIsBetter) {
  EXPECT_TRUE(record::lower_is_better("ns"));
  EXPECT_TRUE(record::lower_is_better("bytes"));
  EXPECT_FALSE(record::lower_is_better("1/s"));
  EXPECT_EQ(better_by("us", "1.80"), "is 1.80× faster than");
  EXPECT_EQ(better_by("bytes", "1.80"), "needs 1.80× less memory than");
  EXPECT_EQ(better_by("1/s", "1.80"), "reaches 1.80× the rate of");
}

}  // namespace
}  // namespace rota::analysis
