// GiveWay: the flag of a worker by which the task that runs there is asked to give way, at its next checkpoint
// (runtime/checkpoint.hpp). Nobody can stop a task where it stands: one that never looks is never stopped.
//
// Threads   ask: any. The rest: the worker's own.
// Ordering  (1) ask's release is read by (2) forget's acquire: what was enqueued before the asking is seen by the pick
//           that follows. A checkpoint orders nothing.
// Cost      A checkpoint: one load, of the line on which the worker is unparked.
#pragma once

#include <cstdint>

#include "worlds/env.hpp"

namespace rota {

template <Env E> class GiveWay {
 public:
  void ask() noexcept { state_.store(asked_, Order::release); }  // (1)

  // The one load of a checkpoint. False: asked, or nobody ticks yet.
  [[nodiscard]] bool calm() const noexcept { return state_.load(Order::relaxed) == calm_; }
  [[nodiscard]] bool asked() const noexcept { return state_.load(Order::relaxed) == asked_; }

  // Before a pick: whoever asked has enqueued already, and the pick will see that.
  void forget() noexcept {
    if (asked()) state_.exchange(rest_, Order::acquire);  // (2)
  }

  // Nobody raises the flag when a quantum is over, until the first checkpoint says that it is looked at.
  void expect_ticker() noexcept { rest(unheard_); }
  void ticker_goes() noexcept { rest(calm_); }

 private:
  static constexpr std::uint8_t calm_ = 0, asked_ = 1, unheard_ = 2;

  void rest(std::uint8_t state) noexcept {
    std::uint8_t seen = rest_;
    rest_ = state;
    (void)state_.compare_exchange(seen, state, Order::relaxed, Order::relaxed);
  }

  std::uint8_t rest_ = calm_;  // what it is when nobody asks
  typename E::template atomic<std::uint8_t> state_{calm_};
};

}  // namespace rota
