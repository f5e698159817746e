// Which words may stand next on a command line of `rota`.
#pragma once

#include <string>
#include <vector>

#include "command/line.hpp"

namespace rota::command {

// Whole words that may stand where the last one is, and begin as it does.
[[nodiscard]] std::vector<std::string> completions(const Line& line);

}  // namespace rota::command
