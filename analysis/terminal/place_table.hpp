// The terminal's table of a panel of many places (worker counts × placements × worlds): a line for each, the policies
// across, medians alone.
#pragma once

#include <string>

#include "analysis/figures/summary.hpp"
#include "analysis/terminal/terminal_text.hpp"

namespace rota::analysis {

// With more columns than this a panel is laid out by places.
inline constexpr std::size_t most_columns = 12;

// The best of each line in bold; controls are left out. Ends with an empty line; fits table_width.
[[nodiscard]] std::string place_table(const Panel& panel, const Style& style);

}  // namespace rota::analysis
