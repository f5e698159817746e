// Time inside a world: nanoseconds since an origin that the world chooses. Real time or virtual time, the type is the
// same, so code that runs in a world cannot tell which it is given.
#pragma once

#include <chrono>
#include <cstdint>

namespace rota {

using Duration = std::chrono::nanoseconds;

struct WorldClock {  // names the origin; it has no now(), a world's now() is Env::now()
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<WorldClock, Duration>;
};

using TimePoint = WorldClock::time_point;

// "No deadline": later than every other time point.
inline constexpr TimePoint never = TimePoint::max();

// now + delay, where a delay too long to be represented means never.
[[nodiscard]] constexpr TimePoint later(TimePoint now, Duration delay) noexcept {
  return delay >= never - now ? never : now + delay;
}

// A NUMA node as Cost::home and Env::node() name it; anywhere: no node in particular.
using NodeId = std::uint32_t;
inline constexpr NodeId anywhere = ~NodeId{0};

// Declared work: Env::charge(Cost) spins for that long in the real world and advances the clock in a simulated one.
// There it takes longer on a slower core, and on another node than `home`, where the data lies that it works on.
struct Cost {
  Duration work{0};
  NodeId home = anywhere;
};

}  // namespace rota
