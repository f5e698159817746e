// Series of a run, in units of the mean service time and in the order of arrival: what batch means are made of.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "checks/theory/arrivals.hpp"
#include "checks/theory/intervals.hpp"

namespace rota::checks::theory {

using Values = std::vector<double>;

inline Values each(const Rows& rows, const std::function<double(const Row&)>& value) {
  Values values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(value(row));
  return values;
}

inline constexpr Ns unit = 10'000;  // the mean service time
inline double in_units(Ns time) { return static_cast<double>(time) / unit; }

inline Values waits(const Rows& rows) {
  return each(rows, [](const Row& row) { return in_units(row.wait()); });
}
inline Values sojourns(const Rows& rows) {
  return each(rows, [](const Row& row) { return in_units(row.sojourn()); });
}
inline Values later_than(const Rows& rows, Ns (Row::*time)() const noexcept, double limit) {
  return each(rows, [&](const Row& row) { return in_units((row.*time)()) > limit ? 1 : 0; });
}

// A long queue is due to long services and short gaps, whose means are known: controls.
class Known {
 public:
  Known(const Rows& rows, const Stream& stream)
      : services_(each(rows, [](const Row& row) { return in_units(row.service); })),
        squares_(each(rows, [](const Row& row) { return in_units(row.service) * in_units(row.service); })),
        gap_(mean_gap(stream)),
        square_(1 + stream.law.variation) {
    const auto [least, most] = std::ranges::minmax(services_);
    varies_ = least < most;
    two_values_ = std::ranges::all_of(services_, [&](double s) { return s == least || s == most; });
    Ns before = rows.front().arrival;
    for (const Row& row : rows) {
      gaps_.push_back(in_units(row.arrival - before));
      before = row.arrival;
    }
  }
  [[nodiscard]] std::vector<Control> controls() const {
    if (!varies_) return {{gaps_, gap_}};
    if (two_values_) return {{gaps_, gap_}, {services_, 1}};  // then squares say nothing more
    return {{gaps_, gap_}, {services_, 1}, {squares_, square_}};
  }

 private:
  Values services_, squares_, gaps_;
  double gap_, square_;
  bool varies_ = false, two_values_ = false;
};

}  // namespace rota::checks::theory
