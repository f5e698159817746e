// The simulated machines of a run for its report: their files, where the costs in them come from.
#pragma once

#include "analysis/figures/run.hpp"

namespace rota::analysis {

// [{name, summary, calibrated, sources: [{table, source}], text}] for every machine that the run kept; a text that is
// no TOML has no summary and no sources.
[[nodiscard]] Json machines_json(const Run& run);

}  // namespace rota::analysis
