// Lines: a directory of cache lines. Who wrote a line last, who has a copy, and until when it is on its way.
//
// load    by one who has a copy: a hit. Else the line comes from its last writer, and the reader waits while it is
// busy. write   by the only one who has a copy: a hit. Else all others lose theirs, and the farthest of them sets the
// price. first   nobody has the line yet: it comes from memory, of the node of whoever touches it first. Lines are
// those of the machine under the program: objects lie in memory as in the real world, so two that share a line there
// share one here (P8). Caches have no size: a line is only lost to another's write.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "worlds/simulated/costs.hpp"

namespace rota::simulated {

inline constexpr unsigned most_units = 320;  // the outside counts as one

// A set of units.
struct Units {
  std::array<std::uint64_t, most_units / 64> words{};

  [[nodiscard]] bool has(unsigned unit) const noexcept { return (words[unit / 64] >> (unit % 64) & 1) != 0; }
  void add(unsigned unit) noexcept { words[unit / 64] |= std::uint64_t{1} << (unit % 64); }
  void only(unsigned unit) noexcept {
    words = {};
    add(unit);
  }
  [[nodiscard]] bool meets(const Units& other) const noexcept {
    std::uint64_t both = 0;
    for (std::size_t i = 0; i < words.size(); ++i) both |= words[i] & other.words[i];
    return both != 0;
  }
};

// All zero: a line that nobody has touched.
struct Line {
  Units copies;
  Ps busy_until;
  std::uint16_t owner;  // who wrote it last
  bool known;
  bool shared;  // somebody besides the owner has a copy
};
static_assert(sizeof(Line) == 56);

enum class Access : std::uint8_t { load, store, update };

struct Charge {
  Ps waited;  // for the line
  Ps cost;    // of the access itself
  Level level;
};

class Lines {
 public:
  Lines(const Distances& distances, const Costs& costs);

  [[nodiscard]] Ps hit(Access access) const noexcept {
    return (*costs_by_access_[static_cast<std::size_t>(access)])[0];
  }
  // `unit` accesses the line at `now`.
  Charge access(Line& line, Access access, unsigned unit, Ps now) const noexcept {
    const ByLevel& costs = *costs_by_access_[static_cast<std::size_t>(access)];
    if (line.known && (access == Access::load ? line.copies.has(unit) : line.owner == unit && !line.shared))
      return {0, costs[0], Level::self};
    return miss(line, access, unit, now);
  }

 private:
  Charge miss(Line& line, Access access, unsigned unit, Ps now) const noexcept;
  [[nodiscard]] Level farthest(const Line& line, unsigned unit) const noexcept;

  const Distances& distances_;
  const Costs costs_;
  std::array<const ByLevel*, 3> costs_by_access_;
  std::vector<std::array<Units, levels>> at_level_;  // of each unit: the units that are so far from it
};

}  // namespace rota::simulated
