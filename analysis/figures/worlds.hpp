// In which worlds the cells of a run are.
#pragma once

#include <string>
#include <vector>

#include "record/run.hpp"

namespace rota::analysis {

// Whether some cell of the run is of this kind (real, simulated), whatever became of it.
[[nodiscard]] bool has_kind(const record::Run& run, record::World kind);

// The names of the machines that cells were simulated on, in the order of the cells.
[[nodiscard]] std::vector<std::string> simulated_machines(const record::Run& run);

}  // namespace rota::analysis
