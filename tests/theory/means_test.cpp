// Means and tails of long runs against formulas, within the interval that the run itself gives at 99.9 %. Seeds are
// fixed: a test passes always or never.
#include "checks/theory/formulas.hpp"
#include "series.hpp"
#include "support.hpp"

namespace rota::checks::theory {
namespace {

Rows run_of(const Subject& subject, const Stream& stream) {
  return serve(subject, poisson(stream), {.workers = stream.workers, .settings = uncut(subject), .tells = false}).rows;
}

struct Cell {
  unsigned workers;
  double load;
  std::size_t requests;
};
// More requests where waits are rare or long.
constexpr Cell cells[] = {{1, .7, 100'000},  {1, .8, 150'000},  {1, .9, 300'000},  {2, .7, 100'000}, {2, .8, 150'000},
                          {2, .9, 300'000},  {4, .7, 100'000},  {4, .8, 150'000},  {4, .9, 300'000}, {16, .7, 150'000},
                          {16, .8, 150'000}, {16, .9, 300'000}, {64, .8, 200'000}, {64, .9, 300'000}};

std::string place(const Cell& cell) { return fmt::format("{} workers, load {}", cell.workers, cell.load); }

// Mean wait, share of waits above the mean one, and share of times in the system above their 99th percentile.
TEST(Means, AQueueOfMMkServedInOrderHasTheKnownMeansAndTails) {
  for_each_in([](const Subject& s) { return serves_in_order(s) && !s.knows("quantum"); }, "M/M/k",
              [](const Subject& subject) {
                for (const Cell& cell : cells) {
                  const auto [k, load, requests] = cell;
                  const Stream stream{.law = exponential, .workers = k, .load = load, .requests = requests, .seed = 5};
                  const Rows rows = run_of(subject, stream);
                  expect_holds(follows_kiefer_wolfowitz(rows, k), place(cell));
                  const Known known(rows, stream);
                  const auto controls = known.controls();
                  const double mean = mmk_wait(k, load), p99 = mmk_sojourn_quantile(k, load, .99);
                  const Values waited = waits(rows);
                  expect_holds(batch_means(waited, controls), mean, place(cell) + ", mean wait");
                  expect_holds(batch_means(later_than(rows, &Row::wait, mean), controls), mmk_wait_tail(k, load, mean),
                               place(cell) + ", waits above the mean");
                  auto more = controls;
                  more.push_back({waited, mean});  // what is late goes with what waits
                  expect_holds(batch_means(later_than(rows, &Row::sojourn, p99), more), .01,
                               place(cell) + ", above p99");
                }
              });
}

// The mean wait does not depend on the order, as long as nobody knows sizes. The wait of the recursion on the same
// input, whose mean is known, is the control: what is left is what the policy's order does.
TEST(Means, EveryPolicyThatConservesWorkAndKnowsNoSizesHasTheSameMeanWait) {
  for_each_in(conserves_work, "M/M/k, blind", [](const Subject& subject) {
    for (const unsigned k : {1U, 4U}) {
      const Stream stream{.law = exponential, .workers = k, .load = .8, .requests = 60'000, .seed = 15};
      const Input input = poisson(stream);
      const Rows rows = run_of(subject, stream);
      const std::vector<Ns> starts = kiefer_wolfowitz_starts(input, k);
      const Known known(rows, stream);
      std::vector<Control> controls = known.controls();
      Values in_order;
      bool same = true;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        in_order.push_back(in_units(starts[i] - input[i].arrival));
        same = same && starts[i] == rows[i].start;
      }
      if (!same) controls = {{in_order, mmk_wait(k, .8)}};
      expect_holds(batch_means(waits(rows), controls), mmk_wait(k, .8), fmt::format("{} workers", k));
    }
  });
}

TEST(Means, OneWorkerInOrderWaitsAsPollaczekAndKhinchineSay) {
  for_each_in([](const Subject& s) { return serves_in_order(s) && !s.knows("quantum"); }, "Pollaczek-Khinchine",
              [](const Subject& subject) {
                for (const Law& law : laws()) {
                  const std::size_t requests = law.variation > 10 ? 400'000 : 150'000;
                  const Stream stream{.law = law, .load = .7, .requests = requests, .seed = 25};
                  const Rows rows = run_of(subject, stream);
                  const Known known(rows, stream);
                  expect_holds(batch_means(waits(rows), known.controls()), pollaczek_khinchine_wait(.7, law.variation),
                               law.name);
                }
              });
}

// Small quanta share the worker: the mean time in the system, and that of each size, depend on the mean size alone. The
// second for requests of many quanta: what is served in one or two has not been shared.
TEST(Means, RoundRobinWithSmallQuantaSharesTheWorker) {
  constexpr Ns quantum = unit / 64;
  for_each_in(shares_by_quantum, "processor sharing", [](const Subject& subject) {
    for (const Law& law : {constant, exponential, bimodal_1, high}) {
      const Stream stream{.law = law, .load = .7, .requests = 24'000, .seed = 35};
      const Rows rows = serve(subject, poisson(stream), {.settings = cut(subject, quantum)}).rows;
      const Known known(rows, stream);
      const double theory = processor_sharing_sojourn(.7);
      expect_holds(batch_means(sojourns(rows), known.controls()), theory, fmt::format("{}, mean", law.name));
      Rows many;
      std::ranges::copy_if(rows, std::back_inserter(many), [](const Row& row) { return row.service >= 16 * quantum; });
      const Values slowdowns =
          each(many, [](const Row& row) { return in_units(row.sojourn()) / in_units(row.service); });
      expect_holds(batch_means(slowdowns), theory, fmt::format("{}, of each size", law.name));
    }
  });
}

TEST(Means, TwoWorkersBehindOneQueueBeatTwoBehindARandomSplit) {
  const auto mean = [](const Subject& subject, double load) {
    const Stream stream{.law = exponential, .workers = 2, .load = load, .requests = 120'000, .seed = 45};
    const Rows rows = run_of(subject, stream);
    const Known known(rows, stream);
    return batch_means(sojourns(rows), known.controls());
  };
  for (const double load : {.5, .8}) {
    for_each_in([](const Subject& s) { return serves_in_order(s) && !s.knows("quantum"); }, "one queue",
                [&](const Subject& s) { expect_holds(mean(s, load), shared_pair_sojourn(load), "one queue"); });
    for_each_in(splits_by_chance, "random split",
                [&](const Subject& s) { expect_holds(mean(s, load), split_pair_sojourn(load), "random split"); });
  }
}

}  // namespace
}  // namespace rota::checks::theory
