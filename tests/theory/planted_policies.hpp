// Policies that are wrong, each in one way, and two that serve in another order on purpose.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "schedulers/fifo.hpp"
#include "schedulers/queue/per_worker.hpp"
#include "schedulers/round_robin.hpp"

namespace rota::checks::theory {

// What one queue for all needs, with an order of its own: Take says which of the waiting tasks is next.
template <Env E, class Take> class OneHeap {
 public:
  static constexpr std::string_view name = Take::name, summary = "";
  // It promises what Fifo does: a lie, which the tests of order must find.
  static constexpr Guarantees guarantees = schedulers::Fifo<E>::guarantees;
  struct Config {};
  OneHeap(const Placement&, const Config&) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo) noexcept {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(task.release());
    size_.store(tasks_.size(), Order::release);
    return WakeHint::any();
  }
  Runnable<E> pick(Self& self) noexcept {
    const std::lock_guard lock(mutex_);
    if (tasks_.empty()) return {};
    std::swap(tasks_[Take::index(tasks_.size(), self)], tasks_.back());
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

struct TakeNewest {
  static constexpr std::string_view name = "newest-first";
  static std::size_t index(std::size_t size, Self&) { return size - 1; }
};
struct TakeAny {
  static constexpr std::string_view name = "any-first";
  static std::size_t index(std::size_t size, Self& self) {
    return self.random().below(static_cast<std::uint32_t>(size));
  }
};
template <Env E> using NewestFirst = OneHeap<E, TakeNewest>;
template <Env E> using AnyFirst = OneHeap<E, TakeAny>;

// Lets a worker sleep although a request waits: every fiftieth enqueue wakes nobody.
template <Env E> struct LetsThemSleep : schedulers::Fifo<E> {
  static constexpr std::string_view name = "lets-them-sleep";
  using schedulers::Fifo<E>::Fifo;
  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const WakeHint hint = schedulers::Fifo<E>::enqueue(self, std::move(task), info);
    return ++calls_ % 50 == 0 ? WakeHint::none() : hint;
  }

 private:
  std::uint64_t calls_ = 0;
};

// Tasks that only one worker can run, and a promise to conserve work all the same.
template <Env E> struct DealsAndPromises : schedulers::RoundRobin<E> {
  static constexpr std::string_view name = "deals-and-promises";
  static constexpr Guarantees guarantees{.starvation_factor = 1, .work_conserving = true};
  using schedulers::RoundRobin<E>::RoundRobin;
};

// Splits by chance, and sends an eighth more to the first worker.
template <Env E> class BiasedSplit {
 public:
  static constexpr std::string_view name = "partitioned", summary = "";
  static constexpr Guarantees guarantees{.starvation_factor = 1};
  struct Config {};
  BiasedSplit(const Placement& placement, const Config&) : queues_(placement.workers()) {}
  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo) noexcept {
    const WorkerId owner = random_.below(8) == 0 ? 0 : random_.below(static_cast<std::uint32_t>(queues_.size()));
    queues_[owner].push(task.release());
    return WakeHint::exactly(owner);
  }
  Runnable<E> pick(Self& self) noexcept { return Runnable<E>::adopt(queues_[self.id()].pop()); }
  bool has_work(const Self& self) const noexcept { return !queues_[self.id()].empty(); }

 private:
  Random random_{9};
  queue::PerWorker<queue::LockedFifo<E>> queues_;
};

}  // namespace rota::checks::theory
