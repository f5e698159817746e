// Private to this folder: how a cell's program is started, and whether it may be at all: a peer must be the very
// program that the manifest says, and an allocator the very library.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/run/cell_run.hpp"

namespace rota::experiments {

struct Launch {
  std::vector<std::string> command;
  std::vector<unsigned> units;  // that it is confined to; none: all
  std::vector<std::string> environment;
  std::optional<CellEnd> instead;  // it must not be started, and this is recorded
};

// A cell of a policy of Rota's own is run by `own_command`. Reads a peer's program and an allocator's library whole,
// every time: they can become others while a run goes on.
[[nodiscard]] Launch launch_of(const record::Manifest& manifest, const record::PlannedCell& cell,
                               const std::vector<std::string>& own_command);

// What the start line of the cell's program must name; empty for Rota's own.
[[nodiscard]] std::string version_of(const record::Manifest& manifest, const record::PlannedCell& cell);

}  // namespace rota::experiments
