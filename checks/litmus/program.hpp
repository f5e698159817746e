// A litmus program: a few threads of a few shared accesses each, written as one line of text.
//
//   W x 1      store              Wrel
//   R x r0     load               Racq
//   X x 1 r0   exchange           Xacq Xrel Xar      the register may be left out of X, A and C
//   A x 1 r0   fetch_add          Aacq Arel Aar
//   C x 0 1 r0 compare_exchange   Cacq Crel Car      from 0 to 1; the register gets the value read. A failed one is a
//                                                    load: acquire if the operation has acquire in it, else relaxed
//   F          full_fence
//
// No suffix means relaxed. `;` separates operations, `||` threads. Locations are x, y, z and begin as 0; registers are
// r0 to r7, each written once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "worlds/order.hpp"

namespace rota::checks::litmus {

inline constexpr std::size_t max_locations = 3;
inline constexpr std::size_t max_registers = 8;
inline constexpr std::size_t max_threads = 4;

enum class Kind : std::uint8_t { load, store, exchange, fetch_add, compare_exchange, fence };

struct Operation {
  Kind kind = Kind::fence;
  std::uint8_t location = 0;  // index into "xyz"
  Order order = Order::relaxed;
  std::uint64_t value = 0;     // stored, added or, by compare_exchange, desired
  std::uint64_t expected = 0;  // compare_exchange
  int target = -1;             // register of the value read, or none
};

[[nodiscard]] constexpr bool reads(Kind kind) noexcept { return kind != Kind::store && kind != Kind::fence; }
[[nodiscard]] constexpr bool acquires(Order order) noexcept {
  return order == Order::acquire || order == Order::acq_rel;
}
[[nodiscard]] constexpr bool releases(Order order) noexcept {
  return order == Order::release || order == Order::acq_rel;
}
// The order with which a compare_exchange reads that does not succeed: it acquires if a successful one does.
[[nodiscard]] constexpr Order failed(Order order) noexcept { return acquires(order) ? Order::acquire : Order::relaxed; }

struct Program {
  std::vector<std::vector<Operation>> threads;
  std::vector<std::uint8_t> finals;  // locations whose last value is part of the outcome
  unsigned registers = 0;
};

// `finals` names locations, as in "xy". Throws std::invalid_argument with the word that was not understood.
[[nodiscard]] Program parse(std::string_view text, std::string_view finals);

// "r0=0 r1=1 x=2". `registers` and `memory` are indexed by register and by location.
[[nodiscard]] std::string outcome(const Program& program, const std::uint64_t* registers, const std::uint64_t* memory);

}  // namespace rota::checks::litmus
