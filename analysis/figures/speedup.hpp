// Speed-up: how many times better a policy is than at the smallest number of workers.
#pragma once

#include <optional>
#include <string>

#include "analysis/figures/panels.hpp"

namespace rota::analysis {

// The column of the fewest workers among those of the same world, machine and placement as `column` in which `policy`
// has a figure; none if there is none.
[[nodiscard]] std::optional<std::size_t> smallest_column(const Panel& panel, std::size_t column,
                                                         const std::string& policy);

// The policy's figure at `column` against the figure of `against` (itself if empty) at its smallest column, inside
// blocks; above 1 is better whatever the unit. None if either is missing.
[[nodiscard]] std::optional<Estimate> speedup_at(const Panel& panel, std::size_t column, const std::string& policy,
                                                 const std::string& against = {});

// "speedup(makespan)" asks for the speed-up of "makespan"; none for any other text.
[[nodiscard]] std::optional<std::string> speedup_metric(const std::string& axis);

}  // namespace rota::analysis
