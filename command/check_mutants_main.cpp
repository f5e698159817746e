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
  options.budget = plan.budget;
  options.progress = [](const checks::Kill& kill) {
    show_working(fmt::format("{} {}: {}", kill.mutant->name, to_string(kill.method),
                             kill.caught.empty() ? "nothing found" : kill.caught));
  };
  const checks::KillMatrix matrix = checks::kill_matrix(options);
  clear_working();
  if (request.json) {
    ordered_json all = ordered_json::array();
    for (const auto& kill : matrix.kills) all.push_back(to_json(kill));
    fmt::print("{}\n", all.dump(2));
    for (const auto& wrong : matrix.complaints) fmt::print(stderr, "rota: {}\n", wrong);
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
