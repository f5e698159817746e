// The reactors that this build knows.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "reactor/reactor.hpp"

namespace rota {

struct ReactorEntry {
  std::string_view name;               // as the command line writes it
  std::string_view summary;            // one line
  std::unique_ptr<Reactor> (*make)();  // std::system_error if the system refuses
};

[[nodiscard]] std::span<const ReactorEntry> reactors();

}  // namespace rota
