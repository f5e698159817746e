// Defects, planted into a policy, the generator or the machine: each must be found by the oracle that the policies of
// this build have to pass. Here a finding is what is expected.
#include "checks/theory/formulas.hpp"
#include "checks/theory/graphs.hpp"
#include "planted_policies.hpp"
#include "series.hpp"
#include "support.hpp"

namespace rota::checks::theory {
namespace {

Input input_of(unsigned workers, std::size_t requests = 5000) {
  return poisson({.law = exponential, .workers = workers, .load = .85, .requests = requests, .seed = 77});
}

TEST(Planted, OneArrivalInAThousandThatIsDroppedIsFound) {
  const Input input = input_of(1);
  const Recording run = serve(subject_named("fifo"), input, {.drop_every = 1000});
  EXPECT_TRUE(all_served(run.rows, input, true).has_value());
  EXPECT_NE(run.counters.spawned, input.size());
  // Also by who sees nothing but what was served: the others are early.
  Rows served;
  for (const Row& row : run.rows) served.push_back(row.start == unset ? Row{row.arrival, row.service, 0, 0, 0} : row);
  EXPECT_TRUE(follows_lindley(served).has_value());
  EXPECT_TRUE(keeps_busy_periods(served).has_value());
}

TEST(Planted, NewestFirstUnderAPromiseOfOldestFirstIsFound) {
  const Subject liar = subject_of<NewestFirst<World>>();
  ASSERT_TRUE(serves_in_order(liar));
  const Recording one = serve(liar, input_of(1), {}), four = serve(liar, input_of(4), {.workers = 4});
  EXPECT_TRUE(follows_lindley(one.rows).has_value());
  EXPECT_TRUE(follows_kiefer_wolfowitz(four.rows, 4).has_value());
  // Nothing but the order is wrong.
  expect_holds(all_served(one.rows, input_of(1), true), "one");
  expect_holds(keeps_busy_periods(one.rows), "one");
  expect_holds(keeps_workers_busy(four.rows, 4), "four");
}

// The tails see the order too, which the means do not.
TEST(Planted, NewestFirstIsFoundByTheTailOfTheWaits) {
  const Input input = input_of(4, 60'000);
  const Recording run = serve(subject_of<NewestFirst<World>>(), input, {.workers = 4});
  std::vector<double> late;
  const double limit = 3 * mmk_wait(4, .85);
  for (const Row& row : run.rows) late.push_back(static_cast<double>(row.wait()) > limit * 10'000 ? 1 : 0);
  EXPECT_FALSE(batch_means(late).holds(mmk_wait_tail(4, .85, limit))) << batch_means(late).text();
}

TEST(Planted, AWorkerThatSleepsWhileARequestWaitsIsFound) {
  const Subject sleepy = subject_of<LetsThemSleep<World>>();
  ASSERT_TRUE(conserves_work(sleepy));
  const Recording two = serve(sleepy, input_of(2), {.workers = 2});
  EXPECT_TRUE(keeps_workers_busy(two.rows, 2).has_value());
  EXPECT_TRUE(follows_kiefer_wolfowitz(two.rows, 2).has_value());
  // The last arrival finds a worker that is awake, or it would never end: 5001 is no multiple of 50.
  const Recording one = serve(sleepy, input_of(1, 5001), {});
  EXPECT_TRUE(keeps_busy_periods(one.rows).has_value());
}

TEST(Planted, ANanosecondMoreForEachServiceIsFound) {
  simulated::Costs costs;
  costs.resume = 1000;  // picoseconds
  const Recording run = serve(subject_named("fifo"), input_of(1), {.costs = costs});
  EXPECT_TRUE(follows_lindley(run.rows).has_value());
  EXPECT_TRUE(keeps_busy_periods(run.rows).has_value());
}

TEST(Planted, ABiasedSplitIsFound) {
  const Subject biased = subject_of<BiasedSplit<World>>();
  ASSERT_TRUE(splits_by_chance(biased));
  const Recording run = serve(biased, input_of(2, 20'000), {.workers = 2});
  expect_holds(follows_split_lindley(run.rows, 2), "nothing else is wrong");
  EXPECT_TRUE(splits_at_random(run.rows, 2).has_value());
  // Also by the mean, since the busier worker has more than its share of the requests.
  EXPECT_FALSE(batch_means(sojourns(run.rows)).holds(split_pair_sojourn(.85)))
      << batch_means(sojourns(run.rows)).text();
}

TEST(Planted, AMeanWaitThatIsDueToKnownSizesIsFound) {
  const Subject& srpt = subject_named("srpt");
  const Input input = input_of(4, 60'000);
  const Recording told = serve(srpt, input, {.workers = 4, .settings = uncut(srpt)});
  const Recording blind = serve(srpt, input, {.workers = 4, .settings = uncut(srpt), .tells = false});
  EXPECT_FALSE(batch_means(waits(told.rows)).holds(mmk_wait(4, .85))) << batch_means(waits(told.rows)).text();
  expect_holds(batch_means(waits(blind.rows)), mmk_wait(4, .85), "blind");
}

TEST(Planted, APolicyThatIsNotTheFastestIsFound) {
  const Input input = input_of(1);
  const Subject& srpt = subject_named("srpt");
  const Recording fast = serve(srpt, input, {.settings = cut(srpt, 1000)});
  EXPECT_TRUE(no_slower(serve(subject_named("fifo"), input, {}).rows, fast.rows).has_value());
  EXPECT_TRUE(no_slower(serve(subject_of<NewestFirst<World>>(), input, {}).rows, fast.rows).has_value());
}

TEST(Planted, AGraphWhoseTasksWaitForOneWorkerIsFound) {
  const TaskGraph graph = random_graph(2000, 3, 40, 5);
  const GraphRun run = run_graph(subject_of<DealsAndPromises<World>>(), graph, {.workers = 8});
  EXPECT_TRUE(keeps_workers_busy(run.rows, 8).has_value());
}

}  // namespace
}  // namespace rota::checks::theory
