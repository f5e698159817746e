// Charts of where simulated time went, as data.
#pragma once

#include "analysis/figures/time_shares.hpp"
#include "analysis/words/json.hpp"

namespace rota::analysis {

// One chart for each: {kind: "shares", group, title, subtitle, answer, mark, simulated, categories: ["1", …], causes:
// [{name, key, values: [per cent]}]}. `group` is what charts have in common that belong beside each other.
[[nodiscard]] Json time_charts(const std::vector<TimeByCause>& all);

}  // namespace rota::analysis
