// The marks of an execution, for tests that count them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "worlds/explored/explore.hpp"

namespace rota::checks {

// Of the last execution, with Options::trace.
inline std::vector<Mark> marks_of(const explored::Verdict& verdict) {
  std::vector<Mark> marks;
  for (const TraceEvent& event : verdict.trace) marks.push_back(event.mark);
  return marks;
}
inline std::size_t times(const std::vector<Mark>& marks, Mark mark) {
  return static_cast<std::size_t>(std::ranges::count(marks, mark));
}

}  // namespace rota::checks
