// Parking: who sleeps, who is woken, and why no wake-up is lost (P3). Written once, for every policy.
//
//   submit   (1) policy.enqueue   (2) full fence   (3) nobody searches? then claim an idle worker and unpark it
//   sleep    (4) announce idle    (5) full fence   (6) has_work? retract : park
//
// Full fences are totally ordered. If (2) precedes (5), (6) sees the task. If (5) precedes (2), (3) sees the sleeper.
//
// Searchers. At (3) a submitter may leave the task to a worker that is searching already. That is right because every
// searcher, when it stops searching, looks again after a full fence:
//   - without a task: it goes to sleep, (4) to (6). If (6) finds work, it is a searcher again before it picks: more
//     than one submitter may have relied on it, and only the last searcher's settle() looks after the others;
//   - with a task, as the last searcher: settle() fences, and if there is work it wakes another;
//   - a claimed worker counts as a searcher from before its claim. A claim that fails gives the count back, fences, and
//     tries again, with anybody, while somebody is idle: a submitter that relied on the phantom fenced before that.
// A worker whose retract fails was claimed: it inherits that claim's searcher count, and so the duty to look again.
// Sets. A task that only some workers can run is never left to a searcher, who may be none of them: among() and
// exactly() claim one of those that can, if one is idle; if none is, each of them will look at (6).
// A token left in its parker only makes a later park return early; the loop looks again and nothing is lost.
//
// Cost  Submit with every worker awake: the fence (about 5 ns) and two loads of lines that are read-mostly. With one
//       worker, from that worker: nothing. Submit with a sleeper: an add, a claim, an exchange and a futex wake. A task
//       that is asked to give way: a store to its worker's line.
#pragma once

#include <memory>
#include <span>

#include "reactor/reactor.hpp"
#include "runtime/idle_set.hpp"
#include "runtime/worker.hpp"
#include "worlds/topology.hpp"

