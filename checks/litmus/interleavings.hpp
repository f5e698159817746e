// Sequential consistency by its definition: every interleaving of a litmus program over one memory.
#pragma once

#include <set>
#include <string>

#include "checks/litmus/program.hpp"

namespace rota::checks::litmus {

[[nodiscard]] std::set<std::string> interleave(const Program& program);

}  // namespace rota::checks::litmus
