// Lines: a directory of cache lines. Who wrote a line last, who has a copy, and until when it is on its way.
//
// load    by one who has a copy: a hit. Else the line comes from its last writer, and waits while it is busy.
// write   by the only one who has a copy: a hit. Else all others lose theirs, which costs by the farthest.
// Lines are those of the machine under the program: objects lie in memory as in the real world, so two that share a
// line there share one here (P8).
#pragma once

#include <bitset>

#include "worlds/simulate/costs.hpp"

namespace rota::simulate {

inline constexpr unsigned most_units = 257;

struct Line {
  std::bitset<most_units> copies;
  std::uint16_t owner = 0;
  bool known = false;
  Ps busy_until = 0;
};

struct Charge {
  Ps waited;  // for the line
  Ps cost;    // of the access itself
  Level level;
};

enum class Access : std::uint8_t { load, store, update };

class Lines {
 public:
  Lines(const Distances& distances, const Costs& costs) : distances_(distances), costs_(costs) {}
  Charge access(Line& line, Access access, unsigned unit, Ps now) const;

 private:
  [[nodiscard]] Level farthest(const Line& line, unsigned unit) const;
  const Distances& distances_;
  const Costs& costs_;
};

}  // namespace rota::simulate
