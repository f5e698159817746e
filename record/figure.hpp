// Figure: one thing that one process measured, from its cell's file to the last reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rota::record {

// Which way a figure is better. None: bare counts, and what the simulator tells of itself.
enum class Direction : std::uint8_t { less, more, none };

struct Figure {
  std::string metric;  // "ns_per_task"
  std::string unit;    // "ns", "us", "ms", "s", "bytes", "1/s", "1" …
  double value = 0;
  std::uint64_t iterations = 0;  // how many iterations of that one process the value summarises

  [[nodiscard]] Direction direction() const;
  friend bool operator==(const Figure&, const Figure&) = default;
};

// What every simulated cell tells of itself beside its workload's metrics: where the time went, steals by distance,
// accesses. Shown apart, never ranked.
[[nodiscard]] bool is_account(std::string_view metric);

// The metric that names the order of all events in a simulated cell: an identity, of which there is no median.
inline constexpr std::string_view identity_metric = "trace_hash";

// The metric by which a cell says whether it reached a steady state: 1 or 0.
inline constexpr std::string_view steady_metric = "warm";

// False for rates ("1/s", "requests/s"): more of them is better. Everything else is a cost.
[[nodiscard]] constexpr bool lower_is_better(std::string_view unit) { return !unit.ends_with("/s"); }

}  // namespace rota::record
