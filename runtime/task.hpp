// Task: the control block of a task and its state machine, one 64-bit word that holds an epoch, a cancel bit and a
// phase.
//
//   phase       event                          next                 who enqueues
//   active      wake(epoch), any thread        notified             nobody yet
//   active      commit_suspend(), worker       suspended
//   active, notified  retract_suspend(), worker  active, epoch + 1  nobody: it goes on running
//   notified    commit_suspend(), worker       active, epoch + 1    the worker
//   suspended   wake(epoch), any thread        active, epoch + 1    the waking thread
//   any but done request_cancel(), any thread  cancel bit; a suspended task becomes active with epoch + 1 and the
//                                              caller enqueues it
//   active      end_life(), worker             done, epoch + 1
//   any         wake of another epoch          unchanged
//
// "Scheduled" and "running" of the design are one phase, active: who holds the Runnable owns the task, so a pick and a
// yield need no read-modify-write (docs/adr/0003). Nor has a running task to say that it is about to suspend: whatever
// ends a suspension opens the next epoch, of which nobody has a waker until the task makes one (docs/adr/0018).
//
// Lifetime   A Task is made once, when its slot is carved, and never destroyed: tasks that live in the slot one after
//            another share it, and the epoch only grows. So a stale waker always reads a live word (W3).
// Ordering   (1) wake's exchange of suspended for active (acq_rel) reads (2) commit_suspend's release: the frame that
//                the sleeper left is visible to whoever resumes it.
//            (3) commit_suspend's failed exchange (acquire) reads (4) wake's release on active: what the waker wrote is
//                visible after the resume (W5). On the suspended path the ready queue carries that edge.
// Cost       suspend and resume: two read-modify-writes (commit, wake), both on the task's own line. Spawn, pick,
//            yield, finish: none here. A suspension that turns out not to be needed: one.
#pragma once

#include <cstddef>
#include <cstdint>

#include "worlds/contract.hpp"
#include "worlds/env.hpp"

