// The order of service: it leaves the mean wait as it is and changes the second moment by a known factor. No policy of
// this build serves newest first or at random, so two policies of the tests do.
#include "checks/theory/formulas.hpp"
#include "planted_policies.hpp"
#include "support.hpp"

namespace rota::checks::theory {
namespace {

// Busy periods are the same for every order: independent cycles, in each of which both orders meet the same requests.
std::vector<Cycle> squares_by_cycle(const Rows& above, const Rows& below) {
  const auto square = [](const Row& row) { return static_cast<double>(row.wait()) * static_cast<double>(row.wait()); };
  std::vector<Cycle> cycles;
  Ns end = -1;
  for (std::size_t i = 0; i < above.size(); ++i) {
    if (below[i].arrival > end) {
      cycles.emplace_back();
      end = below[i].arrival;
    }
    end += below[i].service;
    cycles.back().above += square(above[i]);
    cycles.back().below += square(below[i]);
  }
  return cycles;
}

Interval second_moment_ratio(const Subject& subject, double load, std::size_t requests) {
  const Input input = poisson({.law = exponential, .load = load, .requests = requests, .seed = 91});
  const Rows other = serve(subject, input, {}).rows;
  const Rows oldest_first = serve(subject_named("fifo"), input, {}).rows;
  expect_holds(follows_lindley(oldest_first), "oldest first");
  expect_holds(keeps_busy_periods(other), subject.name);
  return ratio_of_cycles(squares_by_cycle(other, oldest_first));
}

TEST(Order, NewestFirstHasTheKnownSecondMomentOfWaits) {
  const Interval ratio = second_moment_ratio(subject_of<NewestFirst<World>>(), .6, 200'000);
  expect_holds(ratio, lifo_factor(.6), "newest first");
  EXPECT_LT(ratio.relative(), .35) << ratio.text();
  EXPECT_FALSE(ratio.holds(1)) << ratio.text();
}

TEST(Order, ARandomOrderHasTheKnownSecondMomentOfWaits) {
  const Interval ratio = second_moment_ratio(subject_of<AnyFirst<World>>(), .7, 200'000);
  expect_holds(ratio, random_order_factor(.7), "random order");
  EXPECT_LT(ratio.relative(), .35) << ratio.text();
  EXPECT_FALSE(ratio.holds(1)) << ratio.text();
}

TEST(Order, OldestFirstHasTheSecondMomentOfTheFormula) {
  const Rows rows =
      serve(subject_named("fifo"), poisson({.law = exponential, .load = .7, .requests = 200'000, .seed = 92}), {}).rows;
  std::vector<double> squares;
  for (const Row& row : rows)
    squares.push_back(static_cast<double>(row.wait()) * static_cast<double>(row.wait()) / 1e8);
  expect_holds(batch_means(squares), fcfs_wait_second_moment(.7), "oldest first");
}

}  // namespace
}  // namespace rota::checks::theory
