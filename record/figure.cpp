// Tells by metric and unit what a figure is.
#include "record/figure.hpp"

#include <algorithm>
#include <array>

namespace rota::record {

bool is_account(std::string_view metric) {
  constexpr std::array<std::string_view, 4> others{"steals_near", "steals_far", "accesses", identity_metric};
  return metric.starts_with("sim_") || std::ranges::find(others, metric) != others.end();
}

Direction Figure::direction() const {
  if (unit == "1" || is_account(metric)) return Direction::none;
  return lower_is_better(unit) ? Direction::less : Direction::more;
}

}  // namespace rota::record
