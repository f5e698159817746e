// WorkStealing: a bounded queue for each worker, one shared injection queue, and stealing by those who have nothing.
// With its defaults it decides as Tokio's multi-thread scheduler does, without the LIFO slot (lifo_slot.hpp adds that).
//
// Where     A task that becomes runnable on a worker goes to its local queue; if that is full, half of it moves to the
//           injection queue first. Tasks from outside go to the injection queue.
// Pick      The local queue, then the injection queue: a share of it, up to half a local queue. Every `global_interval`
//           picks the injection queue comes first, so that a busy worker cannot keep it waiting (P4).
// Steal     Half of a victim's local queue. Victims in turn from a random one, or the nearest first.
// chase-lev The local end is last in first out, as in rayon. Then a yield goes to the injection queue (else it would be
//           picked again at once), which is taken from one task at a time, and every second look of the interval goes
//           to the oldest local task instead, which newer ones could hide for ever (P4).
// Wakes     Any idle worker may help. A yield needs none, unless it overflows: the yielding worker takes a task from
//           the same pool next.
// Promises  Starvation: an interval, twice for chase-lev, a task; of the default interval. A task that overflow moves
//           counts as enqueued anew. Not deterministic: whom a thief robs depends on the seed.
// has_work  Looks at the injection queue first and at all local queues after it (P2). A batch on its way from one to
//           the other is in one of them or seen in the other, since it is published before the first is seen empty.
// Cost      ring: enqueue no read-modify-write, pick one. chase-lev: enqueue none, pick one full fence.
#pragma once

#include <algorithm>
#include <array>
#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/chase_lev.hpp"
#include "schedulers/queue/local_ring.hpp"
#include "schedulers/queue/locked_fifo.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::schedulers {

enum class Local : std::uint8_t { ring, chase_lev };
enum class Victim : std::uint8_t { random, nearest };

