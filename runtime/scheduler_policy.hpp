// SchedulerPolicy: what a runtime asks of its policy, part by part, so that a compiler names the part that is missing.
// schedulers/policy.hpp, the page to read first, says what each part means.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

#include "runtime/runnable.hpp"
#include "runtime/vocabulary.hpp"
#include "runtime/worker.hpp"
#include "worlds/topology.hpp"

namespace rota {

// In which order tasks are picked (P5).
enum class Ordering : std::uint8_t {
  none,               // no promise
  per_producer_fifo,  // two tasks enqueued by one thread are picked in that order
  fifo,               // picked in the order in which enqueues took effect
};

// What a policy promises. The conformance tests are generated from it: each promise is tested, none is assumed.
struct Guarantees {
  Ordering order = Ordering::none;
  // P4: a task waits for at most this many picks per task that was ready before it and per worker. 0: no promise.
  std::uint32_t starvation_factor = 0;
  bool work_conserving = false;  // P2: no worker sleeps while it could obtain a task
  bool deterministic = false;    // P7: the same enqueues and picks in the same order give the same tasks
};

namespace policy {

// What a policy must have.
template <class P>
concept DescribesItself = requires {
  { P::name } -> std::convertible_to<std::string_view>;
  { P::summary } -> std::convertible_to<std::string_view>;
  { P::guarantees } -> std::convertible_to<Guarantees>;
};
template <class P>
concept HasConfig = requires { typename P::Config; };
template <class P>
concept MadeFromPlacementAndConfig = std::constructible_from<P, const Placement&, const typename P::Config&>;
template <class P, class E>
concept HasEnqueue = requires(P& policy, Worker<E>* origin, Runnable<E> task, EnqueueInfo info) {
  { policy.enqueue(origin, std::move(task), info) } noexcept -> std::same_as<WakeHint>;
};
template <class P, class E>
concept HasPick = requires(P& policy, Worker<E>& self) {
  { policy.pick(self) } noexcept -> std::same_as<Runnable<E>>;
};
template <class P, class E>
concept HasHasWork = requires(const P& policy, const Worker<E>& self) {
  { policy.has_work(self) } noexcept -> std::same_as<bool>;
};

// What it may have: either nothing of that name, or what the runtime would call. Else it would never be called, and
// nobody would be told.
template <class P, class E>
concept StealFitsIfThere = !requires { &P::steal; } || requires(P& policy, Worker<E>& self) {
  { policy.steal(self) } -> std::same_as<Runnable<E>>;
};
template <class P, class E>
concept AfterRunFitsIfThere =
    !requires { &P::after_run; } || requires(P& policy, Worker<E>& self, TaskView task, StopReason why) {
      { policy.after_run(self, task, why) } -> std::same_as<WakeHint>;
    };
template <class P, class E>
concept OnTickFitsIfThere =
    !requires { &P::on_tick; } || requires(P& policy, Worker<E>& self) { policy.on_tick(self); };
template <class P>
concept QuantumFitsIfThere = !requires { &P::quantum; } || requires(const P& policy) {
  { policy.quantum() } -> std::same_as<Duration>;
};

}  // namespace policy

template <class P, class E>
concept SchedulerPolicy =
    policy::DescribesItself<P> && policy::HasConfig<P> && policy::MadeFromPlacementAndConfig<P> &&
    policy::HasEnqueue<P, E> && policy::HasPick<P, E> && policy::HasHasWork<P, E> && policy::StealFitsIfThere<P, E> &&
    policy::AfterRunFitsIfThere<P, E> && policy::OnTickFitsIfThere<P, E> && policy::QuantumFitsIfThere<P>;

}  // namespace rota
