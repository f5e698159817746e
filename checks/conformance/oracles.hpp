// The oracles that judge the executions of one program, as one observer.
#pragma once

#include <memory>

#include "schedulers/policy.hpp"
#include "worlds/virtual/explore.hpp"

namespace rota::checks {

[[nodiscard]] std::unique_ptr<explore::Observer> make_oracles(const Guarantees& guarantees, unsigned workers,
                                                              explore::Memory memory);

}  // namespace rota::checks
