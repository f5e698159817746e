// Semaphore and Mutex for tasks: waiting suspends the task, not its worker. First come, first served.
//
// A permit goes straight to the task that waits longest, so nobody overtakes. A permit that was handed to a task which
// was cancelled before it could take it goes on to the next.
// Threads  release: any. acquire: tasks; try_acquire: any.
// Lifetime As an event's: whoever got the last permit may destroy the semaphore at once.
// Edge     release happens-before the acquire that gets its permit (the mutex).
#pragma once

#include <cstdint>
#include <mutex>
#include <utility>

#include "runtime/awaitable.hpp"
#include "runtime/sync/wait_list.hpp"

namespace rota {

template <Env E> class Semaphore {
  struct Node : WaitNode<E> {
    bool granted = false;
  };

 public:
  class Acquire : public Awaitable<E, Acquire> {
   public:
    explicit Acquire(Semaphore& semaphore) noexcept : semaphore_(&semaphore) {}
    Acquire(const Acquire&) = delete;
    Acquire& operator=(const Acquire&) = delete;
    ~Acquire() {
      if (!taken_ && !disarm()) semaphore_->release();
    }

    [[nodiscard]] bool ready() { return node_.granted = semaphore_->try_acquire(); }
    [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) {
      const std::scoped_lock lock(semaphore_->mutex_);
      if (semaphore_->permits_ > 0) {
        --semaphore_->permits_;
        node_.granted = true;
        return false;
      }
      node_.waker = waker;
      semaphore_->waiting_.push_back(node_);
      return true;
    }
    bool disarm() {
      const std::scoped_lock lock(semaphore_->mutex_);
      if (node_.linked()) semaphore_->waiting_.remove(node_);
      return !node_.granted;
    }
    void take() noexcept { taken_ = true; }

   private:
    Node node_;
    Semaphore* semaphore_;
    bool taken_ = false;
  };

  explicit Semaphore(std::uint64_t permits) : permits_(permits) {}
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;
  ~Semaphore() { const std::scoped_lock last(mutex_); }

  [[nodiscard]] Acquire acquire() noexcept { return Acquire(*this); }
  [[nodiscard]] bool try_acquire() {
    const std::scoped_lock lock(mutex_);
    if (permits_ == 0) return false;
    --permits_;
    return true;
  }

  void release() {
    const std::scoped_lock lock(mutex_);
    while (auto* node = static_cast<Node*>(waiting_.pop_front())) {
      const Waker<E> waker = node->waker;
      node->granted = true;
      if (waker.wake()) return;  // the permit is the waiter's now
      node->granted = false;     // it will not come: cancelled or timed out, and it has not looked yet (the mutex)
    }
    ++permits_;
  }

 private:
  typename E::mutex mutex_;
  std::uint64_t permits_;
  WaitList<E> waiting_;
};

// Mutual exclusion between tasks, across suspensions. lock() gives a guard that unlocks.
template <Env E> class Mutex {
 public:
  class [[nodiscard]] Guard {
   public:
    explicit Guard(Semaphore<E>& semaphore) noexcept : semaphore_(&semaphore) {}
    Guard(Guard&& other) noexcept : semaphore_(std::exchange(other.semaphore_, nullptr)) {}
    Guard& operator=(Guard&&) = delete;
    ~Guard() {
      if (semaphore_ != nullptr) semaphore_->release();
    }

   private:
    Semaphore<E>* semaphore_;
  };

  class Lock : public Semaphore<E>::Acquire {
   public:
    explicit Lock(Semaphore<E>& semaphore) noexcept : Semaphore<E>::Acquire(semaphore), semaphore_(&semaphore) {}
    [[nodiscard]] Guard take() noexcept {
      Semaphore<E>::Acquire::take();
      return Guard(*semaphore_);
    }
    [[nodiscard]] Guard await_resume() noexcept { return take(); }

   private:
    Semaphore<E>* semaphore_;
  };

  [[nodiscard]] Lock lock() noexcept { return Lock(semaphore_); }

 private:
  Semaphore<E> semaphore_{1};
};

}  // namespace rota
