// The table that ends a run on the terminal: the first metric of every workload, in at most 120 columns of UTF-8.
#pragma once

#include <cstdio>
#include <string>

#include "analysis/figures/summary.hpp"

namespace rota::analysis {

// `colour`: mark the best of a column in bold, controls dim and failures red by escape sequences.
[[nodiscard]] std::string format_table(const Summary& summary, bool colour);
void print_table(const Summary& summary, std::FILE* out, bool colour);

}  // namespace rota::analysis
