// Edf: earliest deadline first. If any order keeps all deadlines on one worker, with preemption, this one does (Liu and
// Layland, "Scheduling algorithms for multiprogramming in a hard-real-time environment", JACM 1973). On several workers
// that is no longer so, and under overload all tasks may be late.
//
// Order     Urgency::deadline, the earliest first; equal ones as they came; `never` last.
// The rest  by_urgency.hpp.
#pragma once

#include "schedulers/by_urgency.hpp"

namespace rota::schedulers {

template <Env E> class Edf : public ByUrgency<E> {
 public:
  static constexpr std::string_view name = "edf";
  static constexpr std::string_view summary = "the task with the earliest deadline goes first";
  using Config = ByUrgency<E>::Config;

  Edf(const Placement&, const Config& config) : ByUrgency<E>(config) {}

  WakeHint enqueue(Worker<E>*, Runnable<E> task, EnqueueInfo info) noexcept {
    return this->keep(std::move(task), info, [](const Urgency& urgency) { return key_of(urgency.deadline); });
  }

 private:
  // The order of time points, negative ones too, as that of unsigned numbers.
  static constexpr std::uint64_t key_of(TimePoint deadline) noexcept {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    return static_cast<std::uint64_t>(deadline.time_since_epoch().count()) ^ sign;
  }
};

}  // namespace rota::schedulers
