// Runs one cell: starts its program, speaks the protocol with it, and judges what came back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/child.hpp"
#include "experiments/run_reader.hpp"

namespace rota::experiments {

struct CellEnd {
  std::string file;   // the text of cells/<id>.jsonl: one JSON object a line, the outcome last
  CellResult result;  // what parse_cell_file() makes of it
};

// Nothing if the person interrupted: the cell is then as if it had not been started.
[[nodiscard]] std::optional<CellEnd> run_cell(const PlannedCell& cell, const std::vector<std::string>& command,
                                              const Interrupt& interrupt);

// The judgement alone, for a program that ended so.
[[nodiscard]] CellEnd judge(const ChildEnd& end, double timeout_s);

}  // namespace rota::experiments
