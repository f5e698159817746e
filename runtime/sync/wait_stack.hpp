// WaitStack: a flag and those who wait for it, in one word. The lock-free half of Event.
//
//   word   0: not set, nobody waits    raised: set, nobody waits    else the node of who came last, and two bits:
//          crowd (it is not the only one) and locked (somebody rearranges the list)
//
// With one waiter nobody ever waits for anybody: an arrival is one compare-exchange, raise() another, lower() a store.
// A crowd is captured, and a waiter leaves it, under the `locked` bit; who arrives meanwhile spins.
//
// Nodes      lie in the waiting tasks and are linked to the older one. The way back, `newer`, is only filled in by who
//            needs it, from the top down to the first node that has it, so that n departures take O(n) steps together.
//            `newer` also says that raise() has captured a crowd's node, and that it has done with a node: until then
//            its task, though somebody else may have woken it, does not leave.
// Lifetime   raise() does not touch the word again once it is raised: who sees it raised may destroy it.
// Ordering   (1) raise's release on the word is read by (2) is_raised's and push's acquire, and by (3) the woken task
//            through its waker. (4) The release that unlocks is read by (5) the acquire of whoever changes the word
//            next. (6) `done` (release) is read by (7) withdraw (acquire) before the node goes.
#pragma once

#include <cstdint>

#include "runtime/executor.hpp"

namespace rota {

template <Env E> class WaitStack {
 public:
  class Node {
   public:
    typename E::template cell<Waker<E>> waker{};

   private:
    friend class WaitStack;
    typename E::template cell<Node*> older{nullptr};
    typename E::template atomic<std::uintptr_t> newer{nobody};  // a node, or one of the three below
  };

  [[nodiscard]] bool is_raised() const noexcept { return word_.load(Order::acquire) == raised; }  // (2)

  // False if the word is raised; then the node is not in the list.
  [[nodiscard]] bool push(Node& node) noexcept {
    node.newer.store(nobody, Order::relaxed);
    std::uintptr_t seen = word_.load(Order::acquire);
    for (;;) {
      if (seen == raised) return false;
      if (wait_if_locked(seen)) continue;
      node.older.write(node_of(seen));
      const std::uintptr_t next = reinterpret_cast<std::uintptr_t>(&node) | (seen == 0 ? 0 : crowd);
      if (word_.compare_exchange(seen, next, Order::acq_rel, Order::acquire)) return true;
    }
  }

  // Takes a node out that was pushed. False if raise() was first; then it has done with the node.
  [[nodiscard]] bool withdraw(Node& node) noexcept {
    for (;; E::relax()) {
      std::uintptr_t seen = word_.load(Order::acquire);
      if (node.newer.load(Order::acquire) == done) return false;  // (7)
      if (node_of(seen) == nullptr || (seen & locked) != 0) continue;
      if (!word_.compare_exchange(seen, seen | locked, Order::acq_rel, Order::acquire)) continue;
      Node* top = node_of(seen);
      fill_in(top);
      const bool found = remove(top, node);
      word_.store(found ? word_of(top) : seen, Order::release);  // (4)
      if (found) return true;
    }
  }

  // Raises the flag and wakes all who wait, in order of arrival.
  void raise() {
    std::uintptr_t seen = word_.load(Order::acquire);
    for (;;) {
      if (wait_if_locked(seen)) continue;
      const std::uintptr_t next = (seen & crowd) != 0 ? seen | locked : raised;
      if (word_.compare_exchange(seen, next, Order::acq_rel, Order::acquire)) break;  // (1), (5)
    }
    Node* node = seen == raised ? nullptr : node_of(seen);
    if ((seen & crowd) != 0) {
      node = capture(node);
      word_.store(raised, Order::release);  // (1)
    }
    while (node != nullptr) {
      Node* const next = node->older.read();
      const Waker<E> waker = node->waker.read();
      node->newer.store(done, Order::release);  // (6)
      waker.wake();                             // (3)
      node = next;
    }
  }

  // By one thread at a time: nobody else changes a raised word, except to raise it again.
  void lower() noexcept {
    if (is_raised()) word_.store(0, Order::release);
  }

 private:
  static constexpr std::uintptr_t raised = 1, locked = 2, crowd = 4;   // bits of the word
  static constexpr std::uintptr_t nobody = 0, captured = 1, done = 2;  // values of `newer` that are no node
  static_assert(alignof(Node) >= 8, "three bits of a node's address must be free");

  [[nodiscard]] static Node* node_of(std::uintptr_t word) noexcept {
    return reinterpret_cast<Node*>(word & ~(raised | locked | crowd));
  }
  [[nodiscard]] static std::uintptr_t word_of(Node* top) noexcept {
    if (top == nullptr) return 0;
    return reinterpret_cast<std::uintptr_t>(top) | (top->older.read() != nullptr ? crowd : 0);
  }

  // True if it was locked; `seen` is the word as it is now.
  bool wait_if_locked(std::uintptr_t& seen) noexcept {
    if ((seen & locked) == 0) return false;
    E::relax();
    seen = word_.load(Order::acquire);
    return true;
  }

  // The rest is done under the lock.

  static void fill_in(Node* node) noexcept {
    for (Node* older = node->older.read(); older != nullptr; node = older, older = node->older.read()) {
      const auto back = reinterpret_cast<std::uintptr_t>(node);
      if (older->newer.load(Order::relaxed) == back) return;
      older->newer.store(back, Order::relaxed);
    }
  }

  // False if the node is not in this list: a raise() has it.
  static bool remove(Node*& top, Node& node) noexcept {
    const std::uintptr_t newer = node.newer.load(Order::relaxed);
    Node* const older = node.older.read();
    if (&node == top) {
      top = older;
    } else if (newer == nobody || newer == captured || newer == done) {
      return false;
    } else {
      reinterpret_cast<Node*>(newer)->older.write(older);
    }
    if (older != nullptr) older->newer.store(newer, Order::relaxed);
    return true;
  }

  // Turns the list round: from the oldest on.
  [[nodiscard]] static Node* capture(Node* node) noexcept {
    Node* before = nullptr;
    while (node != nullptr) {
      node->newer.store(captured, Order::relaxed);
      Node* const older = node->older.read();
      node->older.write(before);
      before = node;
      node = older;
    }
    return before;
  }

  typename E::template atomic<std::uintptr_t> word_{0};
};

}  // namespace rota
