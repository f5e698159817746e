// The cell protocol from the side that asks: what a cell's program is given, and the judgement of what came back.
#pragma once

#include <string>

#include "experiments/child.hpp"
#include "experiments/run_reader.hpp"

namespace rota::experiments {

struct CellEnd {
  std::string file;   // the text of cells/<id>.jsonl: one JSON object a line, the outcome last
  CellResult result;  // what parse_cell_file() makes of it
};

// The standard input of the cell's program.
[[nodiscard]] std::string cell_input(const Manifest& manifest, const PlannedCell& cell);

// `end` is not that of an Interrupt.
[[nodiscard]] CellEnd judge(const ChildEnd& end, double timeout_s);

}  // namespace rota::experiments
