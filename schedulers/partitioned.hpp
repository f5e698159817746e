// Partitioned: a queue for each worker, a random one for each new task, and nothing is ever stolen. What a load
// balancer does that sends requests to servers at random, and a network card that spreads packets by a hash (d-FCFS).
// Queueing theory knows it exactly: k independent queues, each with a k-th of the arrivals.
//
// Where     A task that is spawned goes to the queue of a worker drawn at random. One that yields stays with the worker
//           that ran it. One that is woken is drawn anew: a policy remembers nothing of a task that it gave away. So a
//           task that only works and yields stays in one queue for its whole life.
// Order     Each worker runs its tasks in the order in which they came to it.
// Wakes     Only the addressed worker can run a task: it alone is woken, and nobody if it put the task there itself.
// Promises  A task waits for those before it in its queue only. Not work conserving: that is the point. Not
//           deterministic: the draws depend on the seed.
// Cost      Enqueue and pick: the mutex of one queue, two read-modify-writes each; one more to draw from outside.
#pragma once

#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/draws.hpp"
#include "schedulers/queue/own_queues.hpp"

namespace rota::schedulers {

template <Env E> class Partitioned {
 public:
  static constexpr std::string_view name = "partitioned";
  static constexpr std::string_view summary = "each task goes to a worker drawn at random and nothing is stolen";
  static constexpr Guarantees guarantees{.starvation_factor = 1};

  struct Config {};

  Partitioned(const Placement& placement, const Config&) : queues_(placement.workers()) {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const WorkerId owner = self != nullptr && info.gave_way()
                               ? self->id()
                               : draws_.draw(self, [&](Random& random) { return random.below(queues_.workers()); });
    return queues_.push(self, owner, std::move(task));
  }
  Runnable<E> pick(Self& self) noexcept { return queues_.pop(self.id()); }
  bool has_work(const Self& self) const noexcept { return queues_.size(self.id()) != 0; }

 private:
  queue::OwnQueues<E> queues_;
  queue::Draws<E> draws_;
};

}  // namespace rota::schedulers
