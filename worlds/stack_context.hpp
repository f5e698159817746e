// StackContext: a second stack and the switch to it, on Boost.Context's fcontext, with the sanitizers told.
//
// The owner enters; the code on the stack leaves. A context may be entered by another thread than before: code on it
// must reach thread-local data through functions that are never inlined (Env::context()).
// Cost: one jump_fcontext each way; the exception state of the C++ runtime is not switched, so code on the stack must
// not leave while it handles an exception.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>
#include <utility>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ROTA_ASAN 1
#include <sanitizer/common_interface_defs.h>
#endif
#if __has_feature(thread_sanitizer)
#define ROTA_TSAN 1
#include <sanitizer/tsan_interface.h>
#endif
#endif

namespace rota {

// Memory for a stack with an inaccessible page below it. Throws std::runtime_error, which names the limit, if refused.
class Stack {
 public:
  Stack() = default;
  explicit Stack(std::size_t bytes);  // rounded up to whole pages
  Stack(Stack&& other) noexcept : base_(std::exchange(other.base_, nullptr)), bytes_(other.bytes_) {}
  Stack& operator=(Stack&& other) noexcept {
    std::swap(base_, other.base_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Stack();

  [[nodiscard]] static std::size_t whole_pages(std::size_t bytes) noexcept;

  [[nodiscard]] bool empty() const noexcept { return base_ == nullptr; }
  [[nodiscard]] std::byte* low() const noexcept;
  [[nodiscard]] std::byte* high() const noexcept { return base_ + bytes_; }
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  std::byte* base_ = nullptr;  // the guard page
  std::size_t bytes_ = 0;      // with the guard page
};

class StackContext {
 public:
  using Entry = void (*)(void* argument);

  StackContext() = default;
  StackContext(const StackContext&) = delete;
  StackContext& operator=(const StackContext&) = delete;
  ~StackContext() { end_sanitizer_fiber(); }

  // Makes the first enter() call entry(argument) on the stack. The entry must end with finish(), not by returning.
  void prepare(const Stack& stack, Entry entry, void* argument) noexcept {
    entry_ = entry;
    argument_ = argument;
    inside_ = boost::context::detail::make_fcontext(stack.high(), stack.size(), &StackContext::begin);
#ifdef ROTA_ASAN
    low_ = stack.low();
    size_ = stack.size();
#endif
#ifdef ROTA_TSAN
    fiber_ = __tsan_create_fiber(0);
#endif
  }

  // Runs the code on the stack until it leaves or finishes.
  void enter() noexcept {
#ifdef ROTA_ASAN
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, low_, size_);
#endif
#ifdef ROTA_TSAN
    outer_fiber_ = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(fiber_, 0);
#endif
    inside_ = boost::context::detail::jump_fcontext(inside_, this).fctx;
#ifdef ROTA_ASAN
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
  }

  // Back to whoever entered, until the next enter().
  void leave() noexcept { switch_out(true); }
  // As leave(), for the last time: the stack may be reused.
  [[noreturn]] void finish() noexcept {
    switch_out(false);
    __builtin_unreachable();
  }

 private:
  static void begin(boost::context::detail::transfer_t from) {
    auto* self = static_cast<StackContext*>(from.data);
    self->arrive(from, nullptr);
    self->entry_(self->argument_);
    __builtin_trap();  // the entry must not return
  }

  void switch_out([[maybe_unused]] bool again) noexcept {
    void* fake = nullptr;
#ifdef ROTA_ASAN
    __sanitizer_start_switch_fiber(again ? &fake : nullptr, outer_low_, outer_size_);
#endif
#ifdef ROTA_TSAN
    __tsan_switch_to_fiber(outer_fiber_, 0);
#endif
    arrive(boost::context::detail::jump_fcontext(outside_, nullptr), fake);
  }

  void arrive(boost::context::detail::transfer_t from, [[maybe_unused]] void* fake) noexcept {
#ifdef ROTA_ASAN
    __sanitizer_finish_switch_fiber(fake, &outer_low_, &outer_size_);
#endif
    outside_ = from.fctx;
  }

  void end_sanitizer_fiber() noexcept {
#ifdef ROTA_TSAN
    if (fiber_ != nullptr) __tsan_destroy_fiber(fiber_);
#endif
  }

  boost::context::detail::fcontext_t inside_ = nullptr;
  boost::context::detail::fcontext_t outside_ = nullptr;
  Entry entry_ = nullptr;
  void* argument_ = nullptr;
#ifdef ROTA_ASAN
  const void* low_ = nullptr;
  std::size_t size_ = 0;
  const void* outer_low_ = nullptr;
  std::size_t outer_size_ = 0;
#endif
#ifdef ROTA_TSAN
  void* fiber_ = nullptr;
  void* outer_fiber_ = nullptr;
#endif
};

}  // namespace rota
