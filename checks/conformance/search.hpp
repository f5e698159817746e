// From the first failure to the shortest program that still fails in the same way.
#pragma once

#include "checks/conformance/options.hpp"
#include "checks/conformance/program.hpp"
#include "checks/report.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

struct FirstFailure {
  Program program;
  explored::Failure failure;     // named
  std::uint64_t executions = 1;  // of this program, until it failed
};

// Shrinks the program, if the options say so: each simpler program is searched for a failure of the same id, by every
// strategy, for a few times as many executions as the first took. Then looks for its shortest execution.
[[nodiscard]] Found shrink(const Subject& subject, const CheckOptions& options, const FirstFailure& first);

}  // namespace rota::checks
