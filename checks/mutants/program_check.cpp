// One program explored, as a report.
#include "checks/mutants/program_check.hpp"

#include "checks/conformance/conformance.hpp"
#include "checks/conformance/program.hpp"
#include "worlds/contract.hpp"

namespace rota::checks {

Report report_of(const explored::Verdict& verdict, const explored::Options& options, std::string_view deadlock_id) {
  Report report;
  report.memory = options.memory;
  report.method = options.method;
  report.passed = verdict.passed;
  report.complete = verdict.complete;
  report.executions = verdict.executions;
  report.steps = verdict.steps;
  report.time = verdict.time;
  if (verdict.passed) return report;
  Found& found = report.found.emplace();
  found.id = verdict.failure.id == "deadlock" ? deadlock_id : verdict.failure.id;
  found.sentence = verdict.failure.sentence;
  found.executions = verdict.executions;
  found.time = verdict.time;
  found.failure = verdict.failure;
  return report;
}

Report check_program(const Subject& subject, std::string_view text, const explored::Options& options) {
  const ParsedProgram parsed = parse_program(text);
  if (!parsed.error.empty()) contract_failure("usage", parsed.error.c_str());
  const explored::Verdict verdict = explore_program(subject, parsed.program, options);
  Report report = report_of(verdict, options);
  report.subject = subject.name;
  report.what = "conformance of one program";
  report.programs = 1;
  if (report.found) report.found->program = text;
  return report;
}

Report check_determinism(const Subject& subject, std::string_view program, const explored::Options& options) {
  explored::Options twice = options;
  twice.twice = true;
  Report report = check_program(subject, program, twice);
  if (report.found && report.found->id == "leak" && subject.guarantees.deterministic) report.found->id = "P7";
  return report;
}

}  // namespace rota::checks
