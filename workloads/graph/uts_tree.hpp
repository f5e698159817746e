// The trees of UTS, the Unbalanced Tree Search benchmark (Olivier and others, LCPC 2006): a node is a SHA-1 digest, its
// number of children is drawn from that, and the digest of a child is that of its parent's and its own number. So a
// tree is not stored anywhere, and is the same on every machine.
//
//   root      SHA-1 of 16 zero bytes and the seed; child i: SHA-1 of the parent's digest and i. Numbers: 32 bits, big
//             end first.
//   chance    the last 4 bytes of the digest without their uppermost bit, over 2^31
//   geometric floor(log(1 - chance) / log(1 - 1/(1 + branching))), 100 at most, down to `depth`: none there (-t1 -a3)
//   binomial  the root has `branching` children, each other node `children` if chance < `chance_of_children` (-t0)
//   mix       binomial, but with a hash of a few instructions instead of SHA-1: what is left is the load balancing. A
//             node is 64 bits: the root mix(seed), child i mix(parent + (i + 1) * 0x9e3779b97f4a7c15), modulo 2^64,
//             with the finaliser of splitmix64 (Steele, Lea and Flood, OOPSLA 2014); chance: its upper 31 bits over
//             2^31
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "workloads/host/sha1.hpp"

namespace rota::workloads::graph {

struct UtsNode {
  host::Sha1Digest digest;
  std::uint32_t depth;
};

// Two registers, so that a search that returns one for each node passes none through memory.
struct UtsCounts {
  std::uint64_t nodes = 0;
  std::uint32_t leaves = 0, depth = 0;

  UtsCounts& operator+=(const UtsCounts& other) {
    nodes += other.nodes;
    leaves += other.leaves;
    depth = std::max(depth, other.depth);
    return *this;
  }
};

struct UtsTree {
  enum class Kind : std::uint8_t { geometric, binomial, mix };

  Kind kind;
  std::uint32_t seed;
  double branching;               // of the root; geometric: on average, of all
  std::uint32_t depth = 0;        // geometric
  std::uint32_t children = 0;     // binomial
  double chance_of_children = 0;  // binomial

  [[nodiscard]] UtsNode root() const {
    if (kind == Kind::mix) return mixed(seed, 0);
    std::array<std::uint8_t, 20> message{};
    write(seed, std::span(message).last<4>());
    return {host::sha1(message), 0};
  }

  // Inline, as children_of() is: a node of the kind `mix` then stays in registers.
  [[nodiscard, gnu::always_inline]] UtsNode child(const UtsNode& parent, std::uint32_t number) const {
    if (kind == Kind::mix) return mixed(state(parent) + (number + std::uint64_t{1}) * golden, parent.depth + 1);
    std::array<std::uint8_t, 24> message;
    std::ranges::copy(parent.digest, message.begin());
    write(number, std::span(message).last<4>());
    return {host::sha1(message), parent.depth + 1};
  }

  [[nodiscard, gnu::always_inline]] std::uint32_t children_of(const UtsNode& node) const {
    if (kind != Kind::geometric) {
      if (node.depth == 0) return static_cast<std::uint32_t>(branching);
      return chance(node) < chance_of_children ? children : 0;
    }
    if (node.depth > 0 && node.depth >= depth) return 0;
    const double drawn = std::floor(std::log(1 - chance(node)) / std::log(1 - 1 / (1 + branching)));
    return static_cast<std::uint32_t>(std::min(drawn, most_children));
  }

 private:
  static constexpr double most_children = 100;
  static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;

  static UtsNode mixed(std::uint64_t z, std::uint32_t depth) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z ^= z >> 31;
    UtsNode node{{}, depth};
    std::memcpy(node.digest.data(), &z, sizeof z);
    return node;
  }
  static std::uint64_t state(const UtsNode& node) {
    std::uint64_t z = 0;
    std::memcpy(&z, node.digest.data(), sizeof z);
    return z;
  }

  static void write(std::uint32_t number, std::span<std::uint8_t, 4> out) {
    for (unsigned i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  }
  [[nodiscard]] double chance(const UtsNode& node) const {
    if (kind == Kind::mix) return static_cast<double>(state(node) >> 33) / 2147483648.0;
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