namespace rota {

template <Env E> class Parking {
 public:
  Parking(std::span<const std::unique_ptr<Worker<E>>> workers, Reactor& reactor, const Placement& placement,
          std::span<const WorkerSet> sets = {})
      : workers_(workers), sets_(sets), idle_(workers.size()), reactor_(reactor), placement_(placement) {}

  // (2) and (3), after an enqueue that asked for `hint`. `self` is the enqueuing worker, or null. Who never preempts
  // has no look at that on its way: preempt is then any.
  template <bool preempts = false> void signal(const Worker<E>* self, WakeHint hint) noexcept {
    if constexpr (preempts) {
      if (hint.kind() == WakeHint::Kind::preempt) return preempt(self, hint.worker());
    }
    if (hint.kind() == WakeHint::Kind::none || (self != nullptr && workers_.size() == 1)) return;
    E::full_fence();
    wake(hint);
  }

  // A worker announces (4), fences (5) and must now look for work (6).
  void announce(const Worker<E>& self) noexcept {
    idle_.announce(self.id());
    E::full_fence();
  }
  // The end of a sleep, or of the attempt. A claimed worker is a searcher.
  void retract(Worker<E>& self) noexcept { self.searching = !idle_.retract(self.id()); }

  // May `self` start to search? At most half of the workers do, and whoever insists: its last look saw work. Every
  // searcher is counted, since it may hold stolen tasks that nobody sees yet.
  [[nodiscard]] bool begin_search(Worker<E>& self) noexcept {
    if (self.searching) return true;
    if (!self.insist && 2 * searchers_.load(Order::relaxed) >= workers_.size()) return false;
    searchers_.fetch_add(1, Order::acq_rel);
    return self.searching = true;
  }
  // `self` stops searching. True if it was the last one: with a task in hand it owes a settle().
  [[nodiscard]] bool end_search(Worker<E>& self) noexcept {
    self.searching = false;
    return searchers_.fetch_sub(1, Order::acq_rel) == 1;
  }
  // The last searcher found a task: if there is more work, somebody else must look for it.
  template <class HasWork> void settle(HasWork has_work) noexcept {
    E::full_fence();
    if (!idle_.none() && has_work()) wake(WakeHint::any());
  }

  // Unparks everyone, idle or not, for good: shutdown.
  void unpark_all() noexcept {
    for (const auto& worker : workers_) unpark(worker->id());
  }
  // Somebody idle should take over the reactor. The caller has fenced since it saw that nobody drives it.
  void hand_over() noexcept {
    WorkerId heir = 0;
    if (!idle_.none()) (void)claim(heir, [this](WorkerId& id) { return idle_.claim_any(id); });
  }

 private:
  // As any; and if that woke nobody and nobody searches, the task on that worker is asked to give way.
  void preempt(const Worker<E>* self, WorkerId id) noexcept {
    if (self == nullptr || workers_.size() > 1) {
      E::full_fence();
      if (searchers_.load(Order::relaxed) > 0) return;
      WorkerId claimed = 0;
      if (!idle_.none() && claim(claimed, [this](WorkerId& idle) { return idle_.claim_any(idle); })) return;
      if (searchers_.load(Order::relaxed) > 0) return;
    }
    workers_[id]->give_way.ask();
  }

  void wake(WakeHint hint) noexcept {
    if (idle_.none()) return;
    WorkerId claimed = 0;
    switch (hint.kind()) {
      case WakeHint::Kind::none:
        return;
      case WakeHint::Kind::any:
      case WakeHint::Kind::preempt:
        if (searchers_.load(Order::relaxed) == 0)
          (void)claim(claimed, [this](WorkerId& id) { return idle_.claim_any(id); });
        return;
      case WakeHint::Kind::near:
        if (searchers_.load(Order::relaxed) == 0)
          (void)claim(claimed, [&](WorkerId& id) { return claim_near(hint.worker(), id); });
        return;
      case WakeHint::Kind::exactly:
        if (idle_.contains(hint.worker()))
          (void)claim(claimed, [&](WorkerId& id) { return idle_.claim(id = hint.worker()); });
        return;
      case WakeHint::Kind::among:
        if (hint.set() >= sets_.size()) contract_failure("usage", "a wake hint names a set that the policy has not");
        if (idle_.any_of(sets_[hint.set()]))  // else a claim that fails would wake one that cannot run it
          (void)claim(claimed, [&](WorkerId& id) { return idle_.claim_among(sets_[hint.set()], id); });
        return;
      case WakeHint::Kind::all:
        // At most once each: who was woken and found nothing is idle again, and would be woken for ever.
        for (std::size_t n = workers_.size(); n > 0; --n) {
          if (!claim(claimed, [this](WorkerId& id) { return idle_.claim_any(id); })) return;
        }
        return;
    }
  }

  // Counts a searcher, claims an idle worker for it and unparks that. See "Searchers" above for the way back.
  template <class Claim> bool claim(WorkerId& id, Claim try_claim) noexcept {
    searchers_.fetch_add(1, Order::acq_rel);
    bool claimed = try_claim(id);
    while (!claimed) {
      searchers_.fetch_sub(1, Order::acq_rel);
      E::full_fence();
      if (idle_.none() || searchers_.load(Order::relaxed) > 0) return false;
      searchers_.fetch_add(1, Order::acq_rel);
      claimed = idle_.claim_any(id);
    }
    unpark(id);
    return true;
  }

  bool claim_near(WorkerId origin, WorkerId& claimed) noexcept {
    if (idle_.claim(claimed = origin)) return true;
    for (const std::uint32_t neighbour : placement_.nearest(origin)) {
      if (idle_.claim(claimed = neighbour)) return true;
    }
    return false;
  }

  void unpark(WorkerId id) noexcept {
    if (workers_[id]->parker.unpark()) reactor_.interrupt();
  }

  std::span<const std::unique_ptr<Worker<E>>> workers_;
  std::span<const WorkerSet> sets_;  // the policy's
  IdleSet<E> idle_;
  alignas(line_pair_of<E>) typename E::template atomic<std::uint64_t> searchers_{};
  Reactor& reactor_;
  const Placement& placement_;
};

}  // namespace rota
