// The program behind `rota check`: is it right? With what only Rota itself can check: litmus tests and mutants.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/litmus/table.hpp"
#include "checks/mutants/kill_matrix.hpp"
#include "checks/subjects.hpp"
#include "command/check.hpp"

namespace rota::command {
namespace {

using nlohmann::ordered_json;

constexpr auto footer = R"(
WHAT is a policy (rota list policies), or
  all         every policy, the mechanism and the queues
  mechanism   task states, parking, slots, joins, channels, the reactor's seat, shutdown
  queues      linearizability of the queues, the idle set and the channel
  litmus      the explored world's own memory model against the axioms
  mutants     planted defects, each of which must be caught, and harmless changes, which must not

docs/checking.md says what a verdict means, and how to read a failure.)";

constexpr auto litmus_heading = R"(# Litmus tests: what the explored world shows

`./rota check litmus --markdown` prints this page, and a test compares the two. Each test runs by depth-first search to
its end, and the set of outcomes seen must be the one that the axioms allow.

)";

ordered_json to_json(const checks::litmus::Row& row) {
  return {{"test", row.test},         {"orders", row.orders},   {"memory", to_string(row.memory)},
          {"seen", row.seen},         {"allowed", row.allowed}, {"executions", row.executions},
          {"complete", row.complete}, {"passed", row.passed},   {"problem", row.problem}};
}

ordered_json to_json(const checks::Kill& kill) {
  return {{"mutant", kill.mutant->name},
          {"expect", kill.mutant->expect},
          {"harmless", kill.mutant->harmless()},
          {"strategy", to_string(kill.method)},
          {"memory", to_string(kill.memory)},
          {"caught", kill.caught},
          {"program", kill.program},
          {"executions", kill.executions},
          {"seconds", static_cast<double>(kill.time.count()) * 1e-9}};
}

int litmus(const CheckRequest& request) {
  const auto rows = [&] {
    std::vector<explored::Options> searches;
    if (request.memory != "relaxed") searches.push_back(checks::litmus::exhaustive(explored::Memory::sc));
    if (request.memory != "sc") searches.push_back(checks::litmus::exhaustive(explored::Memory::relaxed));
    return checks::litmus::run_all(
        {}, searches, [](const checks::litmus::Row& row) { show_working(fmt::format("{} {}", row.test, row.orders)); });
  }();
  clear_working();
  bool passed = true;
  for (const auto& row : rows) passed = passed && row.passed;
  if (request.json) {
    ordered_json all = ordered_json::array();
    for (const auto& row : rows) all.push_back(to_json(row));
    fmt::print("{}\n", all.dump(2));
  } else if (request.markdown) {
    std::string table = checks::litmus::markdown_table(rows);
    table.pop_back();  // the empty line at the end
    fmt::print("{}{}", litmus_heading, table);
  } else {
    fmt::print("{}", checks::litmus::text_table(rows, false));
    fmt::print("\nWhat this memory model does not show:\n");
    for (const std::string& limit : explored::limits()) fmt::print("  - {}\n", limit);
  }
  return passed ? 0 : 1;
}

int mutants(const CheckRequest& request, const CheckPlan& plan) {
  checks::MatrixOptions options;
  options.methods = plan.methods;
  options.memory = request.memory == "sc" ? explored::Memory::sc : explored::Memory::relaxed;
  options.seed = request.seed;
  const auto all_mutants = checks::mutants();
  options.budget = plan.budget / static_cast<long>(all_mutants.size() * plan.methods.size());
  options.progress = [](const checks::Kill& kill) {
    show_working(fmt::format("{} {}: {}", kill.mutant->name, to_string(kill.method),
                             kill.caught.empty() ? "nothing found" : kill.caught));
  };
  const auto check = [&](const checks::Subject& subject, const explored::Options& how) {
    checks::CheckOptions each;
    each.memory = how.memory;
    each.method = how.method;
    each.seed = how.seed;
    each.budget = how.budget;
    each.shrink = false;
    return checks::check(subject, each);
  };
  const checks::KillMatrix matrix = checks::kill_matrix(all_mutants, check, options);
  clear_working();
  if (request.json) {
    ordered_json all = ordered_json::array();
    for (const auto& kill : matrix.kills) all.push_back(to_json(kill));
    fmt::print("{}\n", all.dump(2));
  } else {
    fmt::print("{}", checks::to_table(matrix));
  }
  return matrix.passed() ? 0 : 1;
}

constexpr ShippedChecks shipped{.litmus = litmus, .mutants = mutants};

int check(int argc, char** argv) {
  CLI::App app("Searches a policy, or Rota itself, for violated invariants.", "rota check");
  app.option_defaults()->always_capture_default();
  CheckRequest request;
  app.add_option("WHAT", request.what, "a policy, all, mechanism, queues, litmus or mutants");
  add_check_options(app, request);
  app.add_flag("--markdown", request.markdown, "litmus: the table as docs/litmus.md holds it");
  app.footer(footer);
  try {
    app.parse(argc, argv);
    if (request.what.empty() && request.explain.empty() && request.replay.empty()) throw CLI::RequiredError("WHAT");
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "rota: {} (see 'rota check --help')\n", error.what());
    return 2;
  }
  return run_check(request, checks::subjects(), &shipped);
}

}  // namespace
}  // namespace rota::command

int main(int argc, char** argv) { return rota::command::check(argc, argv); }
