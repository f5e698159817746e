// The program behind `rota check mutants`: do the checks catch what they should?
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/mutants/kill_matrix.hpp"
#include "command/check.hpp"

namespace rota::command {
namespace {

using nlohmann::ordered_json;

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

int check_mutants(const CheckRequest& request) {
  const CheckPlan plan = plan_of(request);
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

}  // namespace
}  // namespace rota::command

int main(int argc, char** argv) {
  rota::command::CheckRequest request;
  if (const auto status = rota::command::parse_check(argc, argv, request)) return *status;
  return rota::command::check_mutants(request);
}
