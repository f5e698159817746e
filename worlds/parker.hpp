// FutexParker: blocks one thread until another unparks it. One owner parks; any thread unparks.
//
// Threads   park*, begin_wait_elsewhere, end_wait_elsewhere: the owner only. unpark: any thread.
// Contract  unpark leaves a token; the next park consumes it and returns at once. Tokens do not add up.
//           What happened before unpark is visible after the park that it ends (release, acquire on the word).
// Elsewhere A worker that drives the reactor blocks in the reactor's poll instead. It brackets that with
//           begin_wait_elsewhere (false: a token was there, do not wait) and end_wait_elsewhere; an unpark in between
//           returns true, and the caller must interrupt the reactor.
// Cost      unpark of a running owner: one exchange. Of a parked one: an exchange and a futex wake.
#pragma once

#include <atomic>
#include <cstdint>

#include "worlds/time.hpp"

namespace rota::env {

class FutexParker {
 public:
  // Blocks until unparked. May not return otherwise.
  void park() noexcept { (void)park_until(never); }
  // Blocks until unparked (true) or until the deadline has passed (false).
  bool park_until(TimePoint deadline) noexcept;
  // True if the owner waits elsewhere and must be interrupted there.
  [[nodiscard]] bool unpark() noexcept;

  [[nodiscard]] bool begin_wait_elsewhere() noexcept;
  // True if it was unparked meanwhile; the token is consumed.
  bool end_wait_elsewhere() noexcept;

 private:
  enum : std::uint32_t { empty = 0, parked = 1, elsewhere = 2, token = 3 };
  std::atomic<std::uint32_t> word_{empty};
};

}  // namespace rota::env
