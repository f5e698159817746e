// What a chart says, in a sentence that claims no more than the intervals do.
#pragma once

#include <string>

#include "analysis/charts/plot.hpp"
#include "analysis/figures/summary.hpp"

namespace rota::analysis {

// Who is best in this slice and by how much against the baseline, or that they cannot be told apart.
[[nodiscard]] std::string answer_at(const Summary& summary, const Slice& slice);

// The answer at the plot's last slice of each world, the simulated one marked; for lines over a parameter also how flat
// the best policy's line is.
[[nodiscard]] std::string answer(const Summary& summary, const Plot& plot);

}  // namespace rota::analysis
