// EpollSet: the kernel's side of EpollReactor: the descriptors it watches, the wait for their edges, and a bell that
// ends the wait.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <span>

#include "reactor/socket.hpp"
#include "worlds/time.hpp"

namespace rota {

// Threads: wait by one at a time, everything else by any.
class EpollSet {
 public:
  // std::system_error if the system is out of descriptors.
  explicit EpollSet(bool nanoseconds);

  // Edges of a descriptor from now on, both directions. std::system_error if the kernel refuses.
  void add(int fd);
  void remove(int fd) noexcept;

  // Waits for at most `timeout`; Duration::max(): for ever. What it returns is good until the next wait, and may be
  // empty for no reason. The bell is among it, with a descriptor below 0.
  [[nodiscard]] std::span<const epoll_event> wait(Duration timeout);
  void ring() noexcept;

  // False: the kernel can only wait for whole milliseconds, which are rounded up.
  [[nodiscard]] bool nanoseconds() const noexcept { return nanoseconds_; }

 private:
  int wait_for_events(Duration timeout);

  Socket epoll_;
  Socket bell_;  // an eventfd, edge-triggered too: each write is a new edge, so nobody has to read it
  bool nanoseconds_ = true;
  std::array<epoll_event, 128> events_;
};

}  // namespace rota
