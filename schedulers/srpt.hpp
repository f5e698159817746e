// Srpt: shortest remaining processing time first. On one worker no policy has a smaller mean time in the system
// (Schrage, "A proof of the optimality of the shortest remaining processing time discipline", Operations Research
// 1968). It is a bound to measure others by: clairvoyant, since no real system knows how long a task still has to run.
//
// Order     Urgency::remaining, the smallest first; equal ones as they came.
// Quantum   Exact SRPT takes the worker away as soon as a shorter task comes; here the running one gives way at the end
//           of its quantum. If nobody is shorter it is picked again at once.
// The rest  by_urgency.hpp.
#pragma once

#include "schedulers/by_urgency.hpp"

namespace rota::schedulers {

template <Env E> class Srpt : public ByUrgency<E> {
 public:
  static constexpr std::string_view name = "srpt";
  static constexpr std::string_view summary = "the task with the least work left goes first (clairvoyant)";
  using Config = ByUrgency<E>::Config;

  Srpt(const Placement&, const Config& config) : ByUrgency<E>(config) {}

  WakeHint enqueue(Worker<E>*, Runnable<E> task, EnqueueInfo info) noexcept {
    return this->keep(std::move(task), info,
                      [](const Urgency& urgency) { return 1 + static_cast<std::uint64_t>(urgency.remaining.count()); });
  }
};

}  // namespace rota::schedulers
