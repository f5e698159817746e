// Draws a plot: what the page needs of it, as JSON.
#pragma once

#include "analysis/charts/plot.hpp"
#include "analysis/figures/summary.hpp"
#include "analysis/words/json.hpp"

namespace rota::analysis {

// {kind, title, subtitle, answer, mark, simulated, xName, xLog, yName, yLog, reference, ideal, categories: […],
//  series: [{name, policy, simulated, colour, points: [{x, y, low, high, count, where, samples: […]}]}]}
// Values are in the unit that yName names; a bar's x is its category's index; colour is the policy's index in the run.
// A simulated series' name ends with simulated_suffix. `ideal`: the x at which a speed-up of 1 is, for the line y = x /
// ideal.
[[nodiscard]] Json draw(const Summary& summary, const Plot& plot);

// Whether the y axis must be logarithmic.
[[nodiscard]] bool y_needs_log(const Summary& summary, const Plot& plot);

}  // namespace rota::analysis
