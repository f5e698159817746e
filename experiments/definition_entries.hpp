// Private to this folder: the [[policy]] and [[workload]] tables of a definition.
#pragma once

#include <vector>

#include "experiments/definition.hpp"
#include "experiments/toml_section.hpp"

namespace rota::experiments {

[[nodiscard]] std::vector<Entry> read_policies(const TomlSection& root);
[[nodiscard]] std::vector<Entry> read_workloads(const TomlSection& root);

// The names of the metrics that these workloads measure, each once.
[[nodiscard]] std::vector<std::string> metrics_of(const std::vector<Entry>& workloads);

}  // namespace rota::experiments
