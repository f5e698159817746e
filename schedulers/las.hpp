// Las: the task that has had the least service goes first, also called foreground-background. Who looks at no sizes can
// do no better where short tasks are likely to end soon (Nuyens and Wierman, "The Foreground-Background queue: a
// survey", Performance Evaluation 2008).
//
// Order     What account() has counted of the task, the least first; equal ones as they came.
// Quantum   Two tasks that have had the same take turns of a quantum.
// Preempts  A new task has had nothing: it takes the worker at once, unless `preemptive` is off.
// The rest  ranked.hpp.
#pragma once

#include "runtime/policy_word.hpp"
#include "schedulers/ranked.hpp"

namespace rota::schedulers {

template <Env E> class Las : public Ranked<E, 5, true> {
  using Base = Ranked<E, 5, true>;

 public:
  static constexpr std::string_view name = "las";
  static constexpr std::string_view summary = "the task that has had the least service goes first";
  using Config = Base::Config;
  static constexpr Guarantees guarantees = Base::promises(Ordering::by_attained);

  Las(const Placement& placement, const Config& config) : Base(placement, config) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    auto& attained = policy_word(*task.get());
    if (info.origin == Origin::spawn) attained.write(0);
    const std::uint64_t rank = attained.read();
    return this->keep(std::move(task), info, [rank](std::uint64_t) { return rank; });
  }

  void account(Self&, Task<E>& task, Duration used) noexcept {
    policy_word(task).write() += static_cast<std::uint64_t>(used.count());
  }
};

}  // namespace rota::schedulers
