// Ranked: what the policies share that order tasks by a rank: one heap for all workers. Each adds its rule: srpt.hpp,
// edf.hpp, priorities.hpp, las.hpp, mlfq.hpp, lifo.hpp.
//
// Rank      Is fixed at the enqueue, by who holds the Runnable. So what a task changes while it runs counts from its
//           next enqueue on, and the place of a task that waits is fixed. Equal ones go as they came.
// Untold    Where the rank is what authors told, tasks without Attributes have rank 0 and go before all others: they
//           are what keeps the rest going, such as a generator of arrivals.
// Quantum   Of declared work (runtime/work.hpp): then the task is enqueued anew, and one of a lesser rank goes first.
//           0: a task that runs is not asked to give way by time.
// Preempts  With `preemptive`, an enqueue that wakes nobody asks the running task of the greatest rank to give way, if
//           that is greater than the rank of what came. It does at its next checkpoint; what never looks goes on.
// Wakes     As Fifo: who gave way needs none, its worker takes from the same heap next.
// Promises  Every worker can take every task. No order of producers, and no bound on waiting: lesser ranks may come for
//           ever.
// Cost      Enqueue and pick: the mutex, two read-modify-writes, and log2 n entries of the heap. Preemptive: an enqueue
//           reads a line of each worker, a pick writes its own.
#pragma once

#include <tuple>
#include <utility>

#include "runtime/body.hpp"
#include "schedulers/policy.hpp"
#include "schedulers/queue/ordered_tasks.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::schedulers {

template <Env E, int default_quantum_us = 5, bool default_preemptive = false> class Ranked {
 public:
  struct Config {
    Duration quantum = std::chrono::microseconds(default_quantum_us);
    bool preemptive = default_preemptive;
    static constexpr auto settings() {
      return std::tuple{
          setting("quantum", &Config::quantum,
                  "declared work after which a task gives way to one of a lesser rank, 0 for never", 0, 1e12),
          setting("preemptive", &Config::preemptive,
                  "whether a running task is asked to give way as soon as one of a lesser rank comes")};
    }
  };

  Runnable<E> pick(Self& self) noexcept {
    const auto first = ready_.pop_with_key();
    if (preemptive_) running_[self.id()].rank.store(first.task == nullptr ? 0 : first.key, Order::relaxed);
    return Runnable<E>::adopt(first.task);
  }
  bool has_work(const Self&) const noexcept { return !ready_.empty(); }
  [[nodiscard]] Duration quantum() const noexcept { return quantum_; }
  [[nodiscard]] bool preempts() const noexcept { return preemptive_; }

 protected:
  Ranked(const Placement& placement, const Config& config)
      : quantum_(config.quantum), preemptive_(config.preemptive), running_(placement.workers()) {}

  // What all of them promise, and their order if they name one.
  static constexpr Guarantees promises(Ordering order) {
    return {.order = order, .work_conserving = true, .deterministic = true};
  }

  // Keeps a task whose rank is rank_of(arrival), where arrival counts the enqueues before.
  template <class RankOf> WakeHint keep(Runnable<E> task, EnqueueInfo info, RankOf rank_of) noexcept {
    std::uint64_t rank = 0;
    ready_.push(task.release(), [&](std::uint64_t arrival) { return rank = rank_of(arrival); });
    if (info.gave_way()) return WakeHint::none();
    return preemptive_ ? preempt_after(rank) : WakeHint::any();
  }
  // The rank is rank_of(attributes), or 0 where there are none.
  template <class RankOf> WakeHint keep_told(Runnable<E> task, EnqueueInfo info, RankOf rank_of) noexcept {
    const Attributes* const told = attributes_of(*task.get());
    const std::uint64_t rank = told == nullptr ? 0 : rank_of(*told);
    return keep(std::move(task), info, [rank](std::uint64_t) { return rank; });
  }

 private:
  struct alignas(line_pair) Running {
    typename E::template atomic<std::uint64_t> rank{};
  };

  WakeHint preempt_after(std::uint64_t rank) const noexcept {
    WorkerId last = 0;
    std::uint64_t greatest = 0;
    for (WorkerId worker = 0; worker < running_.size(); ++worker) {
      const std::uint64_t runs = running_[worker].rank.load(Order::relaxed);
      if (runs > greatest) greatest = runs, last = worker;
    }
    return greatest > rank ? WakeHint::preempt(last) : WakeHint::any();
  }

  const Duration quantum_;
  const bool preemptive_;
  queue::OrderedTasks<E> ready_;
  queue::PerWorker<Running> running_;
};

}  // namespace rota::schedulers
