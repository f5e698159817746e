// OrderedTasks: tasks under a mutex, the one with the least key first and among equals the one that came first.
//
// Contract  A binary heap of keys. No limit: it grows under the lock, and without memory for that the program ends,
//           since a task may not be lost. empty() is false while a task is inside whose push returned before an earlier
//           full fence; so it serves has_work().
// Threads   Any, for everything.
// Ordering  The mutex orders push before the pop of that task. Besides:
//           (1) the length's release store is read by (2) empty()'s acquire load, as in LockedFifo.
// Progress  Blocking, for the time of a walk through the heap.
// Cost      push, pop: the mutex, two read-modify-writes; up to log2 n entries of 24 bytes, all written by whoever came
//           last. On an empty heap pop is one load.
#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <tuple>
#include <utility>

#include "runtime/task.hpp"
#include "worlds/env.hpp"

namespace rota::queue {

template <Env E> class alignas(line_pair) OrderedTasks {
 public:
  OrderedTasks() : capacity_(E::capacity(1024)), entries_(std::make_unique<Cell[]>(capacity_)) {}

  [[nodiscard]] bool empty() const noexcept { return length_.load(Order::acquire) == 0; }  // (2)

  // The key is key_of(arrival), where arrival counts the tasks that were pushed before; under the lock.
  template <class KeyOf> void push(Task<E>* task, KeyOf key_of) noexcept {
    const std::lock_guard lock(mutex_);
    const std::size_t length = unlocked_length();
    if (length == capacity_) grow();
    const std::uint64_t arrival = arrivals_.read();
    arrivals_.write(arrival + 1);
    rise(length, {key_of(arrival), arrival, task});
    length_.store(length + 1, Order::release);  // (1)
  }

  // The first task, or nullptr; and its key.
  struct Keyed {
    Task<E>* task = nullptr;
    std::uint64_t key = 0;
  };
  [[nodiscard]] Task<E>* pop() noexcept { return pop_with_key().task; }
  [[nodiscard]] Keyed pop_with_key() noexcept {
    if (empty()) return {};
    const std::lock_guard lock(mutex_);
    const std::size_t length = unlocked_length();
    if (length == 0) return {};
    const Keyed first{entries_[0].read().task, entries_[0].read().key};
    if (length > 1) {
      fall(entries_[length - 1].read(), length - 1);
      entries_[0].read().task->prefetch();  // its turn comes soon
    }
    length_.store(length - 1, Order::release);  // (1)
    return first;
  }

 private:
  struct Entry {
    std::uint64_t key = 0, arrival = 0;
    Task<E>* task = nullptr;
    [[nodiscard]] bool before(const Entry& other) const noexcept {
      return std::tie(key, arrival) < std::tie(other.key, other.arrival);
    }
  };
  using Cell = typename E::template cell<Entry>;

  [[nodiscard]] std::size_t unlocked_length() const noexcept { return length_.load(Order::relaxed); }

  // Both move a hole to where the entry belongs: up from `hole`, or down from the top of a heap of `length` entries.
  void rise(std::size_t hole, const Entry& entry) noexcept {
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 2;
      const Entry above = entries_[parent].read();
      if (!entry.before(above)) break;
      entries_[hole].write(above);
      hole = parent;
    }
    entries_[hole].write(entry);
  }
  void fall(const Entry entry, std::size_t length) noexcept {
    std::size_t hole = 0;
    for (std::size_t child = 1; child < length; child = 2 * hole + 1) {
      if (child + 1 < length && entries_[child + 1].read().before(entries_[child].read())) ++child;
      const Entry below = entries_[child].read();
      if (!below.before(entry)) break;
      entries_[hole].write(below);
      hole = child;
    }
    entries_[hole].write(entry);
  }
  void grow() {
    auto larger = std::make_unique<Cell[]>(2 * capacity_);
    for (std::size_t i = 0; i < capacity_; ++i) larger[i].write(entries_[i].read());
    entries_ = std::move(larger);
    capacity_ *= 2;
  }

  typename E::mutex mutex_;  // guards everything below; the length is written under it and read without
  std::size_t capacity_;
  std::unique_ptr<Cell[]> entries_;
  typename E::template cell<std::uint64_t> arrivals_{0};
  typename E::template atomic<std::size_t> length_{std::size_t{0}};
};

}  // namespace rota::queue
