// LifoSlot: another policy with one slot in front of each worker, for the task that it woke last. That task runs next,
// while the data of its waker is still in the cache: messages between two tasks cost no queue. Tokio's LIFO slot.
//
// Inner     Any policy: LifoSlot<E, Fifo<E>> works as LifoSlot<E, WorkStealing<E>> does. Its settings and promises
//           carry over, its optional functions are called if it has them.
// Slot      A wake by a task of this worker takes the slot and pushes its former task to Inner; with `spawns` a spawn
//           does too, as Go's `go`. Yields and wakes from elsewhere go to Inner.
// Limit     After `limit` picks in a row from the slot, wakes go to Inner until a pick came from there. Otherwise two
//           tasks that wake each other would keep all others waiting for ever (P4).
// steal     With `steal` (the default) an idle worker is told of a task in a slot, sees it in has_work and may take it,
//           if Inner has nothing for it: a waker that goes on for long does not hold it up (P2). Without, only the
//           owner sees its slot, as in Tokio before 1.52; then this policy is not work conserving.
// Ordering  (1) the exchange that fills a slot (acq_rel) is read by (2) the one that empties it (acquire).
// Cost      A wake: one exchange instead of Inner's enqueue. A pick: one load, and one exchange if the slot is full.
//           Without `steal`, loads and stores: nobody else looks at the slot.
//           A task that joins others one by one is woken into the slot by each of them, and so runs between any two
//           of them where Inner would let many end first: spawn-join costs twice as much as without a slot.
#pragma once

#include <algorithm>
#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::schedulers {

template <Env E, class Inner> class LifoSlot {
 public:
  static constexpr std::string_view name = "lifo-slot";
  static constexpr std::string_view summary = "work stealing with a slot for the task woken last, which runs next";
  struct Config : Inner::Config {
    std::uint32_t limit = 3;
    bool steal = true;
    bool spawns = false;

    static constexpr auto settings() {
      return std::tuple_cat(
          std::tuple{setting("limit", &Config::limit, "picks in a row from the slot", 1, 1'000'000),
                     setting("steal", &Config::steal, "idle workers are told of a task in the slot and may take it"),
                     setting("spawns", &Config::spawns, "a task that a worker's task spawns takes the slot too")},
          settings_of<typename Inner::Config>());
    }
  };

  // `limit` picks from the slot come between two of Inner's; a slot that nobody else may empty keeps its task waiting.
  static constexpr Guarantees guarantees(const Config& config) {
    const Guarantees inner = guarantees_of<Inner>(config);
    const std::uint64_t factor = (std::uint64_t{config.limit} + 1) * inner.starvation_factor;
    return {.order = Ordering::none,
            .starvation_factor = static_cast<std::uint32_t>(std::min<std::uint64_t>(factor, ~std::uint32_t{0})),
            .work_conserving = config.steal && inner.work_conserving,
            .deterministic = inner.deterministic};
  }

  LifoSlot(const Placement& placement, const Config& config)
      : limit_(config.limit),
        shared_(config.steal),
        spawns_(config.spawns),
        inner_(placement, config),
        lanes_(placement.workers()) {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    if (self == nullptr || !takes_slot(info.origin) || lanes_[self->id()].in_a_row >= limit_)
      return inner_.enqueue(self, std::move(task), info);
    Task<E>* const former = lanes_[self->id()].put(task.release(), shared_);
    if (former != nullptr) return inner_.enqueue(self, Runnable<E>::adopt(former), info);
    return shared_ ? WakeHint::any() : WakeHint::none();
  }

  Runnable<E> pick(Self& self) noexcept {
    Lane& lane = lanes_[self.id()];
    if (Task<E>* const task = lane.take(shared_)) {
      ++lane.in_a_row;
      return Runnable<E>::adopt(task);
    }
    lane.in_a_row = 0;
    return inner_.pick(self);
  }

  Runnable<E> steal(Self& self) noexcept {
    if constexpr (requires { inner_.steal(self); }) {
      if (auto task = inner_.steal(self)) return task;
    }
    const auto workers = static_cast<WorkerId>(lanes_.size());
    for (WorkerId i = 1; shared_ && i < workers; ++i) {
      const WorkerId victim = self.id() + i < workers ? self.id() + i : self.id() + i - workers;
      if (Task<E>* const task = lanes_[victim].take(shared_)) return Runnable<E>::adopt(task);
    }
    return {};
  }

  bool has_work(const Self& self) const noexcept {
    if (lanes_[self.id()].full() || inner_.has_work(self)) return true;
    if (!shared_) return false;
    for (const Lane& lane : lanes_) {
      if (lane.full()) return true;
    }
    return false;
  }

  WakeHint after_run(Self& self, TaskView task, StopReason why)
    requires requires(Inner& inner) { inner.after_run(self, task, why); }
  {
    return inner_.after_run(self, task, why);
  }
  void on_tick(Self& self)
    requires requires(Inner& inner) { inner.on_tick(self); }
  {
    inner_.on_tick(self);
  }
  template <class Sink>
  void drain(Self& self, Sink&& sink)
    requires requires(Inner& inner) { inner.drain(self, sink); }
  {
    if (Task<E>* const task = lanes_[self.id()].take(shared_)) sink(Runnable<E>::adopt(task));
    inner_.drain(self, sink);
  }

 private:
  [[nodiscard]] bool takes_slot(Origin origin) const noexcept {
    return origin == Origin::wake || (spawns_ && origin == Origin::spawn);
  }

  struct alignas(line_pair) Lane {
    [[nodiscard]] bool full() const noexcept { return slot.load(Order::acquire) != nullptr; }
    // Both return what was there.
    Task<E>* put(Task<E>* task, bool shared) noexcept {
      if (shared) return slot.exchange(task, Order::acq_rel);  // (1), (2)
      Task<E>* const former = slot.load(Order::relaxed);
      slot.store(task, Order::relaxed);
      return former;
    }
    // Looks before it exchanges: an empty slot costs no read-modify-write.
    [[nodiscard]] Task<E>* take(bool shared) noexcept { return full() ? put(nullptr, shared) : nullptr; }

    typename E::template atomic<Task<E>*> slot{nullptr};
    std::uint32_t in_a_row = 0;  // picks from the slot since the last one from Inner; the owner's
  };

  const std::uint32_t limit_;
  const bool shared_, spawns_;
  Inner inner_;
  queue::PerWorker<Lane> lanes_;
};

}  // namespace rota::schedulers
