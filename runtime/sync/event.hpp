// Event: a flag that tasks wait for. Set once, or set and reset.
//
// Threads  set, reset: any, tasks or not. wait: tasks.
// Edge     set (release) happens-before the end of each wait (acquire).
// Lifetime A waiter may destroy the event as soon as its wait ends, while set() is still inside: the destructor passes
//          through the mutex, and so waits for it.
// Cost     waiting for a set event: one load.
#pragma once

#include <mutex>

#include "runtime/awaitable.hpp"
#include "runtime/sync/wait_list.hpp"

namespace rota {

template <class E> class Event {
 public:
  class Wait : public Awaitable<E, Wait> {
   public:
    explicit Wait(Event& event) noexcept : event_(&event) {}
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;
    ~Wait() {
      if (node_.waker) (void)disarm();
    }

    [[nodiscard]] bool ready() const noexcept { return event_->is_set(); }
    [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) {
      const std::scoped_lock lock(event_->mutex_);
      if (event_->is_set()) return false;
      node_.waker = waker;
      event_->waiting_.push_back(node_);
      return true;
    }
    bool disarm() {
      const std::scoped_lock lock(event_->mutex_);
      node_.waker = {};
      if (!node_.linked()) return false;
      event_->waiting_.remove(node_);
      return true;
    }
    void take() noexcept { node_.waker = {}; }

   private:
    WaitNode<E> node_;
    Event* event_;
  };

  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { const std::scoped_lock last(mutex_); }

  [[nodiscard]] Wait wait() noexcept { return Wait(*this); }
  [[nodiscard]] Wait operator co_await() noexcept { return Wait(*this); }
  [[nodiscard]] bool is_set() const noexcept { return set_.load(Order::acquire); }

  // Wakes all who wait, in order of arrival.
  void set() {
    const std::scoped_lock lock(mutex_);
    set_.store(true, Order::release);
    while (WaitNode<E>* node = waiting_.pop_front()) {
      const Waker<E> waker = node->waker;
      waker.wake();
    }
  }
  void reset() noexcept { set_.store(false, Order::release); }

 private:
  typename E::template atomic<bool> set_{false};
  typename E::mutex mutex_;
  WaitList<E> waiting_;
};

}  // namespace rota
