// Private to this folder: the [[policy]] and [[workload]] tables of a definition.
#pragma once

#include <vector>

#include "experiments/definition/definition.hpp"
#include "experiments/input/toml_section.hpp"

namespace rota::experiments {

// `real`: there are real threads to run on, without which no peer can take part.
[[nodiscard]] std::vector<Entry> read_policies(const TomlSection& root, bool real);
// `simulated`: they must be such that the simulated world has them.
[[nodiscard]] std::vector<Entry> read_workloads(const TomlSection& root, bool simulated);

// The `policies` and `workers` of workloads must be the definition's, unless it was `changed` by overrides.
void check_players(const TomlSection& root, const Definition& definition, bool changed);

// The names of the metrics that its cells report, each once: its workloads' own, and what every simulated cell adds.
[[nodiscard]] std::vector<std::string> metrics_of(const Definition& definition);

}  // namespace rota::experiments
