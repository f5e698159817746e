// The oracles that judge the executions of one program, as one observer.
#pragma once

#include <memory>

#include "schedulers/policy.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

[[nodiscard]] std::unique_ptr<explored::Observer> make_oracles(const Guarantees& guarantees, unsigned workers,
                                                               explored::Memory memory);

}  // namespace rota::checks
