// Latch: opens when it has been counted down to zero, once.
#pragma once

#include <cstdint>

#include "runtime/sync/event.hpp"

namespace rota {

template <Env E> class Latch {
 public:
  explicit Latch(std::uint64_t count) : count_(count) {
    if (count == 0) open_.set();
  }

  // Any thread. What happened before each count_down is visible after a wait.
  void count_down(std::uint64_t by = 1) {
    if (count_.fetch_sub(by, Order::acq_rel) == by) open_.set();
  }
  [[nodiscard]] auto wait() noexcept { return open_.wait(); }
  [[nodiscard]] bool is_open() const noexcept { return open_.is_set(); }

 private:
  typename E::template atomic<std::uint64_t> count_;
  Event<E> open_;
};

}  // namespace rota
