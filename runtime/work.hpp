// work: declared work that the policy may cut into quanta, so that long tasks let short ones pass.
//
//   co_await work(executor, {.work = 20us, .home = node}, &urgency);
//
// Without a quantum (Policy::quantum(), schedulers/policy.hpp) it is one E::charge(). With one, the task gives way
// after each quantum. No task can be stopped where it stands, so this is also all the preemption there is on real
// threads. `urgency`, if it is given, is the task's own: its `remaining` follows the work.
#pragma once

#include <algorithm>

#include "runtime/executor.hpp"

namespace rota {

template <Env E> Job<E> work(Executor<E>& executor, Cost cost, Urgency* urgency = nullptr) {
  const Duration quantum = executor.quantum();
  while (quantum > Duration(0) && cost.work > quantum) {
    E::charge({quantum, cost.home});
    cost.work -= quantum;
    if (urgency != nullptr) urgency->remaining -= std::min(urgency->remaining, quantum);
    E::mark(Mark::preempt, nullptr, 0);
    co_await yield();
  }
  E::charge(cost);
  if (urgency != nullptr) urgency->remaining -= std::min(urgency->remaining, cost.work);
}

}  // namespace rota
