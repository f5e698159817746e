// How a check of the mechanism is run.
#include "checks/mechanism/mechanism.hpp"

#include "checks/mechanism/support.hpp"

namespace rota::checks {
namespace {

using namespace mechanism;

// Labels that executions showed. Fixed memory: it is written inside executions and outlives them.
struct Shown {
  const char* label;
  std::uint64_t executions;
  bool now;  // in the execution that runs
};
std::array<Shown, 8> shown;
std::size_t shown_count = 0;
std::uint64_t begun = 0;  // executions, with those that dfs gave up because others are equivalent

void begin_execution() {
  ++begun;
  for (std::size_t i = 0; i < shown_count; ++i) shown[i].now = false;
}

Found found_in(const MechanismCheck& check, const explored::Verdict& verdict) {
  Found found;
  found.id = verdict.failure.id;
  found.sentence = verdict.failure.sentence;
  if (found.id == "deadlock") found.id = check.stuck;
  found.program = check.name;
  found.executions = verdict.executions;
  found.time = verdict.time;
  found.failure = verdict.failure;
  return found;
}

}  // namespace

void mechanism::saw(const char* label) noexcept {
  std::size_t i = 0;
  while (i < shown_count && std::string_view(shown[i].label) != label) ++i;
  if (i == shown.size()) return;
  if (i == shown_count) shown[shown_count++] = {label, 0, false};
  if (!std::exchange(shown[i].now, true)) ++shown[i].executions;
}

const Placement& mechanism::two_workers() {
  static const Placement placement(Topology::synthetic("core:2 pu:1"), "none", 2);
  return placement;
}
const Placement& mechanism::one_worker() {
  static const Placement placement(Topology::synthetic("core:2 pu:1"), "none", 1);
  return placement;
}

explored::Verdict MechanismCheck::explore(const explored::Options& options) const {
  (void)two_workers();  // made here, since what is made inside an execution does not outlive it
  (void)one_worker();
  shown_count = begun = 0;
  return explored::explore(options, [this] {
    begin_execution();
    program();
  });
}

Report MechanismCheck::run(const explored::Options& options) const {
  const explored::Verdict verdict = explore(options);
  Report report;
  report.subject = "runtime";
  report.what = "mechanism " + std::string(name);
  report.memory = options.memory;
  report.method = options.method;
  report.passed = verdict.passed;
  report.complete = verdict.complete;
  report.programs = 1;
  report.executions = verdict.executions;
  report.steps = verdict.steps;
  report.time = verdict.time;
  for (std::size_t i = 0; i < shown_count; ++i)
    report.classes[shown[i].label] = static_cast<double>(shown[i].executions) / static_cast<double>(begun);
  if (!verdict.passed) report.found = found_in(*this, verdict);
  return report;
}

}  // namespace rota::checks
