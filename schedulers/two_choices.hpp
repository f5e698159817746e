// TwoChoices: a queue for each worker; two are drawn at random for each task, and it goes to the shorter. The second
// look is what counts: the longest queues become exponentially shorter than with one draw (Vvedenskaya, Dobrushin and
// Karpelevich, Problems of Information Transmission 1996; Mitzenmacher, "The power of two choices in randomized load
// balancing", IEEE TPDS 2001).
//
// Where     Tasks that are spawned or woken are drawn, between two different workers. A task counts as long as it waits
//           or runs; between equals the first drawn has it. A yield stays with the worker that ran it.
// Order     Each worker runs its tasks in the order in which they came to it.
// Idle      "wait" (the default): nothing moves, and a worker may sleep beside another's work. "steal": a worker with
//           nothing to do takes the oldest task of another, in turn from a random one.
// Wakes     "wait": the addressed worker, or nobody if it put the task there itself. "steal": somebody near it, and
//           nobody for a yield.
// Lengths   Are read without a lock, and may be old: that costs balance and nothing else.
// Promises  A task waits for those before it in its queue only. Not work conserving by default; not deterministic: the
//           draws depend on the seed.
// Cost      Enqueue: two lengths and two flags that their owners write, and the mutex of one queue, two
//           read-modify-writes; one more from outside. Pick: the same mutex.
#pragma once

#include <array>
#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/draws.hpp"
#include "schedulers/queue/own_queues.hpp"

namespace rota::schedulers {

enum class Idle : std::uint8_t { wait, steal };

template <Env E> class TwoChoices {
 public:
  static constexpr std::string_view name = "two-choices";
  static constexpr std::string_view summary = "each task goes to the shorter of two workers' queues drawn at random";
  static constexpr Guarantees guarantees{.starvation_factor = 1};

  struct Config {
    Idle idle = Idle::wait;
    static constexpr auto settings() {
      return std::tuple{choice("idle", &Config::idle, "what a worker does whose queue is empty",
                               std::array{named("wait", Idle::wait), named("steal", Idle::steal)})};
    }
  };

  TwoChoices(const Placement& placement, const Config& config)
      : stealing_(config.idle == Idle::steal), queues_(placement.workers()), activity_(placement.workers()) {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const bool stays = self != nullptr && info.gave_way();
    const WorkerId owner =
        stays ? self->id() : draws_.draw(self, [this](Random& random) { return shorter_of_two(random); });
    const WakeHint hint = queues_.push(self, owner, std::move(task));
    return stealing_ && !stays ? WakeHint::near(owner) : hint;
  }

  Runnable<E> pick(Self& self) noexcept {
    auto task = queues_.pop(self.id());
    activity_[self.id()].set(static_cast<bool>(task));
    return task;
  }

  Runnable<E> steal(Self& self) noexcept {
    if (!stealing_) return {};
    auto task = queues_.pop_any(self.random().below(queues_.workers()));
    activity_[self.id()].set(static_cast<bool>(task));
    return task;
  }

  bool has_work(const Self& self) const noexcept {
    return stealing_ ? !queues_.all_empty() : queues_.size(self.id()) != 0;
  }

 private:
  // Whether a worker runs a task. Its owner writes it when that changes, others read it.
  struct alignas(line_pair) Activity {
    void set(bool now) noexcept {
      if (busy.load(Order::relaxed) != now) busy.store(now, Order::relaxed);
    }
    typename E::template atomic<bool> busy{false};
  };

  [[nodiscard]] std::size_t load(WorkerId worker) const noexcept {
    return queues_.size(worker) + (activity_[worker].busy.load(Order::relaxed) ? 1 : 0);
  }
  [[nodiscard]] WorkerId shorter_of_two(Random& random) const noexcept {
    const std::uint32_t workers = queues_.workers();
    if (workers == 1) return 0;
    const WorkerId first = random.below(workers);
    const WorkerId other = random.below(workers - 1);
    const WorkerId second = other < first ? other : other + 1;
    return load(second) < load(first) ? second : first;
  }

  const bool stealing_;
  queue::OwnQueues<E> queues_;
  queue::PerWorker<Activity> activity_;
  queue::Draws<E> draws_;
};

}  // namespace rota::schedulers