namespace rota {

enum class Phase : std::uint64_t { active = 0, notified = 1, suspended = 2, done = 3 };

// What wake() found, and what the caller owes.
enum class [[nodiscard]] Wake : std::uint8_t {
  stale,    // not this suspension, or already woken: nothing
  early,    // true wake, but its worker has not left it yet: that worker enqueues
  enqueue,  // true wake: the caller owns the task now and must enqueue it
};

// What commit_suspend() found, and what the worker owes.
enum class [[nodiscard]] Commit : std::uint8_t {
  suspended,  // nothing; the task may already run elsewhere
  woken,      // it was woken meanwhile: the worker enqueues it
  cancelled,  // it was cancelled meanwhile: the worker ends it
};

enum class [[nodiscard]] CancelRequest : std::uint8_t {
  late,     // it has ended, or was cancelled before
  noted,    // its worker will see it at the next suspension or pick
  enqueue,  // it was suspended: the caller owns it now and must enqueue it, so that a worker ends it
};

template <Env E> class alignas(16) Task {
 public:
  Task() noexcept : word_(epoch_one), join_(0), link_(nullptr) {}  // so that no waker is all zeros
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  // A new task begins in this slot. Owner only; no waker of it exists yet.
  void begin_life() noexcept { word_.store(pack(epoch(), Phase::active), Order::relaxed); }

  // The task ended: every waker it ever gave out becomes stale.
  void end_life() noexcept { word_.store(pack(epoch() + 1, Phase::done), Order::release); }

  // Opens a suspension and returns its epoch, for the waker. Until commit_suspend() a wake only leaves a note (W6).
  // Owner only, and once until the suspension is committed or retracted.
  [[nodiscard]] std::uint64_t prepare_suspend() noexcept {
    const std::uint64_t opened = epoch();
    E::mark(Mark::arm, this, opened);
    return opened;
  }

  // The suspension is not needed after all: the task goes on. If its waker was used meanwhile, that wake is this going
  // on; if it is used later, it is stale.
  void retract_suspend() noexcept {
    std::uint64_t seen = word_.load(Order::relaxed);
    while (!word_.compare_exchange(seen, reopened(seen), Order::acq_rel, Order::acquire)) {
    }
    E::mark(Mark::retract, this, seen >> epoch_shift);
  }

  // By the worker, once the frame or stack is left.
  Commit commit_suspend() noexcept {
    std::uint64_t seen = word_.load(Order::relaxed);
    for (;;) {
      const bool early = phase_of(seen) == Phase::notified;
      const bool cancelled = (seen & cancel_bit) != 0;
      const bool suspends = !early && !cancelled;
      const std::uint64_t next = suspends ? with_phase(seen, Phase::suspended) : reopened(seen);
      if (word_.compare_exchange(seen, next, Order::acq_rel, Order::acquire)) {
        E::mark(suspends ? Mark::suspend : Mark::notified, this, seen >> epoch_shift);
        return cancelled ? Commit::cancelled : early ? Commit::woken : Commit::suspended;
      }
    }
  }

  // Ends the suspension `epoch`, for exactly one caller (W2). Any thread.
  Wake wake(std::uint64_t epoch) noexcept {
    std::uint64_t seen = word_.load(Order::acquire);
    for (;;) {
      const Phase phase = phase_of(seen);
      if ((seen >> epoch_shift) != epoch || (phase != Phase::active && phase != Phase::suspended)) {
        E::mark(Mark::stale, this, epoch);
        return Wake::stale;
      }
      const std::uint64_t next = phase == Phase::active ? with_phase(seen, Phase::notified) : reopened(seen);
      if (word_.compare_exchange(seen, next, Order::acq_rel, Order::acquire)) {
        E::mark(Mark::wake, this, epoch);
        return phase == Phase::active ? Wake::early : Wake::enqueue;
      }
    }
  }

  // Asks for the end of the task. Any thread that keeps the slot from being reused (a join handle does).
  CancelRequest request_cancel() noexcept {
    std::uint64_t seen = word_.load(Order::acquire);
    for (;;) {
      const Phase phase = phase_of(seen);
      if (phase == Phase::done || (seen & cancel_bit) != 0) return CancelRequest::late;
      const std::uint64_t next = phase == Phase::suspended ? reopened(seen) : seen;
      if (word_.compare_exchange(seen, next | cancel_bit, Order::acq_rel, Order::acquire))
        return phase == Phase::suspended ? CancelRequest::enqueue : CancelRequest::noted;
    }
  }

  // As request_cancel(), but only if the task is suspended and belongs to `executor`. For shutdown, which walks slots
  // that it does not hold: the word is read first (acquire), so the link read after it belongs to that suspension.
  [[nodiscard]] bool cancel_if_suspended_in(const void* executor) noexcept {
    std::uint64_t seen = word_.load(Order::acquire);
    if (phase_of(seen) != Phase::suspended || link_.load(Order::relaxed) != executor) return false;
    return word_.compare_exchange(seen, reopened(seen) | cancel_bit, Order::acq_rel, Order::acquire);
  }

  [[nodiscard]] bool cancel_requested() const noexcept { return (word_.load(Order::acquire) & cancel_bit) != 0; }
  [[nodiscard]] Phase phase() const noexcept { return phase_of(word_.load(Order::acquire)); }
  [[nodiscard]] std::uint64_t epoch() const noexcept { return word_.load(Order::relaxed) >> epoch_shift; }

  // The link belongs to whoever owns the task: the next task while it is queued, its worker while it runs, its
  // executor while it is suspended. Relaxed, since the ready queues and the word carry the ordering.
  [[nodiscard]] void* link() const noexcept { return link_.load(Order::relaxed); }
  void set_link(void* link) noexcept { link_.store(link, Order::relaxed); }
  [[nodiscard]] Task* next() const noexcept { return static_cast<Task*>(link()); }
  void set_next(Task* next) noexcept { set_link(next); }

  // Where to go on: a coroutine frame, or a fiber (tagged). After the end: where the outcome lies, with the same tag.
  [[nodiscard]] bool is_fiber() const noexcept { return (resume_point_.read() & 1) != 0; }
  [[nodiscard]] void* resume_point() const noexcept {
    return reinterpret_cast<void*>(resume_point_.read() & ~std::uintptr_t{1});
  }
  void set_resume_point(void* frame) noexcept { resume_point_.write(reinterpret_cast<std::uintptr_t>(frame)); }
  void set_fiber_point(void* fiber) noexcept { resume_point_.write(reinterpret_cast<std::uintptr_t>(fiber) | 1); }

  // Fetches the control block and the beginning of the body. A hint, no access.
  void prefetch() const noexcept {
    __builtin_prefetch(this, 1);
    __builtin_prefetch(reinterpret_cast<const char*>(this) + 64, 1);
  }

  // The body (frame or fiber) follows its control block in the slot.
  [[nodiscard]] void* body() noexcept { return this + 1; }
  [[nodiscard]] static Task* of_body(void* body) noexcept { return static_cast<Task*>(body) - 1; }

  // The join word; runtime/join.hpp gives its protocol.
  [[nodiscard]] auto& join() noexcept { return join_; }

 private:
  static constexpr std::uint64_t phase_mask = 3;
  static constexpr std::uint64_t cancel_bit = 4;
  static constexpr unsigned epoch_shift = 3;
  static constexpr std::uint64_t epoch_one = std::uint64_t{1} << epoch_shift;

  static constexpr std::uint64_t pack(std::uint64_t epoch, Phase phase) {
    return (epoch << epoch_shift) | static_cast<std::uint64_t>(phase);
  }
  static constexpr Phase phase_of(std::uint64_t word) { return static_cast<Phase>(word & phase_mask); }
  static constexpr std::uint64_t with_phase(std::uint64_t word, Phase phase) {
    return (word & ~phase_mask) | static_cast<std::uint64_t>(phase);
  }
  // Active in the next epoch: every waker that was given out is stale.
  static constexpr std::uint64_t reopened(std::uint64_t word) { return with_phase(word, Phase::active) + epoch_one; }

  typename E::template atomic<std::uint64_t> word_;
  typename E::template atomic<std::uintptr_t> join_;
  typename E::template atomic<void*> link_;
  typename E::template cell<std::uintptr_t> resume_point_;
};

}  // namespace rota
