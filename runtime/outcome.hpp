// Outcome: what a body left behind, a value or an exception. Lies in the body until its join handle takes it.
#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <utility>
#include <variant>

namespace rota {

// Thrown to whoever joins a task that was cancelled, or that a runtime refused because it was shutting down.
struct TaskCancelled : std::runtime_error {
  TaskCancelled() : std::runtime_error("the task was cancelled before it finished") {}
};

// A documented rule of the caller's was broken, at once and without harm: block_on inside a task, for instance.
struct UsageError : std::logic_error {
  using std::logic_error::logic_error;
};

template <class T> class Outcome {
 public:
  template <class U> void set_value(U&& value) { state_.template emplace<1>(std::forward<U>(value)); }
  void set_exception(std::exception_ptr error) noexcept { state_.template emplace<2>(std::move(error)); }
  // Moves the value out, or throws the exception.
  [[nodiscard]] T take() {
    if (state_.index() == 2) std::rethrow_exception(std::move(std::get<2>(state_)));
    return std::move(std::get<1>(state_));
  }

 private:
  std::variant<std::monostate, T, std::exception_ptr> state_;
};

// One word: nothing, or the address of an exception. Until there is one, the word is its owner's (FrameNote, job.hpp);
// the bit `kept` is so for ever.
template <> class Outcome<void> {
 public:
  Outcome() noexcept = default;
  Outcome(const Outcome&) = delete;
  Outcome& operator=(const Outcome&) = delete;
  ~Outcome() {
    if (failed()) [[unlikely]]
      delete error();
  }

  void set_exception(std::exception_ptr error) noexcept {
    word_ = reinterpret_cast<std::uintptr_t>(new std::exception_ptr(std::move(error))) | failure | (word_ & kept);
  }
  void take() {
    if (failed()) [[unlikely]]
      std::rethrow_exception(*error());
  }

 protected:
  static constexpr std::uintptr_t kept = 1, failure = 4, bits = 7;
  std::uintptr_t word_ = 0;

 private:
  [[nodiscard]] bool failed() const noexcept { return (word_ & failure) != 0; }
  [[nodiscard]] std::exception_ptr* error() const noexcept {
    return reinterpret_cast<std::exception_ptr*>(word_ & ~bits);
  }
};

}  // namespace rota
