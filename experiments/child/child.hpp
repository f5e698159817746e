// Children: runs programs to their ends, or to their time limits, and collects what they printed.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiments/child/interrupt.hpp"

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

// Several programs at once, all watched by one poll() of the thread that calls; only that thread uses it.
//
// A program runs in a group of its own. The group is killed on expiry and when this program ends for whatever reason;
// whatever of it is left when the program has ended is killed too. A program that cannot be started exits with status
// 127 and says why on its standard error.
class Children {
 public:
  struct Ended {
    std::size_t key;  // as start() was given it
    ChildEnd end;     // never `interrupted`
  };

  explicit Children(const Interrupt& interrupt);  // which must outlive it
  ~Children();                                    // kills what still runs
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  // Starts command[0] (looked up in PATH) and gives it `input`. Its threads may run on these processing units alone, by
  // the kernel's numbers; on any if there are none. It has these variables ("NAME=value") in its environment; those of
  // this program if there are none. Throws std::system_error if there is no room for another program or pipe.
  void start(std::size_t key, const std::vector<std::string>& command, std::string input, double timeout_s,
             std::span<const unsigned> units = {}, std::span<const std::string> environment = {});
  [[nodiscard]] std::size_t running() const;
  // Waits until one has ended and forgets it. Nothing if none is running, or because of the Interrupt: then all have
  // been killed.
  [[nodiscard]] std::optional<Ended> wait();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One program alone, as Children::start() runs it; here an Interrupt is an end too.
[[nodiscard]] ChildEnd run_child(const std::vector<std::string>& command, std::string input, double timeout_s,
                                 const Interrupt& interrupt);

}  // namespace rota::experiments
