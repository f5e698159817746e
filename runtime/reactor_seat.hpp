// ReactorSeat: who drives the reactor (R4). One worker at a time, or a thread of its own that never leaves it.
//
// While a worker sleeps and something is pending, somebody sits here. Two moments could break that, and both look:
//   leave()   the driver goes: if something is pending, an idle worker is woken to take the seat. Its fence pairs with
//             Parking::announce(): a sleeper that found the seat taken is seen here, or finds it free.
//   attend()  something was submitted: if nobody sits here, an idle worker is woken. Its fence pairs with leave()'s:
//             leave() sees what is pending, or this sees the empty seat.
// An earlier timer shortens the driver's poll by the reactor's own doing.
#pragma once

#include <array>
#include <span>

#include "runtime/parking.hpp"
#include "runtime/waker.hpp"

namespace rota {

template <Env E> class ReactorSeat {
 public:
  using Completions = std::array<Completion, 64>;

  // `by_workers` false: a thread of its own drives, and workers never sit.
  ReactorSeat(Reactor& reactor, Parking<E>& parking, bool by_workers)
      : reactor_(reactor), parking_(parking), by_workers_(by_workers) {}

  // By a worker that is about to sleep, after its announcement: if nothing is pending, its own parker is woken faster
  // than the reactor. What is submitted from now on finds an empty seat and an idle worker: attend() wakes it.
  [[nodiscard]] bool try_take_if_pending() noexcept { return !reactor_.idle() && try_take(); }
  [[nodiscard]] bool try_take() noexcept {
    return by_workers_ && !taken_.load(Order::relaxed) && !taken_.exchange(true, Order::acquire);
  }

  void leave() noexcept {
    taken_.store(false, Order::release);
    E::full_fence();
    if (!reactor_.idle()) parking_.hand_over();
  }

  void attend() noexcept {
    if (!by_workers_) return;
    E::full_fence();
    if (!taken_.load(Order::relaxed)) parking_.hand_over();
  }

  // By the worker that sits here and has nothing else to do: waits for completions, or until it is unparked.
  [[nodiscard]] std::size_t wait(Worker<E>& self, Completions& done) noexcept {
    if (!self.parker.begin_wait_elsewhere()) return 0;
    const std::size_t count = reactor_.poll(done, never);
    self.parker.end_wait_elsewhere();
    return count;
  }

  // By a busy worker: takes the seat if it is free, harvests without waiting, and leaves.
  void glance() noexcept {
    if (reactor_.idle() || !try_take()) return;
    Completions done;
    const std::size_t count = reactor_.poll(done, only_look);
    leave();
    deliver(std::span(done).first(count));
  }

  // By the reactor's own thread, until it is interrupted for the last time.
  template <class Stop> void drive(Stop stop) noexcept {
    Completions done;
    while (!stop()) {
      const std::size_t count = reactor_.poll(done, never);
      deliver(std::span(done).first(count));
    }
  }

  // Turns what the reactor reports into wakes, so that every task enters the policy by one door.
  static void deliver(std::span<const Completion> done) noexcept {
    for (const Completion& completion : done) {
      const bool timer = completion.source == Completion::Source::timer;
      Waker<E>::of(completion.token).wake(timer ? Origin::timer : Origin::reactor);
    }
  }

 private:
  Reactor& reactor_;
  Parking<E>& parking_;
  const bool by_workers_;
  alignas(line_pair_of<E>) typename E::template atomic<bool> taken_{false};
};

}  // namespace rota
