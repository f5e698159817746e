// The names that a place on the command line takes: policies, experiments, runs, settings.
#pragma once

#include <string>
#include <vector>

#include "command/line.hpp"

namespace rota::command {

// By what the place is called (placeholder()); none where any text, or any file, may stand.
[[nodiscard]] std::vector<std::string> known_words(const Line& line);

}  // namespace rota::command
