// The cell protocol from the side that asks: what a cell's program is given, and the judgement of what came back.
#pragma once

#include <string>

#include "experiments/child/child.hpp"
#include "record/run.hpp"

namespace rota::experiments {

struct CellEnd {
  std::string file;           // the text of cells/<id>.jsonl: one JSON object a line, the outcome last
  record::CellResult result;  // what parse_cell_file() makes of it
};

// The standard input of the cell's program.
[[nodiscard]] std::string cell_input(const record::Manifest& manifest, const record::PlannedCell& cell);

// `end` is not that of an Interrupt. `version`: what the start line must name as the runtime's version, if it is not
// empty; another one is a refusal, whatever came after it.
[[nodiscard]] CellEnd judge(const ChildEnd& end, double timeout_s, const std::string& version = {});

// A cell whose program was not started.
[[nodiscard]] CellEnd not_started(record::Outcome outcome, const std::string& detail);

}  // namespace rota::experiments
