// Fair: shares by weight. Tasks are of groups (a tenant, a user, a query), and the group goes first whose members have
// had the least service for their weight, as in start-time fair queueing and Linux's CFS (Goyal, Vin and Cheng,
// "Start-time fair queuing", SIGCOMM 1996; Pabla, "Completely fair scheduler", Linux Journal 2009).
//
// Groups    Attributes::group, up to 63; larger ones share the last. Their weight is what their tasks tell, the last
//           one that is enqueued; tasks without Attributes are of group 0 and weight 1. Within a group: as they came.
// Virtual   A group's time goes on by what its tasks use, divided by its weight. A group that had nothing to run
//           begins again no earlier than the group that was served last: who was away has no claim to what it missed.
// Quantum   Of declared work; what is not declared is accounted all the same, after the run.
// Wakes     As Fifo.
// Promises  P9: between two groups that wait without a break, 2 l w (1 / a + 1 / b) at most, l the longest run, w the
//           workers, a and b the weights. Before it is accounted for, a group can be ahead by one run for each worker.
// Cost      Enqueue, pick and account: the mutex, two read-modify-writes each; a pick looks at each group that waits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <tuple>

#include "runtime/body.hpp"
#include "runtime/policy_word.hpp"
#include "schedulers/policy.hpp"
#include "schedulers/queue/intrusive_list.hpp"

namespace rota::schedulers {

template <Env E> class Fair {
 public:
  static constexpr std::string_view name = "fair";
  static constexpr std::string_view summary = "groups share by weight: the least served for its weight goes first";
  static constexpr Guarantees guarantees{.work_conserving = true, .deterministic = true, .fair_shares = true};

  struct Config {
    Duration quantum = std::chrono::microseconds(5);
    static constexpr auto settings() {
      return std::tuple{setting("quantum", &Config::quantum, "declared work after which a task gives way", 1, 1e12)};
    }
  };

  Fair(const Placement&, const Config& config) : quantum_(config.quantum) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    const Attributes* const told = attributes_of(*task.get());
    const std::uint32_t number = told == nullptr ? 0 : std::min(told->group, most_groups - 1);
    const std::lock_guard lock(mutex_);
    policy_word(*task.get()).write(number);
    Group& group = groups_[number].write();
    group.weight = told == nullptr ? 1 : std::max(told->weight, 1U);
    if (group.waiting++ == 0) {
      group.served = std::max(group.served, clock_.read());
      waiting_.write() |= std::uint64_t{1} << number;
    }
    group.tasks.push(task.release());
    length_.store(length_.load(Order::relaxed) + 1, Order::release);  // (1)
    return info.gave_way() ? WakeHint::none() : WakeHint::any();
  }

  Runnable<E> pick(Self&) noexcept {
    if (length_.load(Order::acquire) == 0) return {};
    const std::lock_guard lock(mutex_);
    if (waiting_.read() == 0) return {};
    const std::uint32_t number = least_served();
    Group& group = groups_[number].write();
    clock_.write(std::max(clock_.read(), group.served));
    if (--group.waiting == 0) waiting_.write() &= ~(std::uint64_t{1} << number);
    length_.store(length_.load(Order::relaxed) - 1, Order::release);  // (1)
    return Runnable<E>::adopt(group.tasks.pop());
  }

  // (1) is read here; the mutex orders the rest.
  bool has_work(const Self&) const noexcept { return length_.load(Order::acquire) != 0; }

  void account(Self&, Task<E>& task, Duration used) noexcept {
    const std::lock_guard lock(mutex_);
    Group& group = groups_[policy_word(task).read()].write();
    group.served += static_cast<std::uint64_t>(used.count()) * scale / group.weight;
  }

  [[nodiscard]] Duration quantum() const noexcept { return quantum_; }

 private:
  static constexpr std::uint32_t most_groups = 64;
  static constexpr std::uint64_t scale = 1024;  // of virtual time, so that a nanosecond of a heavy group still counts

  struct Group {
    std::uint64_t served = 0;  // virtual time
    std::uint32_t weight = 1, waiting = 0;
    queue::IntrusiveList<E> tasks;
  };

  [[nodiscard]] std::uint32_t least_served() const noexcept {
    std::uint32_t least = most_groups;
    for (std::uint64_t rest = waiting_.read(); rest != 0; rest &= rest - 1) {
      const auto number = static_cast<std::uint32_t>(std::countr_zero(rest));
      if (least == most_groups || groups_[number].read().served < groups_[least].read().served) least = number;
    }
    return least;
  }

  const Duration quantum_;
  typename E::mutex mutex_;  // guards everything below; the length is written under it and read without
  std::array<typename E::template cell<Group>, most_groups> groups_;
  typename E::template cell<std::uint64_t> waiting_{0};  // which groups have tasks, one bit each
  typename E::template cell<std::uint64_t> clock_{0};    // virtual time of the group that was served last
  alignas(line_pair) typename E::template atomic<std::size_t> length_{std::size_t{0}};
};

}  // namespace rota::schedulers
