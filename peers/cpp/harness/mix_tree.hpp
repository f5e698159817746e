// The tree `mix` of the workload uts: binomial, with a hash that is cheap, so that the runtime's part can be seen.
#pragma once

#include <algorithm>
#include <cstdint>

namespace rota::peers {

struct MixCounts {
  std::uint64_t nodes = 0, leaves = 0;
  std::uint32_t depth = 0;

  MixCounts& operator+=(const MixCounts& other) {
    nodes += other.nodes;
    leaves += other.leaves;
    depth = std::max(depth, other.depth);
    return *this;
  }
};

// The finaliser of splitmix64.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t z) {
  z ^= z >> 30;
  z *= 0xbf58476d1ce4e5b9;
  z ^= z >> 27;
  z *= 0x94d049bb133111eb;
  return z ^ z >> 31;
}

struct MixNode {
  std::uint64_t state = mix(1);
  std::uint32_t depth = 0;

  [[nodiscard]] MixNode child(std::uint32_t number) const {
    return {mix(state + (std::uint64_t{number} + 1) * 0x9E3779B97F4A7C15), depth + 1};
  }
  [[nodiscard]] std::uint32_t children() const {
    if (depth == 0) return 2000;
    return static_cast<double>(state >> 33) / 0x1p31 < 0.1247 ? 8 : 0;
  }
  [[nodiscard]] MixCounts alone() const { return {1, children() == 0 ? std::uint64_t{1} : 0, depth}; }
};

inline constexpr std::uint32_t most_mix_children = 2000;  // the root's; all others have 8 or none
inline constexpr MixCounts mix_counts{746'441, 653'385, 646};

}  // namespace rota::peers
