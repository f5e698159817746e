// What the page shows of the error of a prediction, as data.
#pragma once

#include "analysis/figures/prediction.hpp"
#include "analysis/figures/summary.hpp"
#include "analysis/words/json.hpp"

namespace rota::analysis {

// What the page shows of it; null if nothing was simulated. {text, measured, rows: […], charts: […]}, a chart being
// {kind: "pairs", title, subtitle, answer, mark, simulated, log, unit, series: [{name, policy, colour, points: [{x, y,
// where, error}]}]}.
[[nodiscard]] Json prediction_json(const Summary& summary);

}  // namespace rota::analysis
