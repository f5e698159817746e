// Waker: the right to end one particular suspension of one task. Trivially copyable; any thread, any time.
//
// wake() is true for exactly one caller per suspension (W2). A stale or repeated wake returns false and changes
// nothing, also after the task ended or its runtime was destroyed (W3): the slot and its epoch outlive both.
// A true wake happens-before the resume that it causes (W5).
#pragma once

#include <type_traits>

#include "reactor/reactor.hpp"
#include "runtime/runnable.hpp"
#include "runtime/vocabulary.hpp"

namespace rota {

template <class E> class Executor;

template <Env E> class Waker {
 public:
  Waker() noexcept = default;
  Waker(Task<E>* task, std::uint64_t epoch) noexcept : task_(task), epoch_(epoch) {}

  bool wake(Origin origin = Origin::wake) const {
    if (task_ == nullptr) return false;
    switch (task_->wake(epoch_)) {
      case Wake::stale:
        return false;
      case Wake::early:
        return true;
      case Wake::enqueue:
        break;
    }
    static_cast<Executor<E>*>(task_->link())->enqueue(Runnable<E>::adopt(task_), {origin});
    return true;
  }

  explicit operator bool() const noexcept { return task_ != nullptr; }

  // The reactor carries a waker as an opaque token.
  [[nodiscard]] Token token() const noexcept { return {task_, epoch_}; }
  static Waker of(Token token) noexcept { return {static_cast<Task<E>*>(token.task), token.epoch}; }

 private:
  Task<E>* task_ = nullptr;
  std::uint64_t epoch_ = 0;
};

}  // namespace rota
