// The conformance suite: programs drawn at random, each explored under one strategy and memory mode, judged by every
// oracle that the subject's promises call for. A failure is shrunk to the shortest program that still fails.
#pragma once

#include <string>
#include <vector>

#include "checks/conformance/explore_program.hpp"
#include "checks/conformance/options.hpp"
#include "checks/conformance/program.hpp"
#include "checks/report.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

[[nodiscard]] Report check(const Subject& subject, const CheckOptions& options);

// The classes of Report::classes, each with the least share of programs that must have shown it, or the suite would
// have checked little. A sentence for each that is below; none if there were fewer than 300 programs.
[[nodiscard]] std::vector<std::string> below_floors(const Report& report);

}  // namespace rota::checks
