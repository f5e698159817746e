// The trees of UTS, the Unbalanced Tree Search benchmark (Olivier and others, LCPC 2006): a node is a SHA-1 digest, its
// number of children is drawn from that, and the digest of a child is that of its parent's and its own number. So a
// tree is not stored anywhere, and is the same on every machine.
//
//   root      SHA-1 of 16 zero bytes and the seed; child i: SHA-1 of the parent's digest and i. Numbers: 32 bits, big
//   end
//             first.
//   chance    the last 4 bytes of the digest without their uppermost bit, over 2^31
//   geometric floor(log(1 - chance) / log(1 - 1/(1 + branching))), 100 at most, down to `depth`: none there (-t1 -a3)
//   binomial  the root has `branching` children, each other node `children` if chance < `chance_of_children` (-t0)
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "workloads/host/sha1.hpp"

namespace rota::workloads::graph {

struct UtsNode {
  host::Sha1Digest digest;
  std::uint32_t depth;
};

struct UtsCounts {
  std::uint64_t nodes = 0, leaves = 0;
  std::uint32_t depth = 0;

  UtsCounts& operator+=(const UtsCounts& other) {
    nodes += other.nodes;
    leaves += other.leaves;
    depth = std::max(depth, other.depth);
    return *this;
  }
};

struct UtsTree {
  enum class Kind : std::uint8_t { geometric, binomial };

  Kind kind;
  std::uint32_t seed;
  double branching;               // of the root; geometric: on average, of all
  std::uint32_t depth = 0;        // geometric
  std::uint32_t children = 0;     // binomial
  double chance_of_children = 0;  // binomial

  [[nodiscard]] UtsNode root() const {
    std::array<std::uint8_t, 20> message{};
    write(seed, std::span(message).last<4>());
    return {host::sha1(message), 0};
  }

  [[nodiscard]] static UtsNode child(const UtsNode& parent, std::uint32_t number) {
    std::array<std::uint8_t, 24> message;
    std::ranges::copy(parent.digest, message.begin());
    write(number, std::span(message).last<4>());
    return {host::sha1(message), parent.depth + 1};
  }

  [[nodiscard]] std::uint32_t children_of(const UtsNode& node) const {
    if (kind == Kind::binomial) {
      if (node.depth == 0) return static_cast<std::uint32_t>(branching);
      return chance(node) < chance_of_children ? children : 0;
    }
    if (node.depth > 0 && node.depth >= depth) return 0;
    const double drawn = std::floor(std::log(1 - chance(node)) / std::log(1 - 1 / (1 + branching)));
    return static_cast<std::uint32_t>(std::min(drawn, most_children));
  }

 private:
  static constexpr double most_children = 100;

  static void write(std::uint32_t number, std::span<std::uint8_t, 4> out) {
    for (unsigned i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  }
  static double chance(const UtsNode& node) {
    std::uint32_t number = 0;
    for (unsigned i = 16; i < 20; ++i) number = number << 8 | node.digest[i];
    return static_cast<double>(number & 0x7fffffffU) / 2147483648.0;
  }
};

// Some children of a node that are still to be visited.
struct UtsRange {
  UtsNode parent;
  std::uint32_t next, end;
};

}  // namespace rota::workloads::graph
