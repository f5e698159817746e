// ExceptionState: what the C++ runtime keeps of exceptions, one for each thread of the system. Explored and simulated
// threads share one such thread and take turns with it: one may lose its turn while it is in a catch.
#pragma once

#include <cxxabi.h>

namespace rota {

// As the Itanium C++ ABI lays out __cxa_eh_globals.
struct ExceptionState {
  void* caught = nullptr;
  unsigned uncaught = 0;
  [[nodiscard]] static ExceptionState& now() { return *reinterpret_cast<ExceptionState*>(abi::__cxa_get_globals()); }
};

}  // namespace rota
