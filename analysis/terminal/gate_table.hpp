// The verdicts of the gate between two builds, on a terminal.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analysis/figures/gate.hpp"

namespace rota::analysis {

// A line for each benchmark and a closing sentence. `there` is what the other build is called.
[[nodiscard]] std::string gate_table(std::span<const GateRow> rows, std::string_view there, bool colour);

}  // namespace rota::analysis
