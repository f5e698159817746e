// Turns: who runs next. A heap of threads by time, and of equal times by who was queued first. A thread is in it at
// most once.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "worlds/simulated/costs.hpp"

namespace rota::simulated {

class Turns {
 public:
  static constexpr Ps nobody = std::numeric_limits<Ps>::max();

  void make_room(unsigned thread) {
    if (place_.size() <= thread) place_.resize(thread + 1, absent);
    heap_.reserve(place_.size());
  }
  // The time of the first; nobody if there is none.
  [[nodiscard]] Ps first_time() const noexcept { return heap_.empty() ? nobody : heap_.front().time; }
  [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }

  // Behind all that are queued for this time. A thread that is queued already is moved.
  void queue(unsigned thread, Ps time) noexcept {
    remove(thread);
    heap_.push_back({});
    rise(heap_.size() - 1, {time, ++tickets_, thread});
  }
  struct Turn {
    Ps time = 0;
    std::uint64_t ticket = 0;
    unsigned thread = 0;
    friend bool operator<(const Turn& a, const Turn& b) noexcept {
      return a.time != b.time ? a.time < b.time : a.ticket < b.ticket;
    }
  };
  Turn pop() noexcept {
    const Turn first = heap_.front();
    remove(first.thread);
    return first;
  }
  // pop(), after a queue() of a thread that is not the first: one way through the heap instead of two.
  Turn exchange(unsigned thread, Ps time) noexcept {
    const Turn first = heap_.front();
    place_[first.thread] = absent;
    sink(0, {time, ++tickets_, thread});
    return first;
  }

 private:
  static constexpr std::uint32_t absent = ~std::uint32_t{0};

  void put(std::size_t at, const Turn& turn) noexcept {
    heap_[at] = turn;
    place_[turn.thread] = static_cast<std::uint32_t>(at);
  }
  void rise(std::size_t at, const Turn& turn) noexcept {
    for (; at > 0 && turn < heap_[(at - 1) / 2]; at = (at - 1) / 2) put(at, heap_[(at - 1) / 2]);
    put(at, turn);
  }
  void sink(std::size_t at, const Turn& turn) noexcept {
    for (std::size_t child = 2 * at + 1; child < heap_.size(); child = 2 * at + 1) {
      if (child + 1 < heap_.size() && heap_[child + 1] < heap_[child]) ++child;
      if (!(heap_[child] < turn)) break;
      put(at, heap_[child]);
      at = child;
    }
    put(at, turn);
  }
  void remove(unsigned thread) noexcept {
    const std::uint32_t at = std::exchange(place_[thread], absent);
    if (at == absent) return;
    const Turn last = heap_.back();
    heap_.pop_back();
    if (last.thread == thread) return;
    if (at > 0 && last < heap_[(at - 1) / 2]) {
      rise(at, last);
    } else {
      sink(at, last);
    }
  }

  std::vector<Turn> heap_;
  std::vector<std::uint32_t> place_;  // of each thread in the heap
  std::uint64_t tickets_ = 0;
};

}  // namespace rota::simulated
