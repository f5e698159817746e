// TimerWheel: deadlines in a hierarchical wheel. A pure data structure: time is an argument, the caller locks.
//
// A deadline's tick (1024 ns) is written in base 64. A timer hangs at the level of the highest digit in which its tick
// differs from the current one, in the slot of that digit. So every timer of a level is due before every timer of the
// level above, nothing ever wraps around, and nine levels hold every time point there is.
//
// Order     Timers fire by (deadline, order of add), exact to the nanosecond, never before now >= deadline.
// Cost      add, remove: O(1). next_expiry: O(1), plus a scan of one tick's timers if they came out of order.
//           advance: each timer moves down at most eight times, then its tick's timers are sorted if they came out of
//           order. 24 bytes an id, 4.7 KB for the wheel.
// Ids       Small integers that the caller chooses, dense ones: memory grows with the largest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "worlds/time.hpp"

namespace rota {

class TimerWheel {
 public:
  using Id = std::uint32_t;  // below 2^32 - 1

  TimerWheel();

  // The id must not be in the wheel. A deadline in the past is due at the next advance.
  void add(TimePoint deadline, Id id);
  // False if it is not in the wheel.
  bool remove(Id id) noexcept;

  [[nodiscard]] bool empty() const noexcept { return occupied_levels_ == 0; }
  [[nodiscard]] bool contains(Id id) const noexcept { return id < nodes_.size() && nodes_[id].place != nowhere; }

  // A time not after the earliest deadline, and that deadline itself once it is in the wheel's lowest level; `never`
  // if empty. Whoever sleeps until it, advances and asks again wakes at most eight times before a timer fires.
  [[nodiscard]] TimePoint next_expiry() const noexcept;

  // Removes and reports timers with deadline <= now, in order, all or the first `most`; returns how many. fire(id) must
  // not change the wheel. A now before an earlier one fires what is due by it and leaves the wheel's position.
  template <class Fire> std::size_t advance(TimePoint now, Fire&& fire, std::size_t most = ~std::size_t{0}) {
    std::size_t fired = 0;
    while (fired < most && go_to_next(now)) {
      const unsigned place = first_place();
      Id id = lists_[place].first;
      do {
        Node& node = nodes_[id];
        node.place = nowhere;
        fire(id);
        id = node.next;
      } while (++fired < most && id != none && nodes_[id].deadline <= now);
      cut(place, id);
    }
    return fired;
  }

 private:
  static constexpr unsigned tick_bits = 10;
  static constexpr unsigned digit_bits = 6;
  static constexpr unsigned slots = 64;
  static constexpr unsigned levels = 9;  // 10 + 9 * 6 >= 63 bits
  static constexpr Id none = ~Id{0};
  static constexpr std::uint16_t nowhere = 0xffff;

  struct Node {
    TimePoint deadline;
    Id next = none;
    Id previous = none;
    std::uint16_t place = nowhere;  // level * slots + slot
  };
  struct List {
    Id first = none;
    Id last = none;
  };
  struct Due {  // what a tick's timers are sorted by
    TimePoint deadline;
    std::uint32_t position;
    Id id;
  };

  static std::uint64_t tick_of(TimePoint point) noexcept;
  [[nodiscard]] unsigned first_place() const noexcept;
  [[nodiscard]] std::uint64_t start_of(unsigned place) const noexcept;
  void link(Id id) noexcept;
  void unlink(Id id) noexcept;
  void cascade(unsigned place) noexcept;
  void sort(unsigned place);
  void vacate(unsigned place) noexcept;
  void cut(unsigned place, Id rest) noexcept;
  [[nodiscard]] bool go_to_next(TimePoint now);

  std::uint64_t current_ = 0;  // the tick that the wheel stands at
  std::uint32_t occupied_levels_ = 0;
  std::uint64_t disordered_ = 0;  // slots of the lowest level whose list is not in order of deadline
  std::array<std::uint64_t, levels> occupied_{};
  std::array<List, levels * slots> lists_{};
  std::vector<Node> nodes_;
  std::vector<Due> scratch_;
};

}  // namespace rota
