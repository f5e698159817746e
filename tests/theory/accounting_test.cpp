// Where simulated time went: with stated costs every picosecond is accounted for, and what is charged is what was said.
#include <numeric>

#include "support.hpp"

namespace rota::checks::theory {
namespace {

constexpr simulated::Ps ns = 1000;

// Whole nanoseconds, so that the clock of the tasks shows all of it.
simulated::Costs some_costs() {
  simulated::Costs costs;
  costs.load = costs.store = costs.update = {1 * ns, 2 * ns, 3 * ns, 4 * ns, 5 * ns, 6 * ns, 7 * ns};
  costs.update[0] = 5 * ns;
  costs.fence = 6 * ns, costs.memory = 80 * ns, costs.relax = 10 * ns, costs.park = 500 * ns;
  costs.unpark = 300 * ns, costs.wake_up = 2000 * ns, costs.clock = 20 * ns, costs.spawn = 15 * ns;
  costs.look = 3 * ns, costs.resume = 9 * ns, costs.preempt = 30 * ns, costs.allocate = 40 * ns;
  return costs;
}

simulated::Ps whole(const simulated::Spent& s) {
  return s.work + s.away + s.runtime + s.searching + s.idle + s.line_wait + s.far_line;
}

TEST(Accounting, BusyTimeIsServiceAndAccountedOverhead) {
  for_each_in(everyone, "accounts", [](const Subject& subject) {
    const Input input = poisson({.law = lognormal, .load = .5, .requests = 500, .seed = 8});
    const Recording run = serve(subject, input, {.costs = some_costs()});
    Ns first = run.rows.front().start, last = 0, service = 0;
    for (const Row& row : run.rows) last = std::max(last, row.end), service += row.service;
    EXPECT_EQ(run.spent.work, service * ns);
    EXPECT_EQ(whole(run.spent), (last - first) * ns) << "all time between the first start and the last end";
    EXPECT_GT(run.spent.idle, 0);
    EXPECT_GT(run.spent.runtime, 0);
  });
}

// A look and a resume come before each service, and nothing else does: the recursion with that much overhead.
TEST(Accounting, StatedCostsDelayEachRequestByWhatTheyAre) {
  for_each_in(each_worker_in_order, "Lindley with overhead", [](const Subject& subject) {
    simulated::Costs costs;
    costs.look = 20 * ns, costs.resume = 70 * ns;
    Input input = poisson({.law = exponential, .load = .8, .requests = 3000, .seed = 6});
    const Recording run = serve(subject, input, {.settings = uncut(subject), .costs = costs});
    // Within a busy period: who waits begins when the one before it has ended and the overhead is over.
    std::size_t waited = 0;
    for (std::size_t i = 1; i < run.rows.size(); ++i) {
      if (run.rows[i].arrival >= run.rows[i - 1].start) continue;
      ++waited;
      ASSERT_EQ(run.rows[i].start, run.rows[i - 1].end + 90) << i;
    }
    EXPECT_GT(waited, 1000U);
  });
}

}  // namespace
}  // namespace rota::checks::theory
