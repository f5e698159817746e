// The oracles over rows: what each accepts, and that each finds a row that is wrong by a nanosecond.
#include <gtest/gtest.h>

#include <algorithm>

#include "checks/theory/arrivals.hpp"
#include "checks/theory/paths.hpp"

namespace rota::checks::theory {
namespace {

Rows rows_of(const Input& input, const std::vector<Ns>& starts) {
  Rows rows;
  for (std::size_t i = 0; i < input.size(); ++i)
    rows.push_back({input[i].arrival, input[i].service, starts[i], starts[i] + input[i].service, 0});
  return rows;
}

// Gives each row the worker that has been free for longest when it begins.
void deal(Rows& rows, unsigned workers) {
  std::vector<Ns> free(workers, -1);
  for (Row& row : rows) {
    const auto first = std::ranges::min_element(free);
    row.worker = static_cast<std::uint32_t>(first - free.begin());
    *first = row.end;
  }
}

Input one() { return poisson({.law = exponential, .load = .8, .requests = 2000}); }
Input four() { return poisson({.law = lognormal, .workers = 4, .load = .8, .requests = 2000}); }
Rows served_by_one() { return rows_of(one(), lindley_starts(one())); }
Rows served_by_four() {
  Rows rows = rows_of(four(), kiefer_wolfowitz_starts(four(), 4));
  deal(rows, 4);
  return rows;
}

TEST(Recursions, BothOfOneWorkerAgree) { EXPECT_EQ(lindley_starts(one()), kiefer_wolfowitz_starts(one(), 1)); }

TEST(Recursions, GiveWhatIsFoundByHand) {
  const Input input{{0, 10}, {2, 4}, {3, 1}, {20, 5}, {20, 5}};
  EXPECT_EQ(lindley_starts(input), (std::vector<Ns>{0, 10, 14, 20, 25}));
  EXPECT_EQ(lindley_starts(input, 2), (std::vector<Ns>{0, 12, 18, 21, 28}));
  EXPECT_EQ(kiefer_wolfowitz_starts(input, 2), (std::vector<Ns>{0, 2, 6, 20, 20}));
  EXPECT_EQ(round_robin_ends(input, 3), (std::vector<Ns>{15, 11, 7, 28, 30}));
  EXPECT_EQ(busy_periods(input), (std::vector<Period>{{0, 15}, {20, 30}}));
}

TEST(Oracles, AcceptRowsThatAreRight) {
  const Rows rows = served_by_one(), many = served_by_four();
  EXPECT_EQ(all_served(rows, one(), true), Finding());
  EXPECT_EQ(follows_lindley(rows), Finding());
  EXPECT_EQ(keeps_busy_periods(rows), Finding());
  EXPECT_EQ(keeps_workers_busy(rows, 1), Finding());
  EXPECT_EQ(all_served(many, four(), true), Finding());
  EXPECT_EQ(follows_kiefer_wolfowitz(many, 4), Finding());
  EXPECT_EQ(keeps_workers_busy(many, 4), Finding());
  EXPECT_EQ(follows_split_lindley(many, 4), Finding()) << "given the split, a shared queue is many of one worker";
}

// Only the choice of the worker tells a shared queue from a split one.
TEST(Oracles, TellARandomSplitFromAllOthers) {
  Rows rows = served_by_four();
  EXPECT_NE(splits_at_random(rows, 4), Finding()) << "who is free first";
  Random random(5);
  for (Row& row : rows) row.worker = random.below(4);
  EXPECT_EQ(splits_at_random(rows, 4), Finding());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].worker = i % 4;
  EXPECT_NE(splits_at_random(rows, 4), Finding()) << "in turn";
  for (Row& row : rows) row.worker = random.below(8) == 0 ? 0 : random.below(4);
  EXPECT_NE(splits_at_random(rows, 4), Finding()) << "an eighth more for one";
}

TEST(Oracles, FindARequestThatWasNotServed) {
  Rows rows = served_by_one();
  rows[700].start = rows[700].end = unset;
  EXPECT_NE(all_served(rows, one(), true), Finding());
  Rows shorter = served_by_one();
  shorter.erase(shorter.begin() + 700);
  EXPECT_NE(all_served(shorter, one(), true), Finding());
}

TEST(Oracles, FindAServiceMiscountedByANanosecond) {
  for (const Ns error : {-1, 1}) {
    Rows rows = served_by_one();
    rows[700].end += error;
    EXPECT_NE(all_served(rows, one(), true), Finding());
  }
  Rows cut = served_by_one();
  --cut[700].end;
  EXPECT_NE(all_served(cut, one(), false), Finding());
}

TEST(Oracles, FindAStartThatIsLateByANanosecond) {
  Rows rows = served_by_one(), many = served_by_four();
  ++rows[700].start, ++rows[700].end;
  ++many[700].start, ++many[700].end;
  EXPECT_NE(follows_lindley(rows), Finding());
  EXPECT_NE(follows_kiefer_wolfowitz(many, 4), Finding());
  EXPECT_NE(keeps_workers_busy(many, 4), Finding());
}

TEST(Oracles, FindAWorkerThatRestsInABusyPeriod) {
  const Input input = one();
  Rows rows = served_by_one();
  const std::vector<Period> periods = busy_periods(input);
  const auto period = std::ranges::find_if(periods, [](const Period& p) { return p.end - p.begin > 100'000; });
  ASSERT_NE(period, periods.end());
  for (Row& row : rows) {  // the worker takes a nanosecond off in the middle
    const Ns middle = (period->begin + period->end) / 2;
    if (row.start >= middle && row.end <= period->end) ++row.start, ++row.end;
  }
  EXPECT_NE(keeps_busy_periods(rows), Finding());
  EXPECT_NE(keeps_workers_busy(rows, 1), Finding());
}

TEST(Oracles, FindAWorkerThatServesTwo) {
  Rows many = served_by_four();
  for (std::size_t i = 1; i < many.size(); ++i) {
    if (many[i].start >= many[i - 1].end) continue;
    many[i].worker = many[i - 1].worker;
    break;
  }
  EXPECT_NE(keeps_workers_busy(many, 4), Finding());
  many[5].worker = 4;
  EXPECT_NE(keeps_workers_busy(many, 4), Finding());
  EXPECT_NE(follows_split_lindley(many, 4), Finding());
}

TEST(Oracles, FindNewestFirstUnderAPromiseOfOldestFirst) {
  const Input input{{0, 10}, {1, 5}, {2, 5}};
  EXPECT_NE(follows_lindley(rows_of(input, {0, 15, 10})), Finding());
  EXPECT_EQ(keeps_busy_periods(rows_of(input, {0, 15, 10})), Finding()) << "work is conserved all the same";
  EXPECT_NE(follows_round_robin(rows_of(input, {0, 10, 15}), 5), Finding());
}

TEST(Oracles, LittleFindsOneRequestTooMany) {
  const Rows rows = served_by_one();
  Ns sum = 0;
  for (const Row& row : rows) sum += row.sojourn();
  EXPECT_EQ(obeys_little(rows, sum), Finding());
  EXPECT_NE(obeys_little(rows, sum + 1), Finding());
}

TEST(Oracles, CompareMeansWithoutATolerance) {
  Rows rows = served_by_one();
  const Rows same = rows;
  EXPECT_EQ(no_slower(rows, same), Finding());
  ++rows[3].end;
  EXPECT_NE(no_slower(rows, same), Finding());
}

TEST(Oracles, GrahamsBoundsAreSharp) {
  EXPECT_EQ(within_graham(100, 10, 4, 25), Finding());
  EXPECT_NE(within_graham(100, 10, 4, 24), Finding());
  EXPECT_NE(within_graham(100, 40, 4, 39), Finding());
  EXPECT_EQ(within_graham(100, 40, 4, 55), Finding());
  EXPECT_NE(within_graham(100, 40, 4, 56), Finding());
}

}  // namespace
}  // namespace rota::checks::theory
