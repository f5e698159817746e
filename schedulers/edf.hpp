// Edf: earliest deadline first. If any order keeps all deadlines on one worker, with preemption, this one does (Liu and
// Layland, "Scheduling algorithms for multiprogramming in a hard-real-time environment", JACM 1973). On several workers
// that is no longer so, and under overload all tasks may be late.
//
// Order     Attributes::deadline, the earliest first; equal ones as they came; `never` last.
// The rest  ranked.hpp.
#pragma once

#include "schedulers/ranked.hpp"

namespace rota::schedulers {

template <Env E> class Edf : public Ranked<E> {
 public:
  static constexpr std::string_view name = "edf";
  static constexpr std::string_view summary = "the task with the earliest deadline goes first";
  using Config = Ranked<E>::Config;
  static constexpr Guarantees guarantees = Ranked<E>::promises(Ordering::by_deadline);

  Edf(const Placement& placement, const Config& config) : Ranked<E>(placement, config) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    return this->keep_told(std::move(task), info, [](const Attributes& told) { return rank_of(told.deadline); });
  }

 private:
  // The order of time points, negative ones too, as that of unsigned numbers.
  static constexpr std::uint64_t rank_of(TimePoint deadline) noexcept {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    return static_cast<std::uint64_t>(deadline.time_since_epoch().count()) ^ sign;
  }
};

}  // namespace rota::schedulers
