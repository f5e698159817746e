// Things to wait for that tests control: a box that gives the waker itself away.
#pragma once

#include <optional>
#include <thread>

#include "tests/support/test_policy.hpp"

namespace rota::testing {

// A task that awaits box.wait() leaves its waker in the box, and only that ends its suspension. One task at a time.
class WakerBox {
 public:
  class Wait : public Awaitable<E, Wait> {
   public:
    explicit Wait(WakerBox& box) noexcept : box_(&box) {}
    [[nodiscard]] static bool ready() noexcept { return false; }
    [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) {
      const std::scoped_lock lock(box_->mutex_);
      box_->waker_ = waker;
      return true;
    }
    bool disarm() noexcept { return true; }
    void take() noexcept {}

   private:
    WakerBox* box_;
  };
  [[nodiscard]] Wait wait() noexcept { return Wait(*this); }

  // The waker that was left last, if it was not taken yet. Its task may be arming still.
  [[nodiscard]] std::optional<Waker<E>> try_take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(waker_, std::nullopt);
  }
  // The next waker; waits until there is one.
  [[nodiscard]] Waker<E> take() {
    for (;; std::this_thread::yield()) {
      if (const auto waker = try_take()) return *waker;
    }
  }

 private:
  std::mutex mutex_;
  std::optional<Waker<E>> waker_;
};

// Runs a task that does nothing. On a runtime with one worker and one queue, all tasks spawned or woken before it have
// run to their next suspension when it returns.
inline void run_nothing(Executor<E>& executor) {
  executor.block_on([]() -> Job<E> { co_return; }());
}

// Keeps the worker of a runtime with one worker busy, so that what is woken stays queued until let_go().
class HeldWorker {
 public:
  explicit HeldWorker(Executor<E>& executor) : join_(executor.spawn(hold(state_))) {
    while (state_.load(Order::acquire) == 0) std::this_thread::yield();
  }
  ~HeldWorker() { let_go(); }
  void let_go() {
    if (!join_) return;
    state_.store(2, Order::release);
    join_.join_blocking();
  }

 private:
  static Job<E> hold(Atomic<int>& state) {
    state.store(1, Order::release);
    while (state.load(Order::acquire) == 1) E::relax();
    co_return;
  }
  Atomic<int> state_{0};
  JoinHandle<E> join_;
};

// Counts bodies: made and destroyed, each once (T3). Give it to a task by value.
class LifeToken {
 public:
  explicit LifeToken(Atomic<int>& alive) : alive_(&alive) { alive.fetch_add(1, Order::relaxed); }
  LifeToken(LifeToken&& other) noexcept : alive_(std::exchange(other.alive_, nullptr)) {}
  LifeToken& operator=(LifeToken&&) = delete;
  ~LifeToken() {
    if (alive_ != nullptr) alive_->fetch_sub(1, Order::relaxed);
  }

 private:
  Atomic<int>* alive_;
};

}  // namespace rota::testing
