// check_slot_while_busy<E, Policy>: a task wakes another and keeps its worker until that one has run. With a second
// worker idle that ends, if the policy conserves work (P2).
#pragma once

#include "checks/conformance/interpreter.hpp"
#include "checks/mutants/program_check.hpp"
#include "runtime/sync/event.hpp"

namespace rota::checks {

template <Env E> struct BusyWaker {
  Event<E> event;
  typename E::template atomic<bool> ran{false};

  static Job<E> woken(BusyWaker& shared) {
    co_await shared.event;
    shared.ran.store(true, Order::release);
  }
  static Job<E> waker(BusyWaker& shared) {
    shared.event.set();
    while (!shared.ran.load(Order::acquire)) E::relax();
    co_return;
  }
};

template <Env E, class Policy> void wake_and_stay_busy() {
  Runtime<E, Policy> runtime(placement_of(2), {}, typename Policy::Config{}, std::make_unique<SimulatedReactor<E>>());
  BusyWaker<E> shared;
  auto woken = runtime.spawn(BusyWaker<E>::woken(shared));
  auto waker = runtime.spawn(BusyWaker<E>::waker(shared));
  woken.join_blocking();
  waker.join_blocking();
}

template <Env E, class Policy> Report check_slot_while_busy(const explored::Options& options) {
  prepare_placements();
  return report_of(explored::explore(options, &wake_and_stay_busy<E, Policy>), options, "P2");
}

}  // namespace rota::checks
