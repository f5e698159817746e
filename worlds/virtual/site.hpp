// Site: where in the source a shared access stands. The virtual world's operations take it as a default argument.
#pragma once

#include <cstdint>
#include <source_location>

#include "worlds/order.hpp"

namespace rota::explore {

using Site = std::source_location;

// --weaken: every access at this place is one order weaker than written. Only exploring code reads or writes it.
struct Weakened {
  const char* file = nullptr;
  std::uint32_t line = 0, column = 0;
  Order order = Order::relaxed;
  bool fence = false;  // a full fence there does nothing
};

}  // namespace rota::explore
