// Event: a flag that tasks wait for. Set once, or set and reset.
//
// Threads  set: any, tasks or not. reset: any, one at a time. wait: tasks.
// Edge     set (release) happens-before the end of each wait (acquire).
// Lifetime A waiter may destroy the event as soon as its wait ends, while set() is still inside.
// Cost     waiting for a set event: one load. Else a wait and its set: one read-modify-write each (wait_stack.hpp).
#pragma once

#include "runtime/awaitable.hpp"
#include "runtime/sync/wait_stack.hpp"

namespace rota {

template <Env E> class Event {
 public:
  class Wait : public Awaitable<E, Wait> {
   public:
    explicit Wait(Event& event) noexcept : event_(&event) {}
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;
    ~Wait() {
      if (node_.waker.read()) (void)disarm();
    }

    [[nodiscard]] bool ready() const noexcept { return event_->is_set(); }
    [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) noexcept {
      node_.waker.write(waker);
      if (event_->waiting_.push(node_)) return true;
      node_.waker.write({});
      return false;
    }
    bool disarm() noexcept {
      const bool withdrawn = event_->waiting_.withdraw(node_);
      node_.waker.write({});
      return withdrawn;
    }
    void take() noexcept { node_.waker.write({}); }

   private:
    typename WaitStack<E>::Node node_;
    Event* event_;
  };

  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  [[nodiscard]] Wait wait() noexcept { return Wait(*this); }
  [[nodiscard]] Wait operator co_await() noexcept { return Wait(*this); }
  [[nodiscard]] bool is_set() const noexcept { return waiting_.is_raised(); }

  // Wakes all who wait, in order of arrival.
  void set() { waiting_.raise(); }
  void reset() noexcept { waiting_.lower(); }

 private:
  WaitStack<E> waiting_;
};

}  // namespace rota
