// The recursions over long inputs against the formulas, more sharply than a runtime could be in the time. The paths of
// runtimes are those of the recursions to the nanosecond (paths_test.cpp, means_test.cpp), so this is about both.
#include "checks/theory/formulas.hpp"
#include "series.hpp"
#include "support.hpp"

namespace rota::checks::theory {
namespace {

Rows rows_of(const Stream& stream) {
  const Input input = poisson(stream);
  const std::vector<Ns> starts = kiefer_wolfowitz_starts(input, stream.workers);
  Rows rows;
  rows.reserve(input.size());
  for (std::size_t i = 0; i < input.size(); ++i)
    rows.push_back({input[i].arrival, input[i].service, starts[i], starts[i] + input[i].service, 0});
  return rows;
}

class MMk : public testing::TestWithParam<unsigned> {};

TEST_P(MMk, TheRecursionHasTheMeansAndTailsOfTheFormulas) {
  const unsigned k = GetParam();
  for (const double load : {.7, .8, .9}) {
    const std::string place = fmt::format("load {}, ", load);
    const Stream stream{.law = exponential, .workers = k, .load = load, .requests = 1'000'000, .seed = 55};
    const Rows rows = rows_of(stream);
    const Known known(rows, stream);
    const auto controls = known.controls();
    const double mean = mmk_wait(k, load), p99 = mmk_sojourn_quantile(k, load, .99);
    expect_holds(batch_means(waits(rows), controls), mean, place + "mean wait");
    expect_holds(batch_means(later_than(rows, &Row::wait, mean), controls), mmk_wait_tail(k, load, mean),
                 place + "waits above the mean");
    // What is late goes with what waits, whose mean was just looked at.
    const Values waited = waits(rows);
    auto more = controls;
    more.push_back({waited, mean});
    expect_holds(batch_means(later_than(rows, &Row::sojourn, p99), more), .01, place + "above p99");
  }
}
INSTANTIATE_TEST_SUITE_P(RecursionMeans, MMk, testing::Values(1U, 2U, 4U, 16U, 64U));

TEST(RecursionMeans, OneWorkerWaitsAsPollaczekAndKhinchineSay) {
  for (const Law& law : laws()) {
    for (const double load : {.7, .9}) {
      // A batch must be long against the memory of the queue, or batches depend on each other.
      if ((1 + law.variation) / ((1 - load) * (1 - load)) > 5000) {
        fmt::print("             {} at load {} would need a longer run\n", law.name, load);
        continue;
      }
      const Stream stream{.law = law, .load = load, .requests = 1'000'000, .seed = 65};
      const Rows rows = rows_of(stream);
      const Known known(rows, stream);
      expect_holds(batch_means(waits(rows), known.controls()), pollaczek_khinchine_wait(load, law.variation),
                   fmt::format("{}, load {}", law.name, load));
    }
  }
}

}  // namespace
}  // namespace rota::checks::theory
