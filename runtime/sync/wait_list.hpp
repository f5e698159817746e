// WaitList: tasks that wait for the same thing, in order of arrival. Intrusive: the nodes lie in the waiting tasks.
//
// Every member function is called under the mutex of the structure that owns the list. A node is unlinked before its
// waker is used: from then on its task may run, and the node be gone.
#pragma once

#include "runtime/waker.hpp"

namespace rota {

template <Env E> struct WaitNode {
  WaitNode* previous = nullptr;
  WaitNode* next = nullptr;
  Waker<E> waker;

  [[nodiscard]] bool linked() const noexcept { return next != nullptr; }
};

template <Env E> class WaitList {
 public:
  WaitList() noexcept { ends_.previous = ends_.next = &ends_; }
  WaitList(const WaitList&) = delete;
  WaitList& operator=(const WaitList&) = delete;

  [[nodiscard]] bool empty() const noexcept { return ends_.next == &ends_; }

  void push_back(WaitNode<E>& node) noexcept {
    node.previous = ends_.previous;
    node.next = &ends_;
    node.previous->next = ends_.previous = &node;
  }
  void remove(WaitNode<E>& node) noexcept {
    node.previous->next = node.next;
    node.next->previous = node.previous;
    node.previous = node.next = nullptr;
  }
  // The one that waits longest, unlinked; nullptr if nobody waits.
  [[nodiscard]] WaitNode<E>* pop_front() noexcept {
    if (empty()) return nullptr;
    WaitNode<E>* const first = ends_.next;
    remove(*first);
    return first;
  }

 private:
  WaitNode<E> ends_;
};

}  // namespace rota
