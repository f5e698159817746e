// Parking by futex. Not std::atomic::wait: libstdc++ counts the sleepers of many words together, and spins first.
#include "peers/cpp/threads/park.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace rota::peers {

void ThreadParker::park() {
  // From given to empty, or from empty to sleeping.
  std::uint32_t before = given;
  if (state_.compare_exchange_strong(before, empty, std::memory_order_acquire, std::memory_order_relaxed)) return;
  before = empty;
  if (!state_.compare_exchange_strong(before, sleeping, std::memory_order_relaxed, std::memory_order_relaxed)) {
    state_.store(empty, std::memory_order_relaxed);  // it was given in between
    std::atomic_thread_fence(std::memory_order_acquire);
    return;
  }
  for (std::uint32_t now = sleeping; now == sleeping; now = state_.load(std::memory_order_acquire))
    syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, sleeping, nullptr, nullptr, 0);
  state_.store(empty, std::memory_order_relaxed);
}

void ThreadParker::unpark() {
  if (state_.exchange(given, std::memory_order_release) == sleeping)
    syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace rota::peers
