// Private to this folder: one virtual thread.
#pragma once

#include "worlds/simulate/machine.hpp"

namespace rota::simulate {

struct Machine::Thread {
  boost::context::detail::fcontext_t inside = nullptr;
  std::string name;
  unsigned id = 0, unit = 0;
  bool on_unit = false;
  bool ended = false;
  const char* waits_for = nullptr;
  int joiner = -1;
  void* context = nullptr;
  void (*body)(void*) = nullptr;
  void* argument = nullptr;
  Stack stack;

  Ps began = 0, time = 0;  // while it does not run; else the machine's now_ is its time
  Spent spent;
  bool looking = false;  // since its last look, nothing was found
  bool idle = false;     // between Mark::park and Mark::unparked
  Ps look_time = 0;      // spent since that look: runtime if it finds something, searching if not
};

}  // namespace rota::simulate
