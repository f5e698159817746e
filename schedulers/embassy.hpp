// Embassy: the run list of the embedded executor of that name. One list of tasks, linked through the tasks themselves,
// on which anybody pushes with one exchange; who runs takes all of it at once. Nothing is allocated, ever.
//
// Order     A list taken at once is run newest first; what comes meanwhile waits for the next. So nobody starves: a
//           task waits for those of the list before its own, and of its own.
// Workers   One, as embassy has one for each executor (world local, or workers = 1). With several, who takes a list
//           keeps it, and others sleep beside it.
// Wakes     Somebody idle for what is pushed from elsewhere or for a list that somebody may take.
// Promises  See Workers: no work conservation. A task that is passed by each task of a list once, and by the next list:
//           at most two picks for each that is ready.
// Ordering  (1) the exchange that takes the list (acquire) reads (2) the ones that pushed (release).
// Cost      Enqueue: one read-modify-write, retried when another pushes; pick: one for each list.
#pragma once

#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::schedulers {

template <Env E> class Embassy {
 public:
  static constexpr std::string_view name = "embassy";
  static constexpr std::string_view summary = "one intrusive run list, taken whole and run newest first; no allocation";
  static constexpr std::string_view leaves_out =
      "executors that run in interrupts, and tasks that lie in static memory: here their slots are carved once and "
      "reused";
  static constexpr Guarantees guarantees{.starvation_factor = 2, .deterministic = true};
  struct Config {};

  Embassy(const Placement& placement, const Config&) : lists_(placement.workers()) {}

  WakeHint enqueue(Self* self, Runnable<E> runnable, EnqueueInfo info) noexcept {
    Task<E>* const task = runnable.release();
    Task<E>* head = pushed_.load(Order::relaxed);
    do {
      task->set_next(head);
    } while (!pushed_.compare_exchange(head, task, Order::release, Order::relaxed));  // (2)
    return self != nullptr && info.gave_way() ? WakeHint::none() : WakeHint::any();
  }

  Runnable<E> pick(Self& self) noexcept {
    Task<E>*& list = lists_[self.id()].first;
    if (list == nullptr && pushed_.load(Order::relaxed) != nullptr)
      list = pushed_.exchange(nullptr, Order::acquire);  // (1)
    return Runnable<E>::adopt(list == nullptr ? nullptr : std::exchange(list, list->next()));
  }

  bool has_work(const Self& self) const noexcept {
    return lists_[self.id()].first != nullptr || pushed_.load(Order::acquire) != nullptr;
  }

 private:
  struct alignas(line_pair) List {
    Task<E>* first = nullptr;  // the owner's
  };

  alignas(line_pair) typename E::template atomic<Task<E>*> pushed_{nullptr};
  queue::PerWorker<List> lists_;
};

}  // namespace rota::schedulers
