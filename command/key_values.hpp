// Labels, settings and their values on a command line that is being written: what --only, --set and --with take.
#pragma once

#include <string>
#include <vector>

#include "command/line.hpp"

namespace rota::command {

// What the definitions on the line call their policies and workloads; without a definition, all there are.
[[nodiscard]] std::vector<std::string> labels(const Line& line);

// KEY=VALUE, no more than the next step of it: keys until there is an "=", then values.
[[nodiscard]] std::vector<std::string> key_values(const Line& line);

}  // namespace rota::command
