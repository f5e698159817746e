// Writes a machine as the text of a machine file.
#pragma once

#include <string>

#include "experiments/machine/machine.hpp"

namespace rota::experiments {

// TOML that parse_machine_file reads as the same machine, from everything but `text` and `file`. A table without a
// source in `machine.sources` gets an empty one, which is refused when it is read.
[[nodiscard]] std::string machine_text(const MachineFile& machine);

}  // namespace rota::experiments
