// Policies that take a worker from a task that runs: what theory says of them, for each size where it does. Tasks
// notice within a hundredth of the mean service that they were asked.
#include "checks/theory/formulas.hpp"
#include "schedulers/presets.hpp"
#include "series.hpp"
#include "support.hpp"

namespace rota::checks::theory {
namespace {

using namespace std::chrono_literals;

Rows served_by(std::string_view policy, const SettingValues& settings, const Stream& stream, bool tells = false) {
  const Input input = poisson(stream);
  const Recording run = serve(subject_named(policy), input, {.settings = settings, .grain = 100ns, .tells = tells});
  expect_holds(all_served(run.rows, input, false), policy);
  expect_holds(keeps_busy_periods(run.rows), policy);
  return run.rows;
}

Values sojourns_of(const Rows& rows, double size) {
  Rows chosen;
  std::ranges::copy_if(rows, std::back_inserter(chosen),
                       [size](const Row& row) { return std::abs(in_units(row.service) - size) < .01; });
  return sojourns(chosen);
}

TEST(Preemption, ShortestRemainingFirstHasTheMeansOfSchrageAndMiller) {
  const Stream stream{.law = exponential, .load = .7, .requests = 60'000, .seed = 65};
  const auto* const preset = find(schedulers::presets(), "preemptive-srpt");
  const Rows rows = served_by("srpt", preset->with, stream, true);
  const Known known(rows, stream);
  expect_holds(batch_means(sojourns(rows), known.controls()), srpt_sojourn(.7), "mean");
  // Of sizes near 1 and 2.
  for (const double size : {1.0, 2.0}) {
    Values near;
    for (const Row& row : rows) {
      if (std::abs(in_units(row.service) - size) < .1) near.push_back(in_units(row.sojourn()));
    }
    expect_holds(batch_means(near), srpt_sojourn_of(.7, size), fmt::format("of size {}", size));
  }
  // Without preemption and quanta it is another policy.
  const Rows patient = served_by("srpt", {{"quantum", std::string("0ns")}}, stream, true);
  EXPECT_FALSE(batch_means(sojourns(patient), known.controls()).holds(srpt_sojourn(.7)));
}

// Two sizes, half and five and a half times the mean: who is long has the least served before it again and again.
TEST(Preemption, LeastServedFirstHasTheTimesOfForegroundBackground) {
  const Stream stream{.law = bimodal_1, .load = .7, .requests = 60'000, .seed = 66};
  const Rows rows = served_by("las", {{"quantum", std::string("100ns")}}, stream);
  expect_holds(batch_means(sojourns_of(rows, .5)), las_sojourn(.7, .5, {.mean = .5, .square = .25}), "short");
  expect_holds(batch_means(sojourns_of(rows, 5.5)), las_sojourn(.7, 5.5, {.mean = 1, .square = 3.25}), "long");
}

// The first level is a queue in order, before which nothing goes: what lies below does not exist for it.
TEST(Preemption, AFirstLevelOfFeedbackIsAQueueByItself) {
  const Stream stream{.law = bimodal_1, .load = .7, .requests = 60'000, .seed = 67};
  const Rows rows = served_by("mlfq", {{"quantum", std::string("6us")}, {"boost", std::string("0ns")}}, stream);
  const Truncated at_allotment{.mean = .9 * .5 + .1 * .6, .square = .9 * .25 + .1 * .36};
  expect_holds(batch_means(sojourns_of(rows, .5)), feedback_sojourn(.7, .5, at_allotment), "short");
  // With a boost now and then, others go before it.
  const Rows boosted = served_by("mlfq", {{"quantum", std::string("6us")}, {"boost", std::string("20us")}}, stream);
  EXPECT_FALSE(batch_means(sojourns_of(boosted, .5)).holds(feedback_sojourn(.7, .5, at_allotment)));
}

TEST(Preemption, NewestFirstHasTheTimesOfProcessorSharingWhateverTheSizes) {
  for (const Law& law : {constant, exponential, bimodal_1}) {
    const Stream stream{.law = law, .load = .7, .requests = 60'000, .seed = 68};
    const Rows rows = served_by("lifo", {}, stream);
    const Known known(rows, stream);
    expect_holds(batch_means(sojourns(rows), known.controls()), processor_sharing_sojourn(.7), law.name);
  }
}

}  // namespace
}  // namespace rota::checks::theory
