// The list of reactors.
#include "reactor/registry.hpp"

#include <array>

#include "reactor/epoll_reactor.hpp"

namespace rota {
namespace {

template <Env E> std::unique_ptr<Reactor> make_epoll() { return std::make_unique<EpollReactor<E>>(); }

}  // namespace

std::span<const ReactorEntry> reactors() {
  static constexpr std::array<ReactorEntry, 1> all{{
      {.name = "epoll",
       .summary = "readiness from epoll, the system calls done on readiness; timers in a hierarchical wheel",
       .make = &make_epoll<env::Real>,
       .make_local = &make_epoll<env::Local>},
  }};
  return all;
}

}  // namespace rota
