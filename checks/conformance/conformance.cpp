// Draws programs, explores them, and counts what came of it.
#include "checks/conformance/conformance.hpp"

#include <fmt/format.h>

#include <rapidcheck.h>

#include <utility>

#include "checks/conformance/classes.hpp"
#include "checks/conformance/generate.hpp"
#include "checks/conformance/interpreter.hpp"
#include "checks/conformance/search.hpp"

namespace rota::checks {
namespace {

using HostClock = std::chrono::steady_clock;

class Suite {
 public:
  Suite(const Subject& subject, const CheckOptions& options) : subject_(subject), options_(options) {
    report_.subject = subject.name;
    report_.what = "conformance";
    report_.memory = options.memory;
    report_.method = options.method;
    report_.complete = true;
    report_.one_thread = subject.one_thread;
  }

  Report run() {
    const auto generator = programs_for(subject_);
    rc::Random random(options_.seed);
    while (report_.passed && report_.programs < options_.max_programs && elapsed() < options_.budget) {
      explore(generator(random.split(), next_size()).value());
      report_.time = elapsed();
      if (options_.progress && report_.programs % 16 == 0) options_.progress(report_);
    }
    report_.classes = classifier_.shares();
    report_.complete = report_.complete && report_.passed && report_.programs > 0;
    return std::move(report_);
  }

 private:
  [[nodiscard]] std::chrono::nanoseconds elapsed() const { return HostClock::now() - start_; }

  // From small to large, again and again; what dfs has a chance to finish is small.
  [[nodiscard]] int next_size() const {
    const int step = static_cast<int>(report_.programs % 10);
    return options_.method == explored::Method::dfs ? 4 * step : 10 + 10 * step;
  }

  void explore(const Program& program) {
    ++report_.programs;
    classifier_.begin_program(program);
    explore_twice_then_once(program);
    classifier_.end_program();
  }
  // A few schedules twice: do they depend on anything but the schedule?
  void explore_twice_then_once(const Program& program) {
    explored::Options options = explore_options(options_);
    options.seed = options_.seed + report_.programs;
    const std::uint64_t all = std::exchange(options.max_executions, 4);
    options.twice = true;
    if (explore(program, options).complete || !report_.passed) return;
    options.twice = options_.twice;
    options.max_executions = all;
    report_.complete = explore(program, options).complete && report_.complete;
  }
  explored::Verdict explore(const Program& program, explored::Options options) {
    options.budget = options_.budget - elapsed();
    explored::Verdict verdict = explore_program(subject_, program, options, &classifier_);
    report_.executions += verdict.executions;
    report_.steps += verdict.steps;
    if (!verdict.passed) found(program, verdict.failure, verdict.executions);
    return verdict;
  }

  void found(const Program& program, const explored::Failure& failure, std::uint64_t executions) {
    report_.passed = false;
    const auto time = elapsed();
    report_.found = shrink(subject_, options_, {program, failure, executions});
    report_.found->executions = report_.executions;
    report_.found->time = time;
  }

  const Subject& subject_;
  const CheckOptions& options_;
  Classifier classifier_;
  Report report_;
  HostClock::time_point start_ = HostClock::now();
};

}  // namespace

Report check(const Subject& subject, const CheckOptions& options) {
  prepare_placements();
  return Suite(subject, options).run();
}

std::vector<std::string> below_floors(const Report& report) {
  std::vector<std::string> result;
  if (report.programs < 300) return result;
  for (const ClassFloor& floor : class_floors()) {
    if (report.one_thread && floor.threads) continue;
    const auto found = report.classes.find(std::string(floor.name));
    const double share = found == report.classes.end() ? 0 : found->second;
    if (share < floor.floor)
      result.push_back(fmt::format("{}: {:.1f} % of the programs showed it, at least {:.1f} % must", floor.name,
                                   100 * share, 100 * floor.floor));
  }
  return result;
}

}  // namespace rota::checks
