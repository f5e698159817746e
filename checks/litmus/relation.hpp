// A binary relation on at most 24 events as a matrix of bits, with the algebra in which memory models are written.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace rota::checks::litmus {

inline constexpr std::size_t max_events = 24;
using EventSet = std::uint32_t;

class Relation {
 public:
  void add(std::size_t from, std::size_t to) noexcept { rows_[from] |= bit(to); }
  [[nodiscard]] bool has(std::size_t from, std::size_t to) const noexcept { return (rows_[from] & bit(to)) != 0; }

  [[nodiscard]] friend Relation operator|(Relation left, const Relation& right) noexcept {
    for (std::size_t i = 0; i < max_events; ++i) left.rows_[i] |= right.rows_[i];
    return left;
  }

  // left ; right
  [[nodiscard]] Relation then(const Relation& right) const noexcept {
    Relation result;
    for (std::size_t i = 0; i < max_events; ++i) {
      for (EventSet rest = rows_[i]; rest != 0; rest &= rest - 1) {
        result.rows_[i] |= right.rows_[static_cast<std::size_t>(std::countr_zero(rest))];
      }
    }
    return result;
  }

  // [from] ; this ; [to]
  [[nodiscard]] Relation between(EventSet from, EventSet to) const noexcept {
    Relation result;
    for (std::size_t i = 0; i < max_events; ++i) {
      if ((from & bit(i)) != 0) result.rows_[i] = rows_[i] & to;
    }
    return result;
  }

  [[nodiscard]] Relation inverse() const noexcept {
    Relation result;
    for (std::size_t i = 0; i < max_events; ++i) {
      for (EventSet rest = rows_[i]; rest != 0; rest &= rest - 1) {
        result.add(static_cast<std::size_t>(std::countr_zero(rest)), i);
      }
    }
    return result;
  }

  // this+
  [[nodiscard]] Relation closure() const noexcept {
    Relation result = *this;
    for (std::size_t via = 0; via < max_events; ++via) {
      if (result.rows_[via] == 0) continue;
      for (EventSet& row : result.rows_) row |= (row & bit(via)) != 0 ? result.rows_[via] : 0;
    }
    return result;
  }

  // this?, and the same relation without its pairs of one event with itself.
  [[nodiscard]] Relation or_same() const noexcept { return *this | same(~EventSet{0}); }
  [[nodiscard]] Relation but_same() const noexcept {
    Relation result = *this;
    for (std::size_t i = 0; i < max_events; ++i) result.rows_[i] &= ~bit(i);
    return result;
  }
  [[nodiscard]] static Relation same(EventSet events) noexcept {
    Relation result;
    for (std::size_t i = 0; i < max_events; ++i) result.rows_[i] = events & bit(i);
    return result;
  }

  [[nodiscard]] bool irreflexive() const noexcept {
    for (std::size_t i = 0; i < max_events; ++i) {
      if (has(i, i)) return false;
    }
    return true;
  }
  [[nodiscard]] bool acyclic() const noexcept { return closure().irreflexive(); }

 private:
  static constexpr EventSet bit(std::size_t i) noexcept { return EventSet{1} << i; }

  std::array<EventSet, max_events> rows_{};
};

}  // namespace rota::checks::litmus
