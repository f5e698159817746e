// Measured or simulated: which of the two a figure is, and the words by which every table and chart says so. The two
// never share a statistic, and never a chart without a mark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/world.hpp"

namespace rota::analysis {

// The machine whose costs `rota calibrate` measured; all other machines' costs are stated.
inline constexpr std::string_view calibrated_machine = "host";

inline constexpr std::string_view simulated_suffix = " (simulated)";  // behind a policy in legends

// "sim: 2s-64c"; empty for the real world.
[[nodiscard]] std::string badge(record::World world, std::string_view machine);

// "measured on real threads", "simulated on 2s-64c".
[[nodiscard]] std::string provenance(record::World world, std::string_view machine);

// "a, b and c".
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

}  // namespace rota::analysis
