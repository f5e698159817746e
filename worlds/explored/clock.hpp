// Vector clocks of the explored world: what each thread knows of every other, as times that the threads count
// themselves.
#pragma once

#include <array>
#include <cstdint>

namespace rota::explored {

inline constexpr unsigned max_threads = 8;

using ThreadId = std::uint8_t;

struct alignas(16) Clock {
  std::array<std::uint32_t, max_threads> time{};

  void join(const Clock& other) noexcept {
    for (unsigned t = 0; t < max_threads; ++t) time[t] = time[t] < other.time[t] ? other.time[t] : time[t];
  }
  // True if some time in `seen` (0: not at all) lies in this clock's past.
  [[nodiscard]] bool knows_any(const Clock& seen) const noexcept {
    bool known = false;
    for (unsigned t = 0; t < max_threads; ++t) known |= seen.time[t] != 0 && seen.time[t] <= time[t];
    return known;
  }
  // True if every time in `other` lies in this clock's past.
  [[nodiscard]] bool covers(const Clock& other) const noexcept {
    bool all = true;
    for (unsigned t = 0; t < max_threads; ++t) all &= other.time[t] <= time[t];
    return all;
  }
};

// Two kinds of knowledge. Full fences order what may still be read (coherence), but only reading a released value
// makes one thread happen before another, and only that excuses access to plain data.
struct Views {
  Clock happened;  // happens-before
  Clock visible;   // happens-before and the order of full fences

  void join(const Views& other) noexcept {
    happened.join(other.happened);
    visible.join(other.visible);
  }
};

}  // namespace rota::explored
