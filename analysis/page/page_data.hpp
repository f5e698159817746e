// What the report page knows of a run, as JSON; report.js says how it is shown.
#pragma once

#include <vector>

#include "analysis/claims/claims.hpp"
#include "analysis/words/json.hpp"
#include "record/run.hpp"

namespace rota::analysis {

[[nodiscard]] Json page_data(const record::Run& run, const Summary& summary, const std::vector<JudgedClaim>& claims);

}  // namespace rota::analysis
