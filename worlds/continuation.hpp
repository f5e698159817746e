// Continuation: where code on some stack stopped, and the switch to another: Boost.Context's fcontext, with the
// sanitizers told. The only switch of stacks in the tree: fibers, explored threads and simulated ones are made of it.
//
// Code that switches is stopped until somebody switches back to it; that may be another thread, so code on a stack must
// reach thread-local data through functions that are never inlined (Env::context()). The exception state of the C++
// runtime is not switched (exception_state.hpp).
// Cost      one jump_fcontext.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#include "worlds/sanitizers.hpp"

namespace rota {

class Continuation {
 public:
  Continuation() = default;
  Continuation(const Continuation&) = delete;
  Continuation& operator=(const Continuation&) = delete;
  ~Continuation() { end_sanitizer_fiber(); }

  // Makes the first switch to it call entry(from) on the stack between low and high, where `from` is the continuation
  // of whoever switched. The entry must end with finish_to(), not by returning. May be prepared again, even if the code
  // on it never finished: that is dropped as it stands.
  template <void (*entry)(Continuation& from)> void prepare(std::byte* low, std::byte* high) noexcept {
    at_ = boost::context::detail::make_fcontext(high, static_cast<std::size_t>(high - low),
                                                [](boost::context::detail::transfer_t back) {
                                                  entry(arrive(back, nullptr));
                                                  __builtin_trap();  // the entry must not return
                                                });
#ifdef ROTA_ASAN
    low_ = low;
    size_ = static_cast<std::size_t>(high - low);
    forget_frames(low, size_);
#endif
#ifdef ROTA_TSAN
    end_sanitizer_fiber();
    fiber_ = own_fiber_ = __tsan_create_fiber(0);
#endif
  }

  // Called by the code that this is the continuation of: it stops here and goes on when somebody switches to it.
  void switch_to(Continuation& to) noexcept {
    void* fake = nullptr;
    leave_for(to, &fake);
    arrive(boost::context::detail::jump_fcontext(to.at_, this), fake);
  }
  // As switch_to(), for the last time: the stack may be used again.
  [[noreturn]] void finish_to(Continuation& to) noexcept {
    leave_for(to, nullptr);
    boost::context::detail::jump_fcontext(to.at_, this);
    __builtin_unreachable();
  }

 private:
  // Inlined, for a sanitizer's notes of who calls whom must not change sides between a call and its return.
  [[gnu::always_inline]] void leave_for([[maybe_unused]] Continuation& to, [[maybe_unused]] void** fake) noexcept {
#ifdef ROTA_ASAN
    __sanitizer_start_switch_fiber(fake, to.low_, to.size_);
#endif
#ifdef ROTA_TSAN
    fiber_ = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to.fiber_, 0);
#endif
  }

  [[gnu::always_inline]] static Continuation& arrive(boost::context::detail::transfer_t back,
                                                     [[maybe_unused]] void* fake) noexcept {
    auto& from = *static_cast<Continuation*>(back.data);
#ifdef ROTA_ASAN
    __sanitizer_finish_switch_fiber(fake, &from.low_, &from.size_);
#endif
    from.at_ = back.fctx;
    return from;
  }

  void end_sanitizer_fiber() noexcept {
#ifdef ROTA_TSAN
    if (own_fiber_ != nullptr) __tsan_destroy_fiber(own_fiber_);
#endif
  }

  boost::context::detail::fcontext_t at_ = nullptr;
#ifdef ROTA_ASAN
  const void* low_ = nullptr;  // of the stack that the code stands on
  std::size_t size_ = 0;
#endif
#ifdef ROTA_TSAN
  void* fiber_ = nullptr;
  void* own_fiber_ = nullptr;  // of prepare()
#endif
};

}  // namespace rota
