// The reactors that this build knows.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "reactor/reactor.hpp"
#include "worlds/env.hpp"

namespace rota {

struct ReactorEntry {
  std::string_view name;                     // as the command line writes it
  std::string_view summary;                  // one line
  std::unique_ptr<Reactor> (*make)();        // std::system_error if the system refuses
  std::unique_ptr<Reactor> (*make_local)();  // likewise, for a runtime of the local world: one thread uses it
};

[[nodiscard]] std::span<const ReactorEntry> reactors();

// The first of them, for a runtime of the world E.
template <Env E> [[nodiscard]] std::unique_ptr<Reactor> make_reactor() {
  return one_thread<E> ? reactors()[0].make_local() : reactors()[0].make();
}

}  // namespace rota
