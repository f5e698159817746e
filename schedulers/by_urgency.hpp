// ByUrgency: what the policies share that order tasks by what their authors told of them (Urgency): one heap for all
// workers. Each adds its rule: srpt.hpp, edf.hpp, priorities.hpp.
//
// Urgency   Is read once, at the enqueue, by who holds the Runnable. So what a task changes while it runs counts from
//           its next yield or wake on, and the place of a task that waits is fixed.
// Untold    Tasks without an Urgency have rank 0 and go before all others: they are what keeps the rest going, such as
//           a generator of arrivals.
// Quantum   Of declared work (runtime/work.hpp): then the task is enqueued anew, and one that is more urgent goes
//           first. 0: a task that runs is never asked to give way.
// Wakes     As Fifo: a yield needs none, the yielding worker takes from the same heap next.
// Promises  Every worker can take every task. No order of producers, and no bound on waiting: the urgent may come for
//           ever.
// Cost      Enqueue and pick: the mutex, two read-modify-writes, and log2 n entries of the heap.
#pragma once

#include <tuple>
#include <utility>

#include "runtime/job.hpp"
#include "schedulers/policy.hpp"
#include "schedulers/queue/ordered_tasks.hpp"

namespace rota::schedulers {

template <Env E, int default_quantum_us = 5> class ByUrgency {
 public:
  static constexpr Guarantees guarantees{.work_conserving = true, .deterministic = true};

  struct Config {
    Duration quantum = std::chrono::microseconds(default_quantum_us);
    static constexpr auto settings() {
      return std::tuple{setting("quantum", &Config::quantum,
                                "declared work after which a task gives way to a more urgent one, 0 for never", 0,
                                1e12)};
    }
  };

  Runnable<E> pick(Worker<E>&) noexcept { return Runnable<E>::adopt(ready_.pop()); }
  bool has_work(const Worker<E>&) const noexcept { return !ready_.empty(); }
  [[nodiscard]] Duration quantum() const noexcept { return quantum_; }

 protected:
  explicit ByUrgency(const Config& config) : quantum_(config.quantum) {}

  // rank_of(urgency): the least goes first, and equal ones as they came. With aging > 0, one more of rank is worth that
  // many arrivals.
  template <class RankOf>
  WakeHint keep(Runnable<E> task, EnqueueInfo info, RankOf rank_of, std::uint64_t aging = 0) noexcept {
    const Urgency* const urgency = urgency_of(*task.get());
    const std::uint64_t rank = urgency == nullptr ? 0 : rank_of(*urgency);
    ready_.push(task.release(), [&](std::uint64_t arrival) { return aging == 0 ? rank : arrival + rank * aging; });
    return info.origin == Origin::yield ? WakeHint::none() : WakeHint::any();
  }

 private:
  const Duration quantum_;
  queue::OrderedTasks<E> ready_;
};

}  // namespace rota::schedulers
