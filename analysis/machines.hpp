// The simulated machines of a run for its report: their files, where the costs in them come from.
#pragma once

#include "analysis/run.hpp"

namespace rota::analysis {

// The machine whose costs `rota calibrate` measured; all other machines' costs are stated.
inline constexpr std::string_view calibrated_machine = "host";

// [{name, summary, calibrated, sources: [{table, source}], text}] for every machine that the run kept; a text that is
// no TOML has no summary and no sources.
[[nodiscard]] Json machines_json(const Run& run);

}  // namespace rota::analysis
