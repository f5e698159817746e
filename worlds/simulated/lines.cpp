// The directory's rules.
#include "worlds/simulated/lines.hpp"

#include <algorithm>

namespace rota::simulated {

Lines::Lines(const Distances& distances, const Costs& costs)
    : distances_(distances),
      costs_(costs),
      costs_by_access_{&costs_.load, &costs_.store, &costs_.update},
      at_level_(distances.outside() + 1) {
  for (unsigned a = 0; a < at_level_.size(); ++a) {
    for (unsigned b = 0; b < at_level_.size(); ++b)
      at_level_[a][static_cast<std::size_t>(distances.between(a, b))].add(b);
  }
}

Level Lines::farthest(const Line& line, unsigned unit) const noexcept {
  for (std::size_t level = levels - 1; level > 0; --level) {
    if (line.copies.meets(at_level_[unit][level])) return static_cast<Level>(level);
  }
  return Level::self;
}

Charge Lines::miss(Line& line, Access access, unsigned unit, Ps now) const noexcept {
  Charge charge{0, costs_.memory, Level::node};
  if (line.known) {
    charge.level = access == Access::load ? distances_.between(unit, line.owner) : farthest(line, unit);
    charge.waited = std::max<Ps>(line.busy_until - now, 0);
    charge.cost = (*costs_by_access_[static_cast<std::size_t>(access)])[static_cast<std::size_t>(charge.level)];
  }
  line.busy_until = now + charge.waited + charge.cost;
  if (access == Access::load && line.known) {
    line.copies.add(unit);
    line.shared = true;
  } else {
    line.copies.only(unit);
    line.owner = static_cast<std::uint16_t>(unit);
    line.shared = false;
  }
  line.known = true;
  return charge;
}

}  // namespace rota::simulated
