// The list of reactors.
#include "reactor/registry.hpp"

#include <array>

#include "reactor/epoll_reactor.hpp"

namespace rota {

std::span<const ReactorEntry> reactors() {
  static constexpr std::array<ReactorEntry, 1> all{{
      {.name = "epoll",
       .summary = "readiness from epoll, the system calls done on readiness; timers in a hierarchical wheel",
       .make = [] { return std::unique_ptr<Reactor>(std::make_unique<EpollReactor>()); }},
  }};
  return all;
}

}  // namespace rota
