// Private to this folder: one simulated thread.
#pragma once

#include "worlds/exception_state.hpp"
#include "worlds/simulated/machine.hpp"
#include "worlds/stack.hpp"

namespace rota::simulated {

struct Machine::Thread {
  std::string name;
  unsigned id = 0, unit = 0;
  bool on_unit = false;
  bool ended = false;
  const char* waits_for = nullptr;
  int joiner = -1;
  int next_waiter = -1;  // for the same lock
  void* context = nullptr;
  void (*body)(void*) = nullptr;
  void* argument = nullptr;
  Stack stack;
  Continuation code;
  ExceptionState exceptions;  // while it does not run

  Ps began = 0, time = 0;  // while it does not run; else the machine's now_ is its time
  Ps wakes_at = 0;         // if its deadline is not for ever: when it goes on without an unpark
  Ps spun_at = -1;         // when it last relaxed
  unsigned spins = 0;      // how often, at that time
  Spent spent;
  bool looking = false;  // since its last look, nothing was found
  bool idle = false;     // between Mark::park and Mark::unparked
  Ps look_time = 0;      // spent since that look: runtime if it finds something, searching if not
};

}  // namespace rota::simulated
