// Chaos: everything that a policy may decide is drawn at random, and everything takes a random time. Useless for
// running programs, and meant for breaking them: what holds under chaos does not hold by luck.
//
// Where     Each task goes to one of as many queues as there are workers, whoever enqueues it.
// Pick      One queue drawn at random, which may well be the wrong one. Steal: all of them, from a random one on.
// Delays    Before each of these, and after an enqueue, up to `delay` turns of a counter that all share.
// Wakes     Any hint that is right, since every worker can take every task: any, near or exactly a random worker, all,
//           preempt a random one; and none after a yield. "exactly" is enough for P3: if that worker is awake it looks
//           again before it sleeps. After a run, now and then, somebody is woken for nothing.
// Promises  Nothing but that no task is lost. Not work conserving: who was to be woken exactly may be busy while
//           another sleeps.
// has_work  Steal finds what there is, and pick may not: true if any queue holds a task. Shutdown calls drain, which
//           looks everywhere too.
// Cost      Enqueue and pick: two read-modify-writes of one queue, and one for each turn of delay.
#pragma once

#include <array>
#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/draws.hpp"
#include "schedulers/queue/own_queues.hpp"

namespace rota::schedulers {

template <Env E> class Chaos {
 public:
  static constexpr std::string_view name = "chaos";
  static constexpr std::string_view summary = "random queues, victims, delays and wake-ups: made to break programs";
  static constexpr Guarantees guarantees{};

  struct Config {
    std::uint32_t delay = 16;
    static constexpr auto settings() {
      return std::tuple{
          setting("delay", &Config::delay, "turns of waiting at most, before and after each step", 0, 1'000'000)};
    }
  };

  Chaos(const Placement& placement, const Config& config) : delay_(config.delay), queues_(placement.workers()) {}

  WakeHint enqueue(Self* self, Runnable<E> task, EnqueueInfo info) noexcept {
    return draws_.draw(self, [&](Random& random) {
      wait(random);
      (void)queues_.push(self, any_worker(random), std::move(task));
      wait(random);
      return any_hint(random, self != nullptr && info.gave_way());
    });
  }

  Runnable<E> pick(Self& self) noexcept {
    wait(self.random());
    return queues_.pop(any_worker(self.random()));
  }
  Runnable<E> steal(Self& self) noexcept {
    wait(self.random());
    return queues_.pop_any(any_worker(self.random()));
  }
  bool has_work(const Self&) const noexcept { return !queues_.all_empty(); }
  [[nodiscard]] static bool preempts() noexcept { return true; }

  WakeHint after_run(Self& self, TaskView, StopReason) noexcept {
    return self.random().below(8) == 0 ? WakeHint::any() : WakeHint::none();
  }
  template <class Sink> void drain(Self&, Sink&& sink) noexcept {
    while (auto task = queues_.pop_any(0)) sink(std::move(task));
  }

 private:
  WorkerId any_worker(Random& random) const noexcept { return random.below(queues_.workers()); }

  WakeHint any_hint(Random& random, bool comes_by) const noexcept {
    const std::array hints{
        WakeHint::any(), WakeHint::near(any_worker(random)),    WakeHint::exactly(any_worker(random)),
        WakeHint::all(), WakeHint::preempt(any_worker(random)), WakeHint::none()};
    return hints[random.below(comes_by ? 6 : 5)];
  }

  // Writes what all share each time, so that who spins meanwhile looks again.
  void wait(Random& random) noexcept {
    const std::uint32_t turns = random.below(delay_ + 1);
    for (std::uint32_t turn = 0; turn < turns; ++turn) {
      turns_.fetch_add(1, Order::relaxed);
      E::pause();
    }
  }

  const std::uint32_t delay_;
  queue::OwnQueues<E> queues_;
  queue::Draws<E> draws_;
  alignas(line_pair) typename E::template atomic<std::uint64_t> turns_{std::uint64_t{0}};
};

}  // namespace rota::schedulers
