// Warming up, repeating and summarising.
#include "workloads/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "worlds/median.hpp"
#include "worlds/real.hpp"

namespace rota::workloads {
namespace {

using World = env::Real;

// The smallest value that at least this share of all values does not exceed.
double quantile(std::vector<std::int64_t>& values, double share) {
  const double rank = std::ceil(share * static_cast<double>(values.size()));
  const auto index = static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(values.size()))) - 1;
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(index);
  std::nth_element(values.begin(), place, values.end());
  return static_cast<double>(*place);
}

class Run {
 public:
  Run(const Plan& plan, const Effort& effort, const std::function<void(Sample&)>& iterate)
      : plan_(plan), effort_(effort), iterate_(iterate), most_(std::max<std::uint64_t>(effort.max_iterations, 1)) {}

  Result measure() {
    if (!plan_.once) warm_up();
    values_.assign(plan_.metrics.size(), {});
    sample_.all_latencies().clear();
    if (plan_.on_measure) plan_.on_measure();
    repeat();
    if (plan_.on_end) plan_.on_end();
    return result();
  }

 private:
  void repeat() {
    if (plan_.rounds > 0) {
      while (right_ && iterations_ < plan_.rounds) count_one();
      return;
    }
    const TimePoint start = World::now();
    do count_one();
    while (right_ && !plan_.once && iterations_ < most_ && World::now() - start < effort_.min_time);
  }

  void count_one() {
    iterate();
    ++iterations_;
  }

  void warm_up() {
    values_.assign(plan_.metrics.size(), {});
    if (plan_.rounds > 0) return iterate();
    const TimePoint start = World::now();
    for (std::uint64_t i = 0; i < std::min(warm_most, most_) && right_ && !warm_; ++i) {
      iterate();
      warm_ = steady();
      if (World::now() - start >= effort_.min_time) break;
    }
  }

  [[nodiscard]] bool steady() const {
    const auto& figures = values_.front();
    if (figures.size() < warm_window) return false;
    const std::vector<double> last(figures.end() - warm_window, figures.end());
    const auto [least, most] = std::minmax_element(last.begin(), last.end());
    return *most - *least <= warm_spread * median(last);
  }

  void iterate() {
    sample_.next_iteration();
    iterate_(sample_);
    for (const auto& figure : sample_.figures()) values_[index_of(figure.name)].push_back(figure.value);
    for (const auto& values : values_) {
      if (values.size() != values_.front().size()) throw std::logic_error("a workload left out one of its metrics");
    }
    for (const auto& answer : sample_.answers()) keep(answer);
  }

  [[nodiscard]] std::size_t index_of(std::string_view name) const {
    const auto found = std::find_if(plan_.metrics.begin(), plan_.metrics.end(),
                                    [&](const MetricInfo& metric) { return metric.name == name; });
    if (found == plan_.metrics.end()) throw std::logic_error(fmt::format("a workload does not declare '{}'", name));
    return static_cast<std::size_t>(found - plan_.metrics.begin());
  }

  // The first answer of each name stays, unless it is right and this one is wrong.
  void keep(const Sample::Answer& answer) {
    right_ = right_ && answer.expected == answer.got;
    Check check{std::string(answer.name), std::to_string(answer.expected), std::to_string(answer.got)};
    const auto found =
        std::find_if(checks_.begin(), checks_.end(), [&](const Check& other) { return other.name == answer.name; });
    if (found == checks_.end()) {
      checks_.push_back(std::move(check));
    } else if (found->ok() && !check.ok()) {
      *found = std::move(check);
    }
  }

  Result result() {
    Result result{.measurements = {}, .checks = std::move(checks_)};
    auto add = [&](const MetricInfo& metric, double value) {
      result.measurements.push_back({std::string(metric.name), std::string(metric.unit), value, iterations_});
    };
    for (std::size_t i = 0; i < plan_.metrics.size(); ++i) add(plan_.metrics[i], median(values_[i]));
    for (const auto& percentile : plan_.percentiles) {
      if (sample_.all_latencies().empty()) throw std::logic_error("a workload has percentiles and no latencies");
      add(percentile.metric, quantile(sample_.all_latencies(), percentile.quantile));
    }
    if (!plan_.once && plan_.rounds == 0) result.measurements.push_back({"warm", "1", warm_ ? 1.0 : 0.0, iterations_});
    return result;
  }

  const Plan& plan_;
  const Effort& effort_;
  const std::function<void(Sample&)>& iterate_;
  const std::uint64_t most_;
  Sample sample_;
  std::vector<std::vector<double>> values_;  // for each metric, of each iteration
  std::vector<Check> checks_;
  std::uint64_t iterations_ = 0;
  bool warm_ = false;
  bool right_ = true;
};

}  // namespace

Result run_iterations(const Plan& plan, const Effort& effort, const std::function<void(Sample&)>& iterate) {
  return Run(plan, effort, iterate).measure();
}

}  // namespace rota::workloads
