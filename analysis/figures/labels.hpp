// The order and the names of a run's policies and workloads: cells run in shuffled order, readers want the
// definition's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/figures/choice.hpp"

namespace rota::analysis {

// The labels of a definition's [[policy]] and [[workload]] entries, in its order. Empty where the text is no TOML: a
// run stays readable without its definition.
struct DefinedLabels {
  std::vector<std::string> policies, workloads;
};

[[nodiscard]] DefinedLabels defined_labels(std::string_view toml);

// Makes the labels of the choices unique (label and configuration) and returns them in the order of `defined`; a label
// that a sweep derived stands with the one it begins with, smaller parameters first.
[[nodiscard]] std::vector<std::string> unique_labels(const std::vector<Choice*>& choices,
                                                     const std::vector<std::string>& defined);

// A setting as a number: 1000, "10_000", "2us" (in ns). False if it is none.
[[nodiscard]] bool numeric(const Json& setting, double& value);

}  // namespace rota::analysis
