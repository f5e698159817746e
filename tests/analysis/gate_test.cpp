// The gate's verdicts over timings that are made up.
#include "analysis/figures/gate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "analysis/terminal/gate_table.hpp"
#include "worlds/random.hpp"

namespace rota::analysis {
namespace {

using Verdict = GateRow::Verdict;

// Each figure is the block's own speed times the side's time times a little luck.
class Timings {
 public:
  explicit Timings(std::uint64_t seed) : random_(seed) {}

  void add(const std::string& name, double here, double there, double luck, unsigned blocks = 10) {
    for (unsigned block = 0; block < blocks; ++block) {
      const double speed = 1 + block;  // the host becomes slower and slower
      for (const Side side : {Side::here, Side::again, Side::there}) {
        const double time = side == Side::there ? there : here;
        if (time > 0) timings_.push_back({name, block, side, time * speed * (1 + luck * part())});
      }
    }
  }
  [[nodiscard]] std::vector<GateRow> judged() const { return judge(timings_); }
  [[nodiscard]] Verdict verdict() const { return judged().front().verdict; }

 private:
  double part() { return static_cast<double>(random_.below(2001)) / 1000.0 - 1; }  // -1 … 1
  Random random_;
  std::vector<Timing> timings_;
};

TEST(Gate, FindsABenchmarkThatIsAThirdSlowerThoughTheHostDriftsTenfold) {
  Timings timings(1);
  timings.add("spawn", 13, 10, 0.05);
  const auto rows = timings.judged();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].verdict, Verdict::worse);
  ASSERT_TRUE(rows[0].ratio);
  EXPECT_NEAR(rows[0].ratio->median, 1.3, 0.05);
  EXPECT_LT(rows[0].noise, 0.1);
}

TEST(Gate, LeavesADifferenceAloneThatIsWithinTheNoiseOfTheSameBuild) {
  Timings timings(2);
  timings.add("noisy", 10.5, 10, 0.4);
  EXPECT_EQ(timings.verdict(), Verdict::same);
}

TEST(Gate, TellsWhatIsBetter) {
  Timings timings(3);
  timings.add("yield", 7, 10, 0.05);
  EXPECT_EQ(timings.verdict(), Verdict::better);
}

TEST(Gate, CallsNothingADifferenceThatTheCodesPlaceCanMake) {
  Timings timings(4);
  timings.add("short loop", 1.045, 1, 0);
  EXPECT_EQ(timings.judged().front().noise, least_noise);
  EXPECT_EQ(timings.verdict(), Verdict::same);
}

TEST(Gate, SaysWhichBenchmarksOnlyOneBuildHas) {
  Timings timings(5);
  timings.add("new", 10, 0, 0.01);
  timings.add("old", 0, 10, 0.01);
  timings.add("both", 10, 10, 0.01);
  const auto rows = timings.judged();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].verdict, Verdict::only_here);
  EXPECT_EQ(rows[1].verdict, Verdict::only_there);
  EXPECT_EQ(rows[2].verdict, Verdict::same);
  const std::string table = gate_table(rows, "1234abc", false);
  EXPECT_NE(table.find("only in this build"), std::string::npos) << table;
  EXPECT_NE(table.find("only in that build"), std::string::npos) << table;
  EXPECT_NE(table.find("1 benchmark compared: 0 worse than in 1234abc"), std::string::npos) << table;
  EXPECT_NE(table.find("2 in one build only"), std::string::npos) << table;
}

TEST(Gate, MarksWhatIsWorseInItsTable) {
  Timings timings(6);
  timings.add("spawn", 20, 10, 0.01);
  const std::string table = gate_table(timings.judged(), "1234abc", false);
  EXPECT_NE(table.find("WORSE"), std::string::npos) << table;
  EXPECT_NE(table.find("1 worse"), std::string::npos) << table;
  EXPECT_EQ(table.find('\033'), std::string::npos) << table;
}

RC_GTEST_PROP(Gate, NeverCallsABuildWorseThanAnEqualOne, ()) {
  Timings timings(*rc::gen::arbitrary<std::uint64_t>());
  timings.add("same", 10, 10, 0.009);  // so that no ratio reaches the least noise by chance
  const GateRow row = timings.judged().front();
  RC_ASSERT(row.verdict == Verdict::same);
}

RC_GTEST_PROP(Gate, AlwaysFindsATimeThatHasDoubled, ()) {
  Timings timings(*rc::gen::arbitrary<std::uint64_t>());
  timings.add("doubled", 20, 10, 0.05, *rc::gen::inRange(3U, 12U));
  RC_ASSERT(timings.verdict() == Verdict::worse);
}

}  // namespace
}  // namespace rota::analysis
