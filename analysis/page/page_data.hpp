// What the report page knows of a run, as JSON; report.js says how it is shown.
#pragma once

#include "analysis/figures/run.hpp"

namespace rota::analysis {

[[nodiscard]] Json page_data(const Run& run);

}  // namespace rota::analysis