template <Env E> class WorkStealing {
 public:
  static constexpr std::string_view name = "work-stealing";
  static constexpr std::string_view summary =
      "a bounded queue for each worker; who has nothing steals half of another's";
  struct Config {
    Local local = Local::ring;
    std::uint32_t ring = 256;
    Victim victim = Victim::random;
    std::uint32_t global_interval = 61;

    static constexpr auto settings() {
      return std::tuple{
          choice("local", &Config::local, "a worker's own queue: first in first out, or last in first out",
                 std::array{named("ring", Local::ring), named("chase-lev", Local::chase_lev)}),
          setting("ring", &Config::ring, "tasks that a worker's own queue holds, rounded up to a power of two", 2,
                  65536),
          choice("victim", &Config::victim, "whom to steal from first",
                 std::array{named("random", Victim::random), named("nearest", Victim::nearest)}),
          setting("global_interval", &Config::global_interval,
                  "picks from the own queue until the shared one is looked at first", 1, 1'000'000)};
    }
  };

  // Who waits where a worker looks out of turn only waits for twice the interval: two kinds of such looks take turns.
  static constexpr Guarantees guarantees(const Config& config) {
    return {.starvation_factor = 2 * config.global_interval + 6, .work_conserving = true};
  }

  WorkStealing(const Placement& placement, const Config& config)
      : placement_(placement), config_(config), lanes_(placement.workers(), config) {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    const bool yielded = info.gave_way();
    bool moved = false;
    if (self == nullptr || (yielded && lifo())) {
      injection_.push(task.release());
    } else {
      Lane& lane = lanes_[self->id()];
      moved = lifo() ? keep(lane.deque, task.release()) : keep(lane.ring, task.release());
    }
    return yielded && !moved ? WakeHint::none() : WakeHint::any();
  }

  Runnable<E> pick(Self& self) noexcept {
    Lane& lane = lanes_[self.id()];
    Task<E>* task = nullptr;
    if (++lane.picks >= config_.global_interval) [[unlikely]]
      task = pick_out_of_turn(lane);
    if (task == nullptr) task = lifo() ? lane.deque.pop() : lane.ring.pop();
    if (task == nullptr) task = lifo() ? injection_.pop() : take_share(lane.ring);
    return Runnable<E>::adopt(task);
  }

  Runnable<E> steal(Self& self) noexcept {
    const auto workers = static_cast<std::uint32_t>(lanes_.size());
    if (workers == 1) return {};
    Task<E>* task = nullptr;
    if (nearest_first()) {
      for (const WorkerId victim : placement_.nearest(self.id())) {
        if ((task = rob(victim, self.id())) != nullptr) break;
      }
    } else {
      const std::uint32_t first = self.random().below(workers);
      for (std::uint32_t i = 0; i < workers && task == nullptr; ++i) {
        const WorkerId victim = first + i < workers ? first + i : first + i - workers;
        if (victim != self.id()) task = rob(victim, self.id());
      }
    }
    return Runnable<E>::adopt(task);
  }

  bool has_work(const Self&) const noexcept {
    if (!injection_.empty()) return true;
    return std::any_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return !lane.empty(); });
  }

 protected:
  // For policies that put all tasks where all look (shared_first.hpp).
  void share(Task<E>* task) noexcept { injection_.push(task); }
  // For policies that rob by other rules (hierarchical.hpp).
  Task<E>* rob(WorkerId victim, WorkerId thief) noexcept {
    return lifo() ? lanes_[victim].deque.steal_half(lanes_[thief].deque)
                  : lanes_[victim].ring.steal_half(lanes_[thief].ring);
  }
  // Tasks in a worker's own queue, as far as this thread can know.
  [[nodiscard]] std::size_t held(WorkerId worker) const noexcept {
    return lifo() ? lanes_[worker].deque.size() : lanes_[worker].ring.size();
  }
  [[nodiscard]] bool shared_work() const noexcept { return !injection_.empty(); }
  [[nodiscard]] bool nearest_first() const noexcept { return config_.victim == Victim::nearest; }

 private:
  struct alignas(line_pair) Lane {
    explicit Lane(const Config& config)
        : ring(config.local == Local::ring ? E::capacity(config.ring) : 0),
          deque(config.local == Local::chase_lev ? E::capacity(config.ring) : 0) {}
    [[nodiscard]] bool empty() const noexcept { return ring.empty() && deque.empty(); }

    std::uint32_t picks = 0;  // since the last pick out of turn; the owner's
    bool oldest_next = false;
    queue::LocalRing<E> ring;  // of the two local queues one stays empty
    queue::ChaseLev<E> deque;
  };

  [[nodiscard]] bool lifo() const noexcept { return config_.local == Local::chase_lev; }

  // True if that moved tasks to the injection queue: on their way nobody could see them, so somebody must look again.
  template <class Queue> bool keep(Queue& own, Task<E>* task) noexcept {
    if (own.push(task)) [[likely]]
      return false;
    queue::IntrusiveList<E> moved;
    const std::size_t count = own.take_half(moved);
    moved.push(task);
    injection_.push_chain(moved, count + 1);
    return true;
  }

  Task<E>* pick_out_of_turn(Lane& lane) noexcept {
    lane.picks = 0;
    lane.oldest_next = lifo() && !lane.oldest_next;
    return lane.oldest_next ? lane.deque.pop_oldest() : injection_.pop();
  }

  Task<E>* take_share(queue::LocalRing<E>& ring) noexcept {
    const std::size_t share = injection_.size() / lanes_.size() + 1;
    const std::size_t most = std::min({share, ring.capacity() / 2, std::size_t{ring.room()} + 1});
    return injection_.pop_batch(most, [&](Task<E>* task) { (void)ring.push(task); });
  }

  const Placement placement_;
  const Config config_;
  queue::PerWorker<Lane> lanes_;
  queue::LockedFifo<E> injection_;
};

}  // namespace rota::schedulers
