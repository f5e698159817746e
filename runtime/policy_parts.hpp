// PolicyParts<E, P>: which of the optional functions a policy has, and what they say where it has none.
#pragma once

#include <span>

#include "runtime/executor.hpp"
#include "runtime/scheduler_policy.hpp"

namespace rota {

template <Env E, class P> struct PolicyParts {
  static constexpr bool steals = requires(P& p, Self& s) { p.steal(s); };
  static constexpr bool accounts = requires(P& p, Self& s, Task<E>& t) { p.account(s, t, Duration()); };
  static constexpr bool has_quantum = requires(const P& p) { p.quantum(); };
  static constexpr bool may_preempt = requires(const P& p) { p.preempts(); };
  // The task that runs may have been asked to give way for a reason that ends with its run.
  static constexpr bool asks = has_quantum || may_preempt;
  // Who computes without declaring it is asked by a ticker.
  static constexpr bool ticks = has_quantum && real_time<E> && !one_thread<E>;

  [[nodiscard]] static Cut cut(const P& policy, Duration grain) noexcept {
    Cut cut;
    if constexpr (has_quantum) cut.quantum = policy.quantum();
    if constexpr (may_preempt) {
      if (policy.preempts()) cut.grain = grain;
    }
    return cut;
  }
  [[nodiscard]] static std::span<const WorkerSet> wake_sets(const P& policy) noexcept {
    if constexpr (requires { policy.wake_sets(); }) return policy.wake_sets();
    return {};
  }
};

}  // namespace rota
