// IntrusiveList: a chain of tasks, first in first out, linked through Task::next. No memory of its own, no limit.
//
// Contract  A task is in at most one list; while it is, its link belongs to the list. pop() gives nullptr when empty.
// Threads   One owner at a time: a worker, or whoever holds the lock beside it.
// Cost      push and pop: no atomic read-modify-write. A push writes the link of the task that was last.
#pragma once

#include <cstddef>

#include "runtime/task.hpp"

namespace rota::queue {

template <Env E> class IntrusiveList {
 public:
  IntrusiveList() = default;
  IntrusiveList(const IntrusiveList&) = delete;
  IntrusiveList& operator=(const IntrusiveList&) = delete;

  [[nodiscard]] bool empty() const noexcept { return head_.read() == nullptr; }

  void push(Task<E>* task) noexcept {
    task->set_next(nullptr);
    link_behind(task);
    tail_.write(task);
  }

  [[nodiscard]] Task<E>* pop() noexcept {
    Task<E>* const task = head_.read();
    if (task != nullptr) {
      head_.write(task->next());
      if (Task<E>* const next = head_.read()) next->prefetch();  // hides a miss once tasks outgrow the cache
    }
    return task;
  }

  // Moves all of `other` behind the last task, in its order.
  void append(IntrusiveList& other) noexcept {
    if (other.empty()) return;
    link_behind(other.head_.read());
    tail_.write(other.tail_.read());
    other.head_.write(nullptr);
  }

 private:
  void link_behind(Task<E>* first) noexcept {
    if (empty()) {
      head_.write(first);
    } else {
      tail_.read()->set_next(first);
    }
  }

  typename E::template cell<Task<E>*> head_{nullptr};
  typename E::template cell<Task<E>*> tail_{nullptr};  // means nothing while head_ is null
};

}  // namespace rota::queue
