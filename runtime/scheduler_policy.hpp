// SchedulerPolicy: what a runtime asks of its policy, part by part, so that a compiler names the part that is missing.
// schedulers/policy.hpp, the page to read first, says what each part means.
#pragma once

#include <concepts>
#include <span>
#include <string_view>

#include "runtime/guarantees.hpp"
#include "runtime/runnable.hpp"
#include "runtime/self.hpp"
#include "runtime/vocabulary.hpp"
#include "runtime/worker_set.hpp"
#include "worlds/topology.hpp"

namespace rota {

namespace policy {

// What a policy must have.
template <class P>
concept DescribesItself = requires {
  { P::name } -> std::convertible_to<std::string_view>;
  { P::summary } -> std::convertible_to<std::string_view>;
};
template <class P>
concept HasConfig = requires { typename P::Config; };
template <class P>
concept PromisesTheSameAlways = requires {
  { P::guarantees } -> std::convertible_to<Guarantees>;
};
template <class P>
concept PromisesBySettings = requires(const typename P::Config& config) {
  { P::guarantees(config) } -> std::same_as<Guarantees>;
};
template <class P>
concept HasGuarantees = PromisesTheSameAlways<P> || PromisesBySettings<P>;
template <class P>
concept MadeFromPlacementAndConfig = std::constructible_from<P, const Placement&, const typename P::Config&>;
template <class P, class E>
concept HasEnqueue = requires(P& policy, Self* origin, Runnable<E> task, EnqueueInfo info) {
  { policy.enqueue(origin, std::move(task), info) } noexcept -> std::same_as<WakeHint>;
};
template <class P, class E>
concept HasPick = requires(P& policy, Self& self) {
  { policy.pick(self) } noexcept -> std::same_as<Runnable<E>>;
};
template <class P, class E>
concept HasHasWork = requires(const P& policy, const Self& self) {
  { policy.has_work(self) } noexcept -> std::same_as<bool>;
};

// What it may have: either nothing of that name, or what the runtime would call. Else it would never be called, and
// nobody would be told.
template <class P, class E>
concept StealFitsIfThere = !requires { &P::steal; } || requires(P& policy, Self& self) {
  { policy.steal(self) } -> std::same_as<Runnable<E>>;
};
template <class P, class E>
concept AfterRunFitsIfThere =
    !requires { &P::after_run; } || requires(P& policy, Self& self, TaskView task, StopReason why) {
      { policy.after_run(self, task, why) } -> std::same_as<WakeHint>;
    };
template <class P, class E>
concept AccountFitsIfThere =
    !requires { &P::account; } || requires(P& policy, Self& self, Task<E>& task, Duration used) {
      { policy.account(self, task, used) } noexcept -> std::same_as<void>;
    };
template <class P, class E>
concept OnTickFitsIfThere = !requires { &P::on_tick; } || requires(P& policy, Self& self) { policy.on_tick(self); };
template <class P>
concept QuantumFitsIfThere = !requires { &P::quantum; } || requires(const P& policy) {
  { policy.quantum() } -> std::same_as<Duration>;
};
template <class P>
concept PreemptsFitsIfThere = !requires { &P::preempts; } || requires(const P& policy) {
  { policy.preempts() } -> std::same_as<bool>;
};
template <class P>
concept WakeSetsFitIfThere = !requires { &P::wake_sets; } || requires(const P& policy) {
  { policy.wake_sets() } -> std::convertible_to<std::span<const WorkerSet>>;
};

}  // namespace policy

template <class P, class E>
concept SchedulerPolicy =
    policy::DescribesItself<P> && policy::HasConfig<P> && policy::HasGuarantees<P> &&
    policy::MadeFromPlacementAndConfig<P> && policy::HasEnqueue<P, E> && policy::HasPick<P, E> &&
    policy::HasHasWork<P, E> && policy::StealFitsIfThere<P, E> && policy::AfterRunFitsIfThere<P, E> &&
    policy::AccountFitsIfThere<P, E> && policy::OnTickFitsIfThere<P, E> && policy::QuantumFitsIfThere<P> &&
    policy::PreemptsFitsIfThere<P> && policy::WakeSetsFitIfThere<P>;

// What P promises with these settings.
template <policy::HasGuarantees P>
[[nodiscard]] constexpr Guarantees guarantees_of(const typename P::Config& config = {}) {
  if constexpr (policy::PromisesTheSameAlways<P>) {
    return P::guarantees;
  } else {
    return P::guarantees(config);
  }
}

}  // namespace rota
