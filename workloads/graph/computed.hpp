// Computation that a workload really does. In the real world it takes its time by itself; elsewhere it takes none, so
// there its usual time is declared.
#pragma once

#include "worlds/env.hpp"

namespace rota::workloads {

template <Env E> [[nodiscard]] constexpr Duration undeclared(Duration usual) noexcept {
  return real_time<E> ? Duration(0) : usual;
}

// Just computed: what usually takes so long.
template <Env E> void declare_computed(Duration usual) {
  if (undeclared<E>(usual) > Duration(0)) E::charge({usual});
}

}  // namespace rota::workloads
