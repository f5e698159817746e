// The directory's rules.
#include "worlds/simulate/lines.hpp"

#include <algorithm>

namespace rota::simulate {

Level Lines::farthest(const Line& line, unsigned unit) const {
  Level level = distances_.between(unit, line.owner);
  for (std::size_t other = line.copies._Find_first(); other < most_units; other = line.copies._Find_next(other))
    level = std::max(level, distances_.between(unit, static_cast<unsigned>(other)));
  return level;
}

Charge Lines::access(Line& line, Access access, unsigned unit, Ps now) const {
  const ByLevel& costs = access == Access::load ? costs_.load : access == Access::store ? costs_.store : costs_.update;
  const bool alone = line.owner == unit && line.copies.count() == 1;
  if (!line.known) {  // nobody has it: it comes from memory, as near as the unit's own
    line.known = true;
    line.owner = static_cast<std::uint16_t>(unit);
    line.copies.set(unit);
    return {0, costs[static_cast<std::size_t>(Level::node)], Level::node};
  }
  if (access == Access::load ? line.copies.test(unit) : alone) return {0, costs[0], Level::self};
  const Level level = access == Access::load ? distances_.between(unit, line.owner) : farthest(line, unit);
  const Ps start = std::max(now, line.busy_until);
  const Ps cost = costs[static_cast<std::size_t>(level)];
  line.busy_until = start + cost;
  if (access != Access::load) {
    line.copies.reset();
    line.owner = static_cast<std::uint16_t>(unit);
  }
  line.copies.set(unit);
  return {start - now, cost, level};
}

}  // namespace rota::simulate
