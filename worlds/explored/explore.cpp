// explore(): the loop over executions, and what becomes of a failure.
#include "worlds/explored/explore.hpp"

#include <csignal>
#include <stdexcept>

#include "worlds/contract.hpp"
#include "worlds/explored/machine.hpp"

namespace rota::explored {
namespace {

using HostClock = std::chrono::steady_clock;

void contract_failed(const char* id, const char* sentence) {
  if (machine().active()) machine().fail(id, sentence);
}

// A planted defect may run a destroyed body: that is a finding too. The handler leaves by switching to the host's
// stack, so its signal must not stay blocked.
void crashed(int signal) {
  if (machine().active()) {
    machine().fail("crash", signal == SIGSEGV || signal == SIGBUS ? "memory was accessed that is not there"
                            : signal == SIGABRT ? "the program aborted: an assertion, or an exception out of noexcept"
                                                : "an impossible instruction");
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

class Guard {
 public:
  Guard() {
    if (machine().active()) throw std::logic_error("explore() inside an execution");
    contract_observer = &contract_failed;
    static std::byte alternative[64 * 1024];
    stack_t stack{.ss_sp = alternative, .ss_flags = 0, .ss_size = sizeof(alternative)};
    sigaltstack(&stack, &old_stack_);
    struct sigaction action = {};
    action.sa_handler = &crashed;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &old_[i]);
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() {
    contract_observer = nullptr;
    for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &old_[i], nullptr);
    sigaltstack(&old_stack_, nullptr);
  }

 private:
  static constexpr std::array signals{SIGSEGV, SIGBUS, SIGILL, SIGABRT};
  std::array<struct sigaction, signals.size()> old_{};
  stack_t old_stack_{};
};

std::unique_ptr<Strategy> make_strategy(const Options& options) {
  switch (options.method) {
    case Method::random:
      return make_random(options.seed);
    case Method::pct:
      return make_pct(options.seed, options.depth);
    case Method::dfs:
      return make_dfs(options.preemptions);
    case Method::replay:
      break;
  }
  return make_replay(options.schedule);
}

Machine::Run run_once(const Options& options, const std::function<void()>& program, Strategy& strategy,
                      Observer* observer) {
  auto run = machine().execute(program, strategy, observer, options);
  strategy.end();
  if (!run.failed && strategy.diverged() != nullptr) {
    run.failed = true;
    run.id = options.method == Method::replay ? "diverged" : "leak";
    run.sentence = strategy.diverged();
  }
  return run;
}

// Runs a schedule again, with everything written down. The observer sees it again as well.
Machine::Run run_again(Options options, const std::string& schedule, const std::function<void()>& program,
                       Observer* observer) {
  options.method = Method::replay;
  options.schedule = schedule;
  options.trace = true;
  const auto strategy = make_replay(schedule);
  strategy->begin();
  return run_once(options, program, *strategy, observer);
}

// Runs the last schedule again: is it the same execution?
void fail_if_it_leaks(Machine::Run& run, const Options& options, const std::function<void()>& program,
                      Observer* observer) {
  const std::uint64_t hash = machine().hash();
  const auto again = run_again(options, machine().schedule().text(), program, observer);
  if (!again.failed && machine().hash() == hash) return;
  run.failed = true;
  run.id = "leak";
  run.sentence =
      "one schedule, run twice, gave two executions: the program depends on something outside of its "
      "world, such as a clock, an address or what an earlier execution left behind";
}

Failure describe(const Machine::Run& run, const Options& options, const std::function<void()>& program,
                 Observer* observer) {
  Failure failure;
  failure.id = run.id;
  failure.sentence = run.sentence;
  failure.schedule = machine().schedule().text();
  failure.trace_hash = machine().hash();
  if (run.id == "leak" || run.id == "diverged") return failure;
  const auto again = run_again(options, failure.schedule, program, observer);
  if (!again.failed || again.id != run.id || machine().hash() != failure.trace_hash) {
    failure.sentence =
        "one schedule gave two executions: the program depends on something outside of its world, such "
        "as a clock, an address or what an earlier execution left behind. Before that: " +
        failure.id + ", " + failure.sentence;
    failure.id = "leak";
  }
  failure.trace.assign(machine().trace().begin(), machine().trace().end());
  failure.steps.assign(machine().steps().begin(), machine().steps().end());
  failure.threads = machine().thread_names();
  return failure;
}

}  // namespace

Verdict explore(const Options& options, const std::function<void()>& program, Observer* observer) {
  Arena::reserve();
  const Guard guard;
  const auto strategy = make_strategy(options);
  machine().forget_sites();
  const auto start = HostClock::now();
  Verdict verdict;
  Machine::Run run;
  while (verdict.executions < options.max_executions) {
    if (verdict.executions % 64 == 63 && HostClock::now() - start > options.budget) break;
    if (!strategy->begin()) {
      verdict.complete = strategy->complete();
      break;
    }
    run = run_once(options, program, *strategy, observer);
    verdict.steps += machine().step_count();
    if (run.pruned) continue;
    ++verdict.executions;
    verdict.choices = std::max(verdict.choices, machine().schedule().size());
    if (!run.failed && options.twice) fail_if_it_leaks(run, options, program, observer);
    if (run.failed) break;
    if (machine().schedule().size() == 0) {  // nothing was chosen: there is no other schedule
      verdict.complete = true;
      break;
    }
  }
  verdict.sites.assign(machine().sites().begin(), machine().sites().end());
  verdict.time = HostClock::now() - start;
  verdict.trace_hash = machine().hash();
  verdict.schedule = machine().schedule().text();
  if (options.trace) verdict.trace.assign(machine().trace().begin(), machine().trace().end());
  verdict.passed = !run.failed;
  if (run.failed) verdict.failure = describe(run, options, program, observer);
  return verdict;
}

void fail(const std::string& id, const std::string& sentence) {
  if (machine().active()) machine().fail(id, sentence);
  machine().fail_at_end(id, sentence);
}

void await_quiescence() { machine().quiesce(); }

const std::vector<std::string>& limits() {
  static const std::vector<std::string> sentences{
      "Load buffering: a load never reads a store that comes later in the execution (RC11 forbids cycles of program "
      "order and reads-from; ARM and POWER show some of them).",
      "Full fences take effect in the order of steps: a relaxed load and a later store never change places, even where "
      "only fences in other threads could tell.",
      "A thread reads one and the same stale value at most " + std::to_string(WeakMemory::stale_reads) +
          " times in a row of tries: stores become visible in the end.",
      "A thread that spins (Env::relax) waits for a write of another; what it would read meanwhile is not repeated.",
      "Plain data (Env::cell) is no place to switch threads: every race on it is found by happens-before instead.",
      "At most 8 explored threads, and at most 32 stores of one location to choose from.",
  };
  return sentences;
}

}  // namespace rota::explored
