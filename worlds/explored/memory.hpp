// Memory of the explored world: every location keeps the stores that may still be read, in modification order.
//
// Model     RC11 (Lahav, Vafeiadis, Kang, Hur, Dreyer, "Repairing sequential consistency in C/C++11", PLDI 2017)
//           without load buffering, for relaxed, acquire, release and acq_rel accesses and full fences, made
//           operational in the manner of timestamps and views (Kang et al., "A promising semantics", POPL 2017, without
//           promises).
// load      May read every store that no newer one hides: a store is hidden once a newer one has been seen (read or
//           written) by something in this thread's past.
// store     May take any place in modification order after all that its thread has seen, but never between a
//           read-modify-write and the store that it read.
// rmw       May read any such store that no other read-modify-write has read, and stands right behind it.
// fence     Joins what is visible with what was visible at every full fence before it.
// Mode sc   The newest store is the only one there is. Knowledge (races on cells) still follows the orders as written.
// Stale     A thread reads one and the same stale store at most `stale_reads` times: stores become visible in the end.
#pragma once

#include <cstddef>

#include "worlds/explored/arena.hpp"
#include "worlds/explored/clock.hpp"
#include "worlds/order.hpp"

namespace rota::explored {

struct Record {
  std::uint64_t value;
  Record* older;
  Clock seen;     // by each thread, when first; 0: not yet
  Views message;  // what an acquiring reader learns
  bool has_message;
  bool followed;                                // a read-modify-write read this one: nothing may come between
  std::array<std::uint8_t, max_threads> stale;  // how often each thread read this while there were newer ones
};

// One atomic object. Its records lie in the arena.
struct Location {
  std::uint64_t initial = 0;
  mutable Record* newest = nullptr;  // made at the first access
};

// What one thread knows.
struct Knowledge {
  Views now;
  Views acquired;  // by relaxed loads, for an acquire fence to come
  Views released;  // at the last fence, for relaxed stores to come
  bool has_acquired = false;
  bool has_released = false;
  bool fresh = false;  // reads the newest only: it has waited long enough
};

// What an access may do: the records it may read, or behind which it may write, newest first.
struct Candidates {
  static constexpr unsigned most = 32;
  std::array<Record*, most> record;
  unsigned count = 0;
  void add(Record* candidate) noexcept {
    if (count < most) record[count++] = candidate;
  }
};

class WeakMemory {
 public:
  static constexpr std::uint8_t stale_reads = 3;

  void reset(bool relaxed) noexcept {
    relaxed_ = relaxed;
    fences_ = Clock{};
  }

  // The steps of an access: collect the options, let somebody choose, do it. `self` is the thread, `k` what it knows.
  void readable(const Location& location, ThreadId self, const Knowledge& k, Candidates& options) const;
  void writable(const Location& location, ThreadId self, const Knowledge& k, Candidates& options) const;
  // For a compare-exchange, those that hold `expected` must not be followed; nullptr: any value succeeds.
  void exchangeable(const Location& location, ThreadId self, const Knowledge& k, const std::uint64_t* expected,
                    Candidates& options) const;

  std::uint64_t load(Record& from, const Location& location, Order order, ThreadId self, Knowledge& k) const;
  void store(Record& behind, Location& location, std::uint64_t value, Order order, ThreadId self, Knowledge& k) const;
  // Reads `from` and writes right behind it.
  void exchange(Record& from, Location& location, std::uint64_t value, Order order, ThreadId self, Knowledge& k) const;
  void full_fence(ThreadId self, Knowledge& k);

  [[nodiscard]] static Record& newest(const Location& location);

  // After a step: what comes next is later than what was published in it.
  static void tick(ThreadId self, Knowledge& k) noexcept { k.now.visible.time[self] = ++k.now.happened.time[self]; }

 private:
  static void learn(const Record& from, Order order, Knowledge& k) noexcept;
  static Record* insert(Location& location, Record& behind, std::uint64_t value, ThreadId self, const Knowledge& k);

  bool relaxed_ = true;
  Clock fences_;
};

[[nodiscard]] constexpr bool acquires(Order order) noexcept {
  return order == Order::acquire || order == Order::acq_rel;
}
[[nodiscard]] constexpr bool releases(Order order) noexcept {
  return order == Order::release || order == Order::acq_rel;
}

}  // namespace rota::explored
