// Shrinking: the program by RapidCheck's tree of simpler ones, the schedule by trying again.
#include "checks/conformance/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <rapidcheck.h>

#include "checks/conformance/explore_program.hpp"
#include "checks/conformance/generate.hpp"
#include "checks/conformance/replay.hpp"
#include "checks/oracle/ids.hpp"

namespace rota::checks {
namespace {

using HostClock = std::chrono::steady_clock;

class Search {
 public:
  Search(const Subject& subject, const CheckOptions& options, const FirstFailure& first)
      : subject_(subject), options_(options), best_(first) {
    executions_ = std::clamp<std::uint64_t>(4 * first.executions, 200, 4000);
    until_ = HostClock::now() + std::max<std::chrono::nanoseconds>(options.budget, std::chrono::seconds(1));
  }

  Found run() {
    Found found;
    if (options_.shrink) {
      found.shrinks = shrink_program();
      shorten_schedule();
    }
    found.id = best_.failure.id;
    found.sentence = sentence_of(found.id, best_.failure.sentence);
    found.program = to_text(best_.program);
    found.replay = replay_text(subject_, options_.memory, best_.program, best_.failure.schedule);
    found.failure = std::move(best_.failure);
    return found;
  }

 private:
  static std::string sentence_of(const std::string& id, const std::string& what) {
    const Invariant* const invariant = find_invariant(id);
    if (invariant == nullptr || what.find(invariant->statement) != std::string::npos) return what;
    return fmt::format("{}: {}", invariant->statement, what);
  }

  std::uint64_t shrink_program() {
    std::uint64_t steps = 0;
    rc::Shrinkable<Program> current = shrinkable(best_.program);
    for (bool again = true; again && HostClock::now() < until_;) {
      again = false;
      auto candidates = current.shrinks();
      while (auto candidate = candidates.next()) {
        if (HostClock::now() >= until_) break;
        if (!fails(candidate->value())) continue;
        current = *candidate;
        ++steps;
        again = true;
        break;
      }
    }
    return steps;
  }

  // The strategy that found it first, then the others.
  [[nodiscard]] std::array<explored::Method, 3> methods() const {
    using explored::Method;
    std::array result{options_.method, Method::random, Method::pct};
    if (options_.method == Method::random) result[1] = Method::dfs;
    if (options_.method == Method::pct) result[2] = Method::dfs;
    return result;
  }

  explored::Options next_options(HostClock::time_point until) {
    explored::Options options = explore_options(options_);
    options.seed = ++seed_;
    options.max_executions = executions_;
    options.budget = until - HostClock::now();
    options.twice = best_.failure.id == "leak" || best_.failure.id == "P7";
    return options;
  }

  bool fails(const Program& program) {
    if (asks_too_much(subject_, program)) return false;
    for (const explored::Method method : methods()) {
      explored::Options options = next_options(until_);
      options.method = method;
      if (keep_if_same(program, options)) return true;
    }
    return false;
  }

  bool keep_if_same(const Program& program, const explored::Options& options) {
    explored::Verdict verdict = explore_program(subject_, program, options);
    if (verdict.passed || verdict.failure.id != best_.failure.id) return false;
    best_ = {program, std::move(verdict.failure), verdict.executions};
    return true;
  }

  // The same program again, with few places to switch: the execution with the fewest switches is the easiest to read.
  void shorten_schedule() {
    const auto until = HostClock::now() + std::chrono::milliseconds(500);
    for (unsigned depth = 1; depth <= options_.depth && HostClock::now() < until; ++depth) {
      for (unsigned i = 0; i < 10 && HostClock::now() < until; ++i) {
        explored::Options options = next_options(until);
        options.method = explored::Method::pct;
        options.depth = depth;
        explored::Verdict verdict = explore_program(subject_, best_.program, options);
        if (verdict.passed) break;
        if (verdict.failure.id == best_.failure.id && shorter(verdict.failure, best_.failure))
          best_.failure = std::move(verdict.failure);
      }
    }
  }

  static std::size_t switches(const explored::Failure& failure) {
    std::size_t count = 0;
    for (std::size_t i = 1; i < failure.steps.size(); ++i)
      count += failure.steps[i].thread != failure.steps[i - 1].thread ? 1 : 0;
    return count;
  }
  static bool shorter(const explored::Failure& a, const explored::Failure& b) {
    return std::pair(switches(a), a.steps.size()) < std::pair(switches(b), b.steps.size());
  }

  const Subject& subject_;
  const CheckOptions& options_;
  FirstFailure best_;
  std::uint64_t executions_;
  std::uint64_t seed_ = 0;
  HostClock::time_point until_;
};

}  // namespace

Found shrink(const Subject& subject, const CheckOptions& options, const FirstFailure& first) {
  return Search(subject, options, first).run();
}

}  // namespace rota::checks
