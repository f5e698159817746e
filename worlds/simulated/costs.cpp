// Distances of a machine.
#include "worlds/simulated/costs.hpp"

namespace rota::simulated {
namespace {

Level level_of(const Pu& a, const Pu& b) {
  if (a.core == b.core) return Level::core;
  if (a.l2 == b.l2) return Level::l2;
  if (a.l3 == b.l3) return Level::l3;
  if (a.node == b.node) return Level::node;
  return a.package == b.package ? Level::package : Level::remote;
}

}  // namespace

Distances::Distances(const Topology& topology) : size_(topology.pu_count() + 1), levels_(std::size_t{size_} * size_) {
  const auto pus = topology.pus();
  // In logical order the first unit and the last are the farthest apart. A machine of one unit has neighbours on its
  // node.
  const Level farthest = pus.size() > 1 ? level_of(pus.front(), pus.back()) : Level::node;
  for (unsigned a = 0; a < size_; ++a) {
    for (unsigned b = 0; b < size_; ++b)
      levels_[a * size_ + b] = a == b                             ? Level::self
                               : a == outside() || b == outside() ? farthest
                                                                  : level_of(pus[a], pus[b]);
  }
}

}  // namespace rota::simulated
