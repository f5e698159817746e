// RoundRobin: new tasks are dealt to the workers in turn and nothing is ever stolen. Predictable, with the shortest
// path that a queue can have; it wastes workers as soon as tasks differ in length.
//
// Where     A spawn goes to the next worker in turn: each worker deals for itself and begins with itself, outsiders
//           deal together. A yield stays. A wake goes to the worker that wakes, or, from outside, to the next in turn.
// Order     Each worker runs its tasks in the order in which they came to it: before it adds a task of its own it takes
//           in what others have left in its inbox, so nobody overtakes. Between workers there is no order.
// Threads   A worker's list is its own: no atomic read-modify-write for its yields, wakes and spawns to itself. Others
//           reach it through the inbox, a list under a mutex whose length is read without it.
// Wakes     Only the addressed worker can run a task, so it is woken exactly; a task kept here needs no wake-up.
// Cost      Own yield and pick: two loads of the inbox's length and a few plain stores. A task for another worker: two
//           mutex passages, one of them shared by all that waited in the inbox.
#pragma once

#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/locked_fifo.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::schedulers {

template <Env E> class RoundRobin {
 public:
  static constexpr std::string_view name = "round-robin";
  static constexpr std::string_view summary = "new tasks are dealt to the workers in turn; nothing is stolen";
  static constexpr Guarantees guarantees{
      .order = Ordering::none, .starvation_factor = 1, .work_conserving = false, .deterministic = true};

  struct Config {
    static constexpr auto settings() { return std::tuple{}; }
  };

  RoundRobin(const Placement& placement, const Config&) : lanes_(placement.workers()) {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const WorkerId target = self == nullptr ? deal() : info.origin == Origin::spawn ? deal(self->id()) : self->id();
    Lane& lane = lanes_[target];
    if (self == nullptr || target != self->id()) {
      lane.inbox.push(task.release());
      return WakeHint::exactly(target);
    }
    take_in(lane);
    lane.tasks.push(task.release());
    return WakeHint::none();
  }

  Runnable<E> pick(Self& self) noexcept {
    Lane& lane = lanes_[self.id()];
    take_in(lane);
    return Runnable<E>::adopt(lane.tasks.pop());
  }

  bool has_work(const Self& self) const noexcept {
    const Lane& lane = lanes_[self.id()];
    return !lane.tasks.empty() || !lane.inbox.empty();
  }

 private:
  struct alignas(line_pair) Lane {
    queue::IntrusiveList<E> tasks;
    WorkerId dealt = 0;          // spawns so far, modulo the number of workers
    queue::LockedFifo<E> inbox;  // on line pairs of its own
  };

  static void take_in(Lane& lane) noexcept {
    if (!lane.inbox.empty()) [[unlikely]]
      lane.inbox.take_all(lane.tasks);
  }
  WorkerId deal(WorkerId self) noexcept {
    WorkerId& dealt = lanes_[self].dealt;
    const auto workers = static_cast<WorkerId>(lanes_.size());
    const WorkerId target = self + dealt < workers ? self + dealt : self + dealt - workers;
    dealt = dealt + 1 == workers ? 0 : dealt + 1;
    return target;
  }
  WorkerId deal() noexcept {
    return static_cast<WorkerId>(dealt_outside_.fetch_add(1, Order::relaxed) % lanes_.size());
  }

  queue::PerWorker<Lane> lanes_;
  alignas(line_pair) typename E::template atomic<std::uint64_t> dealt_outside_{std::uint64_t{0}};
};

}  // namespace rota::schedulers
