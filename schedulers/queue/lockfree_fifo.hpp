// LockfreeFifo: Boost.Lockfree's queue (the one of Michael and Scott, PODC 1996), with a length beside it.
//
// Contract  Linearizable first in, first out, no limit. empty() is false while a task is inside whose push returned
//           before an earlier full fence: Boost's own empty() may be stale in both directions, so the length is counted
//           here, up before the push and down after the pop. It may therefore be false for a moment too long.
// Threads   Any, for everything.
// Ordering  Boost's queue orders push before the pop of that task. The counter orders nothing; full fences around
//           enqueue and has_work do (runtime/parking.hpp).
// Progress  push and pop are lock-free, but for the allocation when its free list of nodes is empty.
// Cost      push: the counter, a node from the free list, link, tail: four read-modify-writes. pop: head, free list and
//           counter: three.
// Worlds    Boost's queue is made of Boost's atomics and cannot be built from those of an explored world. There it is
//           one linearizable step with a cost: a queue under a mutex. So an explored world says nothing about Boost's
//           own memory orders, and its cost there is that of a lock.
#pragma once

#include <boost/lockfree/queue.hpp>

#include "schedulers/queue/locked_fifo.hpp"
#include "worlds/contract.hpp"
#include "worlds/real.hpp"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ROTA_IGNORE_READS 1
extern "C" void AnnotateIgnoreReadsBegin(const char* file, int line);
extern "C" void AnnotateIgnoreReadsEnd(const char* file, int line);
#endif
#endif

namespace rota::queue {

// While it lives the thread sanitizer looks past plain reads. Boost's queue reads a node that another thread may reuse
// already, and its compare-exchange then discards what it read: a race by the letter, harmless on any machine we know.
struct DiscardedReads {
#ifdef ROTA_IGNORE_READS
  DiscardedReads() noexcept { AnnotateIgnoreReadsBegin(__FILE__, __LINE__); }
  ~DiscardedReads() { AnnotateIgnoreReadsEnd(__FILE__, __LINE__); }
#endif
};

template <Env E> class LockfreeFifo : public LockedFifo<E> {};

template <> class LockfreeFifo<env::Real> {
 public:
  [[nodiscard]] bool empty() const noexcept { return length_.load(Order::relaxed) == 0; }

  void push(Task<env::Real>* task) noexcept {
    length_.fetch_add(1, Order::relaxed);
    [[maybe_unused]] const DiscardedReads reads;
    if (!queue_.push(task)) contract_failure("P1", "no memory for a node of the lock-free queue");
  }

  [[nodiscard]] Task<env::Real>* pop() noexcept {
    Task<env::Real>* task = nullptr;
    {
      [[maybe_unused]] const DiscardedReads reads;
      if (!queue_.pop(task)) return nullptr;
    }
    length_.fetch_sub(1, Order::relaxed);
    return task;
  }

 private:
  static constexpr std::size_t first_nodes = 128;
  boost::lockfree::queue<Task<env::Real>*> queue_{first_nodes};
  alignas(line_pair) env::Real::atomic<std::size_t> length_{std::size_t{0}};
};

}  // namespace rota::queue
