// The map of all gains: policies across, workloads down, how many times better than the baseline.
#pragma once

#include <string>

#include "analysis/figures/summary.hpp"
#include "analysis/words/json.hpp"

namespace rota::analysis {

// {kind: "heat", title, subtitle, answer, mark, columns: […], rows: […], cells: [{x, y, gain, low, high, sure}]}
// Each workload's primary panel (or `metric`'s) at its last column of this world, if the baseline has a figure there
// and some other policy too. `sure`: the interval does not cover 1. Null if there is none.
[[nodiscard]] Json draw_heat(const Summary& summary, record::World kind, std::string_view metric = {});

}  // namespace rota::analysis
