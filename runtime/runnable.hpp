// Runnable: the right and the duty to run a task. It exists exactly while its task is scheduled, at most one (T1).
//
// Move-only. Dropping one would lose its task, so a Runnable that dies full is a contract failure. Queues keep the bare
// Task pointer (release) and make the token again when they hand it out (adopt).
#pragma once

#include <utility>

#include "runtime/task.hpp"

namespace rota {

template <Env E> class [[nodiscard]] Runnable {
 public:
  Runnable() noexcept = default;
  Runnable(Runnable&& other) noexcept : task_(std::exchange(other.task_, nullptr)) {}
  Runnable& operator=(Runnable&& other) noexcept {
    if (task_ != nullptr) lost();
    task_ = std::exchange(other.task_, nullptr);
    return *this;
  }
  ~Runnable() {
    if (task_ != nullptr) [[unlikely]]
      lost();
  }

  explicit operator bool() const noexcept { return task_ != nullptr; }
  [[nodiscard]] Task<E>* get() const noexcept { return task_; }

  [[nodiscard]] Task<E>* release() noexcept { return std::exchange(task_, nullptr); }
  // nullptr gives an empty token.
  static Runnable adopt(Task<E>* task) noexcept { return Runnable(task); }

 private:
  explicit Runnable(Task<E>* task) noexcept : task_(task) {}
  [[noreturn]] static void lost() {
    contract_failure("T1", "a runnable task was dropped instead of being queued or run");
  }

  Task<E>* task_ = nullptr;
};

}  // namespace rota
