// What a run's manifest records, as the page lists it.
#pragma once

#include <string>
#include <vector>

#include "record/manifest.hpp"

namespace rota::analysis {

// One thing recorded about the run or, in group "host", about its machine.
struct Fact {
  std::string group, name, value;
};

[[nodiscard]] std::vector<Fact> facts_of(const record::Manifest& manifest);

}  // namespace rota::analysis
