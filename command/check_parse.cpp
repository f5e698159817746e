// The command line of rota check, of which every program of it reads the whole.
#include <fmt/format.h>

#include "command/check_request.hpp"
#include "command/one_of.hpp"
#include "command/unknown_word.hpp"
#include "runtime/settings.hpp"

namespace rota::command {
namespace {

constexpr auto footer = R"(
WHAT is a policy (rota list policies), or
  local:POLICY  the policy in the world of one thread, if `rota describe` says that it is in it
  all           every policy in both worlds, the mechanism and the queues
  mechanism     task states, parking, slots, joins, channels, the reactor's seat, shutdown
  queues        linearizability of the queues, the idle set and the channel
  litmus        the explored world's own memory model against the axioms
  mutants       planted defects, each of which must be caught, and harmless changes, which must not

docs/checking.md says what a verdict means, and how to read a failure.)";

// Empty: it is one.
std::string refusal_of_budget(const std::string& text) {
  Duration budget{};
  if (parse_duration(text, budget) && budget > Duration::zero()) return {};
  return fmt::format("'{}' is not a duration above zero such as 30s, 500ms or 2min", text);
}

}  // namespace

void add_check_options(CLI::App& app, CheckRequest& request) {
  app.add_option("--budget", request.budget,
                 "time for all of it, shrinking excepted: 500ms, 30s (the default; all: 2min, mutants: 4min)")
      ->check(&refusal_of_budget);
  app.add_option("--strategy", request.strategy, "how schedules are chosen: random, pct, dfs, or all of them")
      ->check(OneOf({"random", "pct", "dfs", "all"}));
  app.add_option("--memory", request.memory, "what loads may return: sc, relaxed, or both in turn (all)")
      ->check(OneOf({"sc", "relaxed", "all"}));
  app.add_option("--seed", request.seed, "of programs and of schedules: the same seed repeats the run");
  app.add_option("--depth", request.depth, "pct: how many ordering constraints a bug may need")
      ->check(CLI::Range(1U, 20U));
  app.add_option("--preemptions", request.preemptions, "dfs: bound on preemptions in one schedule")
      ->check(CLI::Range(0U, 1000U));
  app.add_option("--replay", request.replay, "run one failing execution again: the word that a failure prints");
  app.add_option("--explain", request.explain, "what an id such as P3 states, and how it is checked");
  app.add_flag("--accesses", request.accesses, "show every shared access of a failure, not only what matters most");
  app.add_flag("--twice", request.twice,
               "run every schedule twice and fail on any difference: does it depend on more?");
  app.add_flag("--weaken", request.weaken, "lower one memory order at a time; list those that nothing detects");
  app.add_flag("--json", request.json, "one JSON document instead of a table (docs/json.md)");
}

void add_check_words(CLI::App& app, CheckRequest& request) {
  app.option_defaults()->always_capture_default();
  app.add_option("WHAT", request.what, "a policy, local: and a policy, all, mechanism, queues, litmus or mutants");
  add_check_options(app, request);
  app.add_flag("--markdown", request.markdown, "litmus: the table as docs/litmus.md holds it");
  app.footer(footer);
}

std::optional<int> parse_check(int argc, char** argv, CheckRequest& request, Quiet quiet) {
  CLI::App app("Searches a policy, or Rota itself, for violated invariants.", "rota check");
  add_check_words(app, request);
  try {
    app.parse(argc, argv);
    if (request.what.empty() && request.explain.empty() && request.replay.empty()) throw CLI::RequiredError("WHAT");
  } catch (const CLI::Success& help) {
    return quiet == Quiet::yes ? 0 : app.exit(help);
  } catch (const CLI::ParseError& error) {
    if (quiet == Quiet::no) fmt::print(stderr, "rota: {} (see 'rota check --help')\n", sentence_of(app, error));
    return 2;
  }
  return std::nullopt;
}

}  // namespace rota::command
