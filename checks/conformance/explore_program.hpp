// One program of a subject, explored and judged.
#pragma once

#include "checks/conformance/program.hpp"
#include "checks/subject.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

class Classifier;

// One program, explored and judged; a failure is named. What check() does with each program that it draws.
[[nodiscard]] explored::Verdict explore_program(const Subject& subject, const Program& program,
                                                const explored::Options& options, Classifier* classifier = nullptr);

}  // namespace rota::checks
