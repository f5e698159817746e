// Conformance of one given program, for a defect that drawn programs, which are short, reach too seldom.
#pragma once

#include "checks/report.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

// A deadlock becomes a failure of the given id.
[[nodiscard]] Report report_of(const explored::Verdict& verdict, const explored::Options& options,
                               std::string_view deadlock_id = "deadlock");

// `program` in the text form of checks/conformance/program.hpp.
[[nodiscard]] Report check_program(const Subject& subject, std::string_view program, const explored::Options& options);

// Every schedule runs twice. The suite's own programs leak nothing that differs between two runs, so if the runs of a
// subject that promises determinism do differ, it has broken P7.
[[nodiscard]] Report check_determinism(const Subject& subject, std::string_view program,
                                       const explored::Options& options);

// The same options under sc: where relaxed memory allows a judge no firm bound.
[[nodiscard]] inline explored::Options in_sc(explored::Options options) {
  options.memory = explored::Memory::sc;
  return options;
}

}  // namespace rota::checks
