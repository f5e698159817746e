// What each structure does when one call comes after the other: the sequential specifications of the queues, the idle
// set and the channel. A call that takes effect more than once is cut into steps first.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "checks/history/history.hpp"

namespace rota::checks::history {

// Tasks in their order.
using Line = Values;

// First in, first out; with or without a limit; perhaps closed. LockedFifo, LockfreeFifo, Channel: each call is one
// step.
struct Fifo {
  static constexpr std::size_t unlimited = ~std::size_t{0};

  std::size_t capacity = unlimited;
  Line inside{};
  bool closed = false;

  bool apply(const Operation& operation);
  [[nodiscard]] std::size_t hash() const;
  friend bool operator==(const Fifo&, const Fifo&) = default;
};

inline constexpr std::size_t most_objects = 3;

// Several LocalRings. steal_half takes effect three times, and others see the moments between:
//   take     claims the older part of one ring: from one task up to half, whatever it saw of the length, and no more
//            than the other ring has room for. The first is its result.
//   publish  the rest appears in the thief's own ring.
//   release  the claimed slots may be written again.
// Between take and release the ring is claimed: another thief gets nothing, take_half moves nothing, and the slots of
// what the owner pops meanwhile stay occupied, so push may be refused sooner.
struct Rings {
  struct Ring {
    Values inside{};
    Values moving{};        // claimed by this ring's owner elsewhere, not yet published here
    std::uint8_t held = 0;  // slots that are not occupied but may not be written yet
    bool claimed = false;
    friend bool operator==(const Ring&, const Ring&) = default;
  };

  std::size_t capacity = 4;
  std::array<Ring, most_objects> rings{};

  bool apply(const Operation& operation, unsigned choice);
  [[nodiscard]] unsigned choices(const Operation& operation) const;
  [[nodiscard]] std::size_t hash() const;
  static void steps(const Operation& operation, std::vector<Operation>& out);
  friend bool operator==(const Rings&, const Rings&) = default;

 private:
  bool take(const Operation& operation, std::size_t count);
  bool publish(Ring& ring);
  [[nodiscard]] std::size_t room(const Ring& ring) const { return capacity - ring.inside.size() - ring.held; }
};

// Several ChaseLev deques: young end for the owner, old end for all. steal_half and take_half are so many calls of
// pop_oldest; between two of them others take and add.
struct Deques {
  std::size_t capacity = 4;
  std::array<Values, most_objects> inside{};
  std::array<Values, most_objects> moving{};

  bool apply(const Operation& operation, unsigned choice);
  [[nodiscard]] unsigned choices(const Operation& operation) const;
  [[nodiscard]] std::size_t hash() const;
  void steps(const Operation& operation, std::vector<Operation>& out) const;
  friend bool operator==(const Deques&, const Deques&) = default;
};

// Which workers sleep. claim_any looks at one after the other, so when it finds none it says of each only that it was
// absent at some moment.
struct Idle {
  std::size_t workers = 3;
  std::uint64_t bits = 0;

  bool apply(const Operation& operation, unsigned choice);
  [[nodiscard]] unsigned choices(const Operation& operation) const;
  [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(bits * 0x9e3779b97f4a7c15U); }
  void steps(const Operation& operation, std::vector<Operation>& out) const;
  friend bool operator==(const Idle&, const Idle&) = default;

 private:
  bool clear(unsigned worker);
};

// The history with its calls cut into steps.
template <class S> [[nodiscard]] std::vector<Operation> cut(History history, const S& initial) {
  std::vector<Operation> result;
  for (const Operation& operation : history) {
    if constexpr (requires { initial.steps(operation, result); }) {
      initial.steps(operation, result);
    } else {
      result.push_back(operation);
    }
  }
  return result;
}

// Without the calls that obtained nothing and changed nothing. What remains must have an order even where relaxed
// memory lets a thread look at a structure too late to find something in it.
[[nodiscard]] std::vector<Operation> effects_only(History history);

// P1 from the results alone: empty, or a sentence about a value that came out twice, or from nowhere, or was lost. For
// histories whose program empties the structure at its end.
[[nodiscard]] std::string lost_or_doubled(History history);

}  // namespace rota::checks::history
