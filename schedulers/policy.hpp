// SchedulerPolicy: what a scheduling policy is. Read this first; docs/adding-a-policy.md walks through one.
//
// A policy decides which task runs next. It is a passive, concurrent data structure with opinions: it never parks or
// wakes a thread, never runs a task, reads no clock and has no thread-local state. The runtime does all that.
//
//   template <Env E> class Fifo {
//    public:
//     static constexpr std::string_view name = "fifo";
//     static constexpr std::string_view summary = "one global queue";
//     static constexpr Guarantees guarantees{.order = Ordering::per_producer_fifo, .work_conserving = true};
//     struct Config {};                                   // with settings(), see runtime/settings.hpp
//     Fifo(const Placement& placement, const Config& config);
//
//     WakeHint    enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept;
//     Runnable<E> pick(Self& self) noexcept;
//     bool        has_work(const Self& self) const noexcept;
//   };
//
// enqueue   Any thread. `self` is the worker whose thread calls, or null from outside. Keep the task; say whom to wake.
//           A task that only one worker can pick needs WakeHint::exactly(that one), one that only some can,
//           among(their set); otherwise any() is right, and none() only when `self` surely comes by: info.gave_way().
// pick      The next task for `self`, or an empty Runnable. Only self's thread calls it; at shutdown, when the workers
//           are gone, the thread that shuts down calls it for each of them.
// guarantees  What is promised, and so tested (runtime/guarantees.hpp). A promise that depends on settings is a
//           function of them instead: static constexpr Guarantees guarantees(const Config& config).
// has_work  May `self` sleep? True while a task whose enqueue returned before an earlier full fence could still be
//           obtained by `self`, by pick or by steal. Too few trues lose wake-ups (P3); too many burn a core.
//
// Optional, found by their names:
//   Runnable<E> steal(Self& self)      called when pick gave nothing: a task of another worker's.
//   void        account(Self& self, Task<E>& task, Duration used) noexcept   after each run, before anybody else can
//               have the task: how long it took (runtime/account.hpp). The clock is read for a policy that has this.
//   WakeHint    after_run(Self& self, TaskView task, StopReason why)   after each run, when the task may be anywhere.
//   void        on_tick(Self& self)    every poll_interval runs.
//   Duration    quantum() const noexcept    how long a task may work before it must give way; runtime/work.hpp.
//   bool        preempts() const noexcept   whether WakeHint::preempt is used: tasks that work then look for it.
//               Without this function preempt is any.
//   std::span<const WorkerSet> wake_sets() const noexcept   the sets that WakeHint::among names; made once.
//   void        drain(Self& self, auto&& sink)   at shutdown: sink(Runnable) for what pick(self) would not give.
//
// Of a task a policy knows what its author told (how long, until when, how urgent, with whom it shares):
// attributes_of(*task.get()), often nullptr (runtime/body.hpp). It remembers one word: policy_word(*task.get())
// (runtime/policy_word.hpp). Of a worker it knows its Self, that is id() and random(); of the machine its Placement.
//
// Randomness comes from self.random() alone, distances from the Placement, and what it learns of time from account()
// and on_tick(): so that the same seed gives the same run (P7), and a lint refuses a clock.
//
// The runtime takes no other class (runtime/scheduler_policy.hpp has the concept and its parts by name), and the
// compiler says which part is missing. A part that is optional must fit if it is there.
#pragma once

#include "runtime/scheduler_policy.hpp"
#include "runtime/settings.hpp"
