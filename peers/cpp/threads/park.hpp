// Parking of a thread, as the standard libraries of C++ and Rust do it: one word and a futex.
#pragma once

#include <atomic>
#include <cstdint>

namespace rota::peers {

// A token that one thread waits for and others give. The waker calls the kernel only if somebody sleeps.
class ThreadParker {
 public:
  void park();
  void unpark();

 private:
  static constexpr std::uint32_t empty = 0, given = 1, sleeping = 2;
  std::atomic<std::uint32_t> state_{empty};
};

}  // namespace rota::peers
