// Costs: what a simulated machine charges for its deeds, in picoseconds.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "worlds/topology.hpp"

namespace rota::simulate {

using Ps = std::int64_t;

// How far apart two processing units are: the smallest thing that they share.
enum class Level : std::uint8_t { self, core, l2, l3, node, package, remote };
inline constexpr std::size_t levels = 7;

using ByLevel = std::array<Ps, levels>;

struct Costs {
  ByLevel load{};    // of a line whose last writer stands that far away; self: a hit
  ByLevel store{};   // by the farthest who has a copy
  ByLevel update{};  // a read-modify-write, likewise
  Ps fence = 0;
  Ps pause = 0;         // one relax()
  Ps park = 0;          // from the call until the processor is idle
  Ps unpark = 0;        // for the caller
  Ps wake_up = 0;       // from the unpark until the other runs
};

// The level between each two processing units of a machine, and one more for threads that stand nowhere: remote.
class Distances {
 public:
  explicit Distances(const Topology& topology);
  [[nodiscard]] Level between(unsigned a, unsigned b) const noexcept { return levels_[a * size_ + b]; }
  [[nodiscard]] unsigned nowhere() const noexcept { return size_ - 1; }

 private:
  unsigned size_;
  std::vector<Level> levels_;
};

}  // namespace rota::simulate
