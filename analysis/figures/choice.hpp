// A policy or a workload of a run, as its cells name it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace rota::analysis {

using Json = nlohmann::ordered_json;

// A policy or a workload as the definition chose it. Labels are unique: where a sweep gave one label several
// configurations, the settings that differ are part of it ("spawn tasks=1000").
struct Choice {
  std::string label, use;
  Json config;
};

}  // namespace rota::analysis
