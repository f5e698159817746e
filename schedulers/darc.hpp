// Darc: keeps some workers for short requests, so that a short one never waits behind long ones, although a worker may
// idle while long ones wait (Demoulin et al., "When idling is ideal: optimizing tail-latency for heavy-tailed
// datacenter workloads with Perséphone", SOSP 2021).
//
// Short     A task whose author told of at most `short_up_to` of work left, or told nothing.
// Kept      The first `reserved` workers, but never all, run short tasks only; the others run short ones first.
// Wakes     Of a short task anybody. Of a long one a worker that may run it: whoever searches may be a kept one.
// Promises  Work conservation among those who may meet (P10, P2). No order of producers between the two queues, and no
//           bound on how long a long task waits.
// Cost      Fifo's, twice where a look finds the first queue empty.
#pragma once

#include <algorithm>
#include <array>
#include <tuple>

#include "runtime/body.hpp"
#include "schedulers/policy.hpp"
#include "schedulers/queue/locked_fifo.hpp"

namespace rota::schedulers {

template <Env E> class Darc {
 public:
  static constexpr std::string_view name = "darc";
  static constexpr std::string_view summary = "some workers are kept for short requests";

  struct Config {
    std::uint32_t reserved = 1;
    Duration short_up_to = std::chrono::microseconds(100);
    static constexpr auto settings() {
      return std::tuple{
          setting("reserved", &Config::reserved, "workers that run short tasks only; all but one at most", 0, 4095),
          setting("short_up_to", &Config::short_up_to, "a task of at most so much work left is short", 0, 1e12)};
    }
  };
  static constexpr Guarantees guarantees(const Config& config) {
    return {.work_conserving = true,
            .deterministic = true,
            .kept_workers = config.reserved,
            .kept_for = config.short_up_to};
  }

  Darc(const Placement& placement, const Config& config)
      : kept_(std::min(config.reserved, static_cast<std::uint32_t>(placement.workers()) - 1)),
        short_up_to_(config.short_up_to),
        sets_{WorkerSet::from(kept_, static_cast<WorkerId>(placement.workers()))} {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const Attributes* const told = attributes_of(*task.get());
    const bool is_short = told == nullptr || told->remaining <= short_up_to_;
    (is_short ? short_ : long_).push(task.release());
    const bool comes_by = info.gave_way() && (is_short || self->id() >= kept_);
    if (comes_by) return WakeHint::none();
    return is_short ? WakeHint::any() : WakeHint::among(unkept);
  }

  Runnable<E> pick(Self& self) noexcept {
    Task<E>* task = short_.pop();
    if (task == nullptr && self.id() >= kept_) task = long_.pop();
    return Runnable<E>::adopt(task);
  }

  bool has_work(const Self& self) const noexcept { return !short_.empty() || (self.id() >= kept_ && !long_.empty()); }

  [[nodiscard]] std::span<const WorkerSet> wake_sets() const noexcept { return sets_; }

 private:
  static constexpr SetId unkept = 0;

  const WorkerId kept_;
  const Duration short_up_to_;
  const std::array<WorkerSet, 1> sets_;
  queue::LockedFifo<E> short_, long_;
};

}  // namespace rota::schedulers
