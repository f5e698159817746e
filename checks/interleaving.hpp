// An execution as a table for people: one line a step, one column an explored thread, tasks by number and places by
// file and line.
#pragma once

#include <string>

#include "worlds/explored/explore.hpp"

namespace rota::checks {

enum class Detail : std::uint8_t {
  events,    // what the runtime did, fences, and loads and stores that took a stale place
  accesses,  // every shared access besides
};

// Empty if the failure carries no trace.
[[nodiscard]] std::string interleaving_table(const explored::Failure& failure, Detail detail);

// An event as a cell says it: "wakes task 1".
[[nodiscard]] std::string in_words(const TraceEvent& event);

}  // namespace rota::checks
