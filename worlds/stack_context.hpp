// StackContext: code on a second stack. The owner enters; the code on the stack leaves.
//
// A context may be entered by another thread than before. Code on the stack must not leave while it handles an
// exception, since the exception state of the C++ runtime is not switched.
// Cost      one jump_fcontext each way.
#pragma once

#include "worlds/continuation.hpp"

namespace rota {

class StackContext : private Continuation {  // as a Continuation it is that of whoever entered
 public:
  using Entry = void (*)(void* argument);

  // Makes the first enter() call entry(argument) on the stack. The entry must end with finish(), not by returning.
  template <class S> void prepare(const S& stack, Entry entry, void* argument) noexcept {
    entry_ = entry;
    argument_ = argument;
    inside_.prepare<&StackContext::begin>(stack.low(), stack.high());
  }

  // Runs the code on the stack until it leaves or finishes.
  void enter() noexcept { switch_to(inside_); }
  // Back to whoever entered, until the next enter().
  void leave() noexcept { inside_.switch_to(*this); }
  // As leave(), for the last time: the stack may be used again.
  [[noreturn]] void finish() noexcept { inside_.finish_to(*this); }

 private:
  static void begin(Continuation& from) {
    auto& self = static_cast<StackContext&>(from);
    self.entry_(self.argument_);
  }

  Continuation inside_;
  Entry entry_ = nullptr;
  void* argument_ = nullptr;
};

}  // namespace rota
