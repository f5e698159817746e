// The join word, and JoinHandle: who waits for a task's end, and who frees its slot.
//
//   attached ──node──► waiting ──► signalling ──► done            the handle frees
//      │  └──────────────────────────────────────► done            the handle frees
//      └──► detached ──► (end)                                      the worker frees
//
// While the word is `signalling` the ending worker reads the waiter's node, so the waiter may not leave before `done`.
// Ordering  (1) publish_end's release makes the outcome visible to (2) the acquire that reads `done`.
// Cost      an end: one compare-exchange, none if detached. Joining a task that has ended: one load.
#pragma once

#include <utility>

#include "runtime/body.hpp"

namespace rota {

template <Env E> struct alignas(16) JoinNode {
  typename E::template cell<Waker<E>> waker{};                     // of the task that waits …
  typename E::template cell<typename E::parker*> thread{nullptr};  // … or the thread that does
};

namespace join {
inline constexpr std::uintptr_t attached = 0, detached = 1, signalling = 2, done = 4, cancelled = 8;
}

// By the worker that ended the task. True if no handle is left: the worker destroys the body and frees the slot.
template <Env E> [[nodiscard]] bool publish_end(Task<E>& task, bool was_cancelled) noexcept {
  auto& word = task.join();
  const std::uintptr_t end = join::done | (was_cancelled ? join::cancelled : 0);
  std::uintptr_t seen = word.load(Order::acquire);
  for (;;) {
    if (seen == join::detached) return true;
    const std::uintptr_t next = seen == join::attached ? end : join::signalling;
    if (word.compare_exchange(seen, next, Order::acq_rel, Order::acquire)) break;
  }
  if (seen == join::attached) return false;
  auto* node = reinterpret_cast<JoinNode<E>*>(seen);
  if (auto* const thread = node->thread.read()) {
    (void)thread->unpark();  // before `done`: the parker lives until its thread has seen that
    word.store(end, Order::release);
  } else {
    const Waker<E> waker = node->waker.read();
    word.store(end, Order::release);
    waker.wake();
  }
  return false;
}

// Ends a task that will not go on: its body is destroyed where it waits, its joiner told, its wakers made stale.
template <Env E> void end_cancelled(Task<E>* task) noexcept {
  E::mark(Mark::cancel, task, 0);
  cancel_body(task);
  task->end_life();
  if (publish_end(*task, true)) release_slot(task);
}

// The right to a task's outcome. Dropping it detaches the task, which then goes on alone.
template <Env E, class T = void> class [[nodiscard]] JoinHandle {
 public:
  JoinHandle() = default;
  explicit JoinHandle(Task<E>* task) noexcept : task_(task) {}
  JoinHandle(JoinHandle&& other) noexcept : task_(std::exchange(other.task_, nullptr)) {}
  JoinHandle& operator=(JoinHandle&& other) noexcept {
    if (this != &other) {
      detach();
      task_ = std::exchange(other.task_, nullptr);
    }
    return *this;
  }
  ~JoinHandle() { detach(); }

  explicit operator bool() const noexcept { return task_ != nullptr; }
  [[nodiscard]] bool ended() const noexcept { return (task().join().load(Order::acquire) & join::done) != 0; }

  // Ends the task at its next suspension, or now if it is suspended: its body is destroyed where it waits. A task that
  // has ended keeps its outcome. Any thread that owns the handle.
  void cancel() noexcept {
    if (task().request_cancel() != CancelRequest::enqueue) return;
    static_cast<Executor<E>*>(task_->link())->enqueue(Runnable<E>::adopt(task_), {Origin::wake});
  }

  void detach() noexcept {
    if (task_ == nullptr) return;
    std::uintptr_t seen = task_->join().load(Order::acquire);
    if (seen == join::attached &&
        task_->join().compare_exchange(seen, join::detached, Order::acq_rel, Order::acquire)) {
      task_ = nullptr;
      return;
    }
    if ((seen & join::done) == 0) contract_failure("usage", "a join handle was destroyed while something awaited it");
    free_ended(seen);
  }

  // co_await handle: the result, or the exception, or TaskCancelled. Once.
  class Join;
  [[nodiscard]] Join operator co_await() noexcept { return Join(*this); }
  [[nodiscard]] Join join() noexcept { return Join(*this); }

  // The same for a thread that is not a worker: blocks it. Executor::block_on guards against being called in a task.
  // UsageError on a worker, which could wait for itself for ever.
  T join_blocking() {
    if (Worker<E>::current() != nullptr)
      throw UsageError("join_blocking inside a task would block its worker: co_await the handle instead");
    typename E::parker parker;
    JoinNode<E> node;
    node.thread.write(&parker);
    std::uintptr_t seen = join::attached;
    if (task().join().compare_exchange(seen, reinterpret_cast<std::uintptr_t>(&node), Order::acq_rel, Order::acquire)) {
      (void)parker.park_until(never);
      while (!ended()) E::relax();
    }
    return take();
  }

 private:
  // An empty handle has no task to ask about: moved from, or its result was taken.
  [[nodiscard]] Task<E>& task() const noexcept {
    if (task_ == nullptr) [[unlikely]]
      contract_failure("usage", "an empty join handle was used: it was moved from, or its result was taken before");
    return *task_;
  }
  T take() {
    const std::uintptr_t seen = task_->join().load(Order::acquire);
    if ((seen & join::cancelled) != 0) {
      free_ended(seen);
      throw TaskCancelled();
    }
    struct Free {
      JoinHandle& handle;
      ~Free() { handle.free_ended(join::done); }
    } free{*this};
    return static_cast<Outcome<T>*>(task_->resume_point())->take();
  }

  void free_ended(std::uintptr_t seen) noexcept {
    Task<E>* const task = std::exchange(task_, nullptr);
    if ((seen & join::cancelled) != 0) {
      release_slot(task);  // its worker destroyed the body
    } else {
      destroy_ended(task);
    }
  }

  Task<E>* task_ = nullptr;
};

template <Env E, class T> class JoinHandle<E, T>::Join : public Awaitable<E, Join> {
 public:
  explicit Join(JoinHandle& handle) noexcept : handle_(&handle) {}
  Join(const Join&) = delete;
  Join& operator=(const Join&) = delete;
  ~Join() {
    if (armed_) (void)disarm();
  }

  [[nodiscard]] bool ready() const noexcept { return handle_->ended(); }
  [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) noexcept {
    node_.waker.write(waker);
    std::uintptr_t seen = join::attached;
    return armed_ =
               word().compare_exchange(seen, reinterpret_cast<std::uintptr_t>(&node_), Order::acq_rel, Order::acquire);
  }
  bool disarm() noexcept {
    if (std::exchange(armed_, false)) {
      auto seen = reinterpret_cast<std::uintptr_t>(&node_);
      if (word().compare_exchange(seen, join::attached, Order::acq_rel, Order::acquire)) return true;
      while (!handle_->ended()) E::relax();  // its worker is between two instructions
    }
    return !handle_->ended();
  }
  T take() {
    armed_ = false;
    return handle_->take();
  }

 private:
  auto& word() noexcept { return handle_->task_->join(); }
  JoinNode<E> node_;
  JoinHandle* handle_;
  bool armed_ = false;
};

}  // namespace rota
