// Child: runs one program to its end, or to its time limit, and collects what it printed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/interrupt.hpp"

namespace rota::experiments {

struct ChildEnd {
  enum class Kind {
    exited,       // by itself, with `status`
    signalled,    // by the signal `status`
    expired,      // killed at its time limit
    overflowed,   // killed because it printed more than output_limit
    interrupted,  // killed because of the Interrupt
  };
  Kind kind = Kind::exited;
  int status = 0;
  std::string out;  // its beginning if it overflowed
  std::string err;  // the last error_limit bytes
  double wall_s = 0;
};

inline constexpr std::size_t output_limit = 16U << 20;
inline constexpr std::size_t error_limit = 2000;

// Starts command[0] (looked up in PATH) in a group of its own, gives it `input` and waits. The group is killed on
// expiry and when this program ends for whatever reason; whatever of it is left when the program has ended is killed
// too. A program that cannot be started exits with status 127 and says why on its standard error.
[[nodiscard]] ChildEnd run_child(const std::vector<std::string>& command, std::string_view input, double timeout_s,
                                 const Interrupt& interrupt);

}  // namespace rota::experiments
