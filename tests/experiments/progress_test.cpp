// Progress lines: what a person reads, and that they fit a terminal.
#include "experiments/run/progress.hpp"

#include <gtest/gtest.h>

namespace rota::experiments {
namespace {

TEST(Progress, TheBarFillsFromNothingToAll) {
  EXPECT_EQ(bar(0, 4, 8), "[--------]");
  EXPECT_EQ(bar(1, 4, 8), "[##------]");
  EXPECT_EQ(bar(4, 4, 8), "[########]");
  EXPECT_EQ(bar(0, 0, 4), "[####]");
}

TEST(Progress, TimesReadAsClocks) {
  EXPECT_EQ(clock_text(0), "0:00");
  EXPECT_EQ(clock_text(67.4), "1:07");
  EXPECT_EQ(clock_text(3599.6), "1:00:00");
  EXPECT_EQ(clock_text(-5), "0:00");
}

TEST(Progress, ALineIsCutBetweenCharacters) {
  EXPECT_EQ(first_columns("abc", 2), "ab");
  EXPECT_EQ(first_columns("aé€x", 3), "aé€");
  EXPECT_EQ(first_columns("ab", 9), "ab");
}

TEST(Progress, TheTimeLeftIsThatOfBothWorldsAtTheirOwnPaces) {
  EXPECT_FALSE(seconds_left({.total = 4, .done = 1}, {.total = 2}).has_value());
  EXPECT_DOUBLE_EQ(*seconds_left({.total = 4, .done = 3, .ended = 2, .seconds = 6}, {}), 3);
  EXPECT_DOUBLE_EQ(*seconds_left({.total = 4, .done = 2, .ended = 2, .seconds = 6}, {.total = 10}), 6 + 30);
  EXPECT_DOUBLE_EQ(*seconds_left({.total = 4, .done = 4, .ended = 4, .seconds = 12},
                                 {.total = 10, .done = 5, .ended = 5, .seconds = 1}),
                   1);
}

TEST(Progress, WhereThereIsNoTerminalEachCellIsAPlainLine) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* out = ::tmpfile();
  Progress progress(out, {.total = 3, .done = 1}, {});
  record::PlannedCell cell;
  cell.id = "c0002";
  cell.key = "fifo/yield/w1/compact/b0";
  progress.starting(cell);
  record::CellResult result;
  result.outcome = record::Outcome::ok;
  result.wall_s = 0.25;
  progress.ended(cell, result);
  result.outcome = record::Outcome::hung;
  result.detail = "still running after 1 s";
  progress.ended(cell, result);
  progress.close();
  std::rewind(out);
  std::string all;
  while (::getline(&text, &size, out) > 0) all += text;
  std::free(text);
  std::fclose(out);
  EXPECT_EQ(all,
            "[2/3] c0002 fifo/yield/w1/compact/b0 0.25 s ok\n"
            "[3/3] c0002 fifo/yield/w1/compact/b0 0.25 s hung: still running after 1 s\n");
}

}  // namespace
}  // namespace rota::experiments
