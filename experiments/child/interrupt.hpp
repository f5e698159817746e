// Interrupt: turns Ctrl-C and a polite kill (SIGINT, SIGTERM) into something that can be polled.
#pragma once

#include <csignal>

namespace rota::experiments {

// While one lives, the two signals set a flag instead of ending the program, and SIGPIPE is ignored. At most one at a
// time; made and destroyed by the thread that runs cells.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  [[nodiscard]] bool happened() const;
  [[nodiscard]] int fd() const { return fd_; }  // readable once it happened

 private:
  int fd_;
  struct sigaction before_[3];
};

}  // namespace rota::experiments
