// What a run says as one JSON object, for programs: outcomes, figures with their noise, what speaks against believing
// them, verdicts. docs/json.md names the members.
#pragma once

#include <vector>

#include "analysis/claims/claims.hpp"
#include "analysis/figures/summary.hpp"
#include "analysis/words/json.hpp"
#include "record/run.hpp"

namespace rota::analysis {

// `summary` and `claims` are those of the run.
[[nodiscard]] Json run_json(const record::Run& run, const Summary& summary, const std::vector<JudgedClaim>& claims);

}  // namespace rota::analysis
