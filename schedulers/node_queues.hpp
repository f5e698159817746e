// NodeQueues: one queue for each NUMA node, shared by its workers. Between one queue for all, whose lock every core of
// the machine fights for, and one for each worker, which must be balanced: the lock's line stays on its node. Linux
// balances between scheduling domains for the same reason (Lozi et al., "The Linux scheduler: a decade of wasted
// cores", EuroSys 2016).
//
// Nodes     Those on which a worker stands.
// Where     A task goes to the queue of its enqueuer's node; from outside to the nodes in turn.
// Pick      The oldest task of the own node's queue; if that is empty, of the others, the nearest node first.
// Wakes     An idle worker near the node that got the task. A yield needs none: the yielding worker comes by at once.
// Promises  A task waits for those before it in its queue only, since each node has a worker that looks there first.
//           Every worker can take every task.
// Cost      Enqueue and pick: the mutex of one node's queue, two read-modify-writes; a pick that finds nothing, one
//           load for each node.
#pragma once

#include <algorithm>
#include <vector>

#include "schedulers/policy.hpp"
#include "schedulers/queue/locked_fifo.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::schedulers {

// The nodes on which a placement has workers, numbered in the order of their first worker.
class NodesInUse {
 public:
  explicit NodesInUse(const Placement& placement) {
    std::vector<unsigned> kernel_numbers;
    std::vector<std::uint32_t> node_of;
    for (WorkerId worker = 0; worker < placement.workers(); ++worker) {
      const auto place = std::ranges::find(kernel_numbers, placement.node(worker)) - kernel_numbers.begin();
      node_of.push_back(static_cast<std::uint32_t>(place));
      if (node_of.back() < kernel_numbers.size()) continue;
      kernel_numbers.push_back(placement.node(worker));
      first_workers_.push_back(worker);
    }
    for (WorkerId worker = 0; worker < placement.workers(); ++worker) {
      auto& order = orders_.emplace_back(1, node_of[worker]);
      for (const WorkerId other : placement.nearest(worker)) {
        if (std::ranges::find(order, node_of[other]) == order.end()) order.push_back(node_of[other]);
      }
    }
  }
  [[nodiscard]] std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(first_workers_.size()); }
  [[nodiscard]] std::uint32_t of(WorkerId worker) const noexcept { return orders_[worker].front(); }
  [[nodiscard]] WorkerId first_worker(std::uint32_t node) const noexcept { return first_workers_[node]; }
  // All nodes as a worker sees them: its own, then the nearest first.
  [[nodiscard]] const std::vector<std::uint32_t>& from(WorkerId worker) const noexcept { return orders_[worker]; }

 private:
  std::vector<WorkerId> first_workers_;
  std::vector<std::vector<std::uint32_t>> orders_;
};

template <Env E> class NodeQueues {
 public:
  static constexpr std::string_view name = "node-queues";
  static constexpr std::string_view summary = "one queue for each NUMA node; its workers look there first";
  static constexpr Guarantees guarantees{.starvation_factor = 1, .work_conserving = true, .deterministic = true};

  struct Config {};

  NodeQueues(const Placement& placement, const Config&) : nodes_(placement), queues_(nodes_.count()) {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const std::uint32_t node = self != nullptr ? nodes_.of(self->id()) : next_node();
    queues_[node].push(task.release());
    if (info.gave_way()) return WakeHint::none();
    return WakeHint::near(self != nullptr ? self->id() : nodes_.first_worker(node));
  }

  Runnable<E> pick(Self& self) noexcept {
    for (const std::uint32_t node : nodes_.from(self.id())) {
      if (Task<E>* const task = queues_[node].pop()) return Runnable<E>::adopt(task);
    }
    return {};
  }

  bool has_work(const Self&) const noexcept {
    return !std::all_of(queues_.begin(), queues_.end(), [](const auto& queue) { return queue.empty(); });
  }

 private:
  std::uint32_t next_node() noexcept {
    return static_cast<std::uint32_t>(dealt_outside_.fetch_add(1, Order::relaxed) % nodes_.count());
  }

  const NodesInUse nodes_;
  queue::PerWorker<queue::LockedFifo<E>> queues_;  // by node
  alignas(line_pair) typename E::template atomic<std::uint64_t> dealt_outside_{std::uint64_t{0}};
};

}  // namespace rota::schedulers
