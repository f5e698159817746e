// The claims of a run on a terminal, each with its verdict: what a run of a definition that has claims ends with. In at
// most 120 columns, like the table of figures.
#pragma once

#include <cstdio>
#include <string>

#include "analysis/figures/run.hpp"

namespace rota::analysis {

// Empty if the run has no claims. `colour`: verdicts in green, yellow and red.
[[nodiscard]] std::string format_claims(const Run& run, bool colour);
void print_claims(const Run& run, std::FILE* out, bool colour);

}  // namespace rota::analysis
