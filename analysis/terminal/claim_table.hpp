// The claims of a run on a terminal, each with its verdict: what a run of a definition that has claims ends with. In at
// most 120 columns, like the table of figures.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "analysis/claims/claims.hpp"

namespace rota::analysis {

// Empty if there are none. `colour`: verdicts in green, yellow and red.
[[nodiscard]] std::string format_claims(const std::vector<JudgedClaim>& all, bool colour);
void print_claims(const std::vector<JudgedClaim>& all, std::FILE* out, bool colour);

}  // namespace rota::analysis
