// Estimates as the terminal's tables write them: the median, and the interval behind it in brackets.
#pragma once

#include <string>
#include <string_view>

#include "analysis/figures/statistics.hpp"

namespace rota::analysis {

// "41.2 ns [40.8, 43.0]"; one value has no interval.
[[nodiscard]] std::string figure_text(const Estimate& value, std::string_view unit);

// "1.80× [1.71, 1.92]"
[[nodiscard]] std::string ratio_text(const Estimate& ratio);

}  // namespace rota::analysis
