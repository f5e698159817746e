// The runner of one cell: effort, warm-up, medians, percentiles, and that no wrong answer passes.
#include "workloads/measure.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "runtime/sleep.hpp"
#include "tests/workloads/measuring.hpp"
#include "workloads/measure_row.hpp"

namespace rota::workloads::testing {
namespace {

constexpr std::array one_metric{MetricInfo{"figure", "ns", "a figure"}};
constexpr std::array one_percentile{Percentile{{"tail", "ns", "a tail"}, 0.9}};
const Plan plain{.metrics = one_metric, .percentiles = {}};
const Effort long_enough{std::chrono::hours(1), 20};

TEST(Measure, StopsAtTheGreatestNumberOfIterations) {
  std::uint64_t calls = 0;
  const Result result = run_iterations(plain, long_enough, [&](Sample& sample) {
    ++calls;
    sample.metric("figure", 1);
  });
  EXPECT_EQ(calls, warm_window + 20);
  EXPECT_EQ(result.measurements.front().iterations, 20U);
}

TEST(Measure, MeasuresOnceWhenThereIsNoTimeAtAll) {
  for (const std::uint64_t most : {0U, 1U, 7U}) {
    const Result result = run_iterations(plain, iterations(most), [](Sample& sample) { sample.metric("figure", 1); });
    EXPECT_EQ(result.measurements.front().iterations, 1U);
  }
}

TEST(Measure, IteratesExactlyOnceIfThatIsAll) {
  int calls = 0;
  const Plan once{.metrics = one_metric, .percentiles = {}, .once = true};
  (void)run_iterations(once, long_enough, [&](Sample& sample) { sample.metric("figure", ++calls); });
  EXPECT_EQ(calls, 1);
}

TEST(Measure, LeavesTheWarmUpOutOfTheFigures) {
  int calls = 0;
  const Result result = run_iterations(
      plain, long_enough, [&](Sample& sample) { sample.metric("figure", ++calls <= 5 ? 1000.0 / calls : 1.0); });
  EXPECT_EQ(value(result, "warm"), 1);
  EXPECT_EQ(value(result, "figure"), 1);
}

TEST(Measure, SaysThatNoSteadyStateWasReached) {
  double figure = 1;
  const Effort effort{std::chrono::hours(1), 40};
  std::uint64_t calls = 0;
  const Result result = run_iterations(plain, effort, [&](Sample& sample) {
    ++calls;
    sample.metric("figure", figure *= 1.5);
  });
  EXPECT_EQ(value(result, "warm"), 0);
  EXPECT_EQ(calls, warm_most + 40);
}

RC_GTEST_PROP(Measure, ReportsTheMedianAndTheExactPercentileOfAllIterations, ()) {
  const auto figures = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange(0, 1000)));
  const Plan plan{.metrics = one_metric, .percentiles = one_percentile};
  const Effort effort{std::chrono::hours(1), figures.size()};
  std::vector<std::int64_t> seen;  // the last ones are what is measured
  std::size_t next = 0;
  const Result result = run_iterations(plan, effort, [&](Sample& sample) {
    seen.push_back(figures[next++ % figures.size()]);
    sample.metric("figure", static_cast<double>(seen.back()));
    for (auto& latency : sample.latencies(2)) latency = seen.back();
  });
  std::vector<std::int64_t> measured(seen.end() - static_cast<std::ptrdiff_t>(figures.size()), seen.end());
  std::sort(measured.begin(), measured.end());
  const std::size_t size = measured.size();
  const auto middle = static_cast<double>(measured[(size - 1) / 2] + measured[size / 2]) / 2;
  RC_ASSERT(result.measurements[0].value == middle);
  const auto exceeding = std::count_if(measured.begin(), measured.end(), [&](auto one) {
    return static_cast<double>(one) > result.measurements[1].value;
  });
  const auto not_below = std::count_if(measured.begin(), measured.end(), [&](auto one) {
    return static_cast<double>(one) >= result.measurements[1].value;
  });
  RC_ASSERT(10 * exceeding <= static_cast<std::ptrdiff_t>(size));
  RC_ASSERT(10 * not_below > static_cast<std::ptrdiff_t>(size));
}

TEST(Measure, KeepsTheFirstWrongAnswerAndMeasuresNoFurther) {
  for (const std::uint64_t wrong_at : {1U, 3U, 9U}) {  // in the warm-up and after it
    std::uint64_t calls = 0;
    const Result result = run_iterations(plain, long_enough, [&](Sample& sample) {
      ++calls;
      sample.metric("figure", 1);
      sample.check("right", 7, 7);
      sample.check("count", 10, calls >= wrong_at ? 10 - calls : 10);
    });
    ASSERT_EQ(result.checks.size(), 2U);
    EXPECT_TRUE(result.checks[0].ok());
    EXPECT_FALSE(result.checks[1].ok());
    EXPECT_EQ(result.checks[1].got, std::to_string(10 - wrong_at));
    EXPECT_LE(calls, wrong_at + 1);
  }
}

TEST(Measure, RefusesAWorkloadThatForgetsOrInventsAMetric) {
  EXPECT_THROW((void)run_iterations(plain, iterations(1), [](Sample& sample) { sample.metric("other", 1); }),
               std::logic_error);
  constexpr std::array two{MetricInfo{"a", "ns", ""}, MetricInfo{"b", "ns", ""}};
  const Plan plan{.metrics = two, .percentiles = {}};
  EXPECT_THROW((void)run_iterations(plan, iterations(1), [](Sample& sample) { sample.metric("a", 1); }),
               std::logic_error);
}

template <Env E> Job<E> count_one(typename E::template atomic<std::uint64_t>& count) {
  count.fetch_add(1, Order::relaxed);
  co_return;
}

// Runs ten tasks and expects as many as it is told: a planted wrong answer.
template <Env E> class Planted {
 public:
  static constexpr std::string_view name = "planted", summary = "counts ten tasks";
  struct Config {
    std::uint64_t expected = 10;
    static constexpr auto settings() { return std::tuple{setting("expected", &Config::expected, "the answer", 0, 20)}; }
  };
  static constexpr std::array metrics{MetricInfo{"figure", "ns", "a figure"}};
  explicit Planted(const Config& config) : config_(config) {}
  void iterate(Executor<E>& executor, Sample& sample) {
    typename E::template atomic<std::uint64_t> count{0};
    for (int i = 0; i < 10; ++i) executor.block_on(count_one<E>(count));
    sample.metric("figure", 1);
    sample.check("tasks", config_.expected, count.load(Order::relaxed));
  }

 private:
  const Config config_;
};

TEST(Measure, SeesAPlantedWrongAnswerOfAWorkload) {
  const auto start = starter(real_policies().front(), 2);
  EXPECT_TRUE((measure<Planted<env::Real>, env::Real>(start, {}, iterations(1)).checks.at(0).ok()));
  const Result wrong = measure<Planted<env::Real>, env::Real>(start, {{"expected", 11}}, long_enough);
  EXPECT_FALSE(wrong.checks.at(0).ok());
  EXPECT_EQ(wrong.checks.at(0).expected, "11");
  EXPECT_EQ(wrong.checks.at(0).got, "10");
}

}  // namespace
}  // namespace rota::workloads::testing
