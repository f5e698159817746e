// Srpt: shortest remaining processing time first. On one worker no policy has a smaller mean time in the system
// (Schrage, "A proof of the optimality of the shortest remaining processing time discipline", Operations Research
// 1968). It is a bound to measure others by: clairvoyant, since no real system knows how long a task still has to run.
//
// Order     Attributes::remaining, the smallest first; equal ones as they came.
// Preempts  Exact SRPT takes the worker away as soon as a shorter task comes: with `preemptive` the running one is
//           asked for it. Without, it gives way at the end of its quantum; if nobody is shorter it is picked again at
//           once.
// The rest  ranked.hpp.
#pragma once

#include "schedulers/ranked.hpp"

namespace rota::schedulers {

template <Env E> class Srpt : public Ranked<E> {
 public:
  static constexpr std::string_view name = "srpt";
  static constexpr std::string_view summary = "the task with the least work left goes first (clairvoyant)";
  using Config = Ranked<E>::Config;
  static constexpr Guarantees guarantees = Ranked<E>::promises(Ordering::by_remaining);

  Srpt(const Placement& placement, const Config& config) : Ranked<E>(placement, config) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    return this->keep_told(std::move(task), info, [](const Attributes& told) {
      return 1 + static_cast<std::uint64_t>(told.remaining.count());
    });
  }
};

}  // namespace rota::schedulers
