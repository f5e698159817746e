// What a chart says, in a sentence that claims no more than the intervals do.
#pragma once

#include <string>

#include "analysis/plot.hpp"

namespace rota::analysis {

// The answer at the plot's last slice of each world, the simulated one marked; for lines over a parameter also how flat
// the best policy's line is.
[[nodiscard]] std::string answer(const Run& run, const Summary& summary, const Plot& plot);

}  // namespace rota::analysis
