// Policies with one planted defect each: what a conformance suite must find, and under which id.
#pragma once

#include <mutex>
#include <vector>

#include "schedulers/darc.hpp"
#include "schedulers/fifo.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::checks {

// Too few trues: a worker goes to sleep although there is a task (P3).
template <Env E> struct NeverSeesWork : schedulers::Fifo<E> {
  using schedulers::Fifo<E>::Fifo;
  static bool has_work(const Self&) noexcept { return false; }
};

// Too many trues: nobody ever sleeps.
template <Env E> struct AlwaysSeesWork : schedulers::Fifo<E> {
  using schedulers::Fifo<E>::Fifo;
  static bool has_work(const Self&) noexcept { return true; }
};

// Forgets a task that yields (P1).
template <Env E> struct ForgetsWhoYields : schedulers::Fifo<E> {
  using schedulers::Fifo<E>::Fifo;
  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    if (info.origin != Origin::yield) return schedulers::Fifo<E>::enqueue(self, std::move(task), info);
    (void)task.release();
    return WakeHint::any();
  }
};

// A queue for each worker that no other looks at, and a promise to conserve work all the same (P2).
template <Env E> struct KeepsItsOwn {
  static constexpr std::string_view name = "keeps-its-own", summary = "";
  static constexpr Guarantees guarantees{.work_conserving = true};
  struct Config {};
  KeepsItsOwn(const Placement& placement, const Config&) : queues_(placement.workers()) {}
  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo) noexcept {
    const WorkerId id = self == nullptr ? 0 : self->id();
    queues_[id].push(task.release());
    return WakeHint::exactly(id);
  }
  Runnable<E> pick(Self& self) noexcept { return Runnable<E>::adopt(queues_[self.id()].pop()); }
  bool has_work(const Self& self) const noexcept { return !queues_[self.id()].empty(); }

 private:
  queue::PerWorker<queue::LockedFifo<E>> queues_;
};

// Last in, first out: breaks a promised order (P5), or starves (P4).
template <Env E, Ordering order, std::uint32_t factor> struct NewestFirst {
  static constexpr std::string_view name = "newest-first", summary = "";
  static constexpr Guarantees guarantees{.order = order, .starvation_factor = factor, .work_conserving = true};
  struct Config {};
  NewestFirst(const Placement&, const Config&) {}
  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo) noexcept {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(task.release());
    size_.store(tasks_.size(), Order::release);
    return WakeHint::any();
  }
  Runnable<E> pick(Self&) noexcept {
    const std::lock_guard lock(mutex_);
    if (tasks_.empty()) return {};
    auto* const task = tasks_.back();
    tasks_.pop_back();
    size_.store(tasks_.size(), Order::release);
    return Runnable<E>::adopt(task);
  }
  bool has_work(const Self&) const noexcept { return size_.load(Order::acquire) != 0; }

 private:
  typename E::mutex mutex_;
  std::vector<Task<E>*> tasks_;
  typename E::template atomic<std::size_t> size_{};
};

// Keeps workers for short tasks, and leaves a long one to whoever is idle near the last worker: that may be a kept one,
// which finds nothing, while those that may run it sleep (P3, P2).
template <Env E> struct DarcNear : schedulers::Darc<E> {
  DarcNear(const Placement& placement, const schedulers::Darc<E>::Config& config)
      : schedulers::Darc<E>(placement, config), last_(static_cast<WorkerId>(placement.workers()) - 1) {}
  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const WakeHint hint = schedulers::Darc<E>::enqueue(self, std::move(task), info);
    return hint.kind() == WakeHint::Kind::among ? WakeHint::near(last_) : hint;
  }

 private:
  const WorkerId last_;
};

// Goes by what happened in earlier executions: a shared access more every third time.
template <Env E, bool promises> struct Remembers : schedulers::Fifo<E> {
  using schedulers::Fifo<E>::Fifo;
  static constexpr Guarantees guarantees{.deterministic = promises};
  Runnable<E> pick(Self& self) noexcept {
    static int calls = 0;
    if (++calls % 3 == 0) (void)this->has_work(self);
    return schedulers::Fifo<E>::pick(self);
  }
};

}  // namespace rota::checks
