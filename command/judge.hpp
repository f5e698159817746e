// rota judge: its stages. Each starts the programs that `rota check` and `rota run` start, and says what came of it.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "command/command.hpp"
#include "experiments/definition/definition.hpp"

namespace rota::command {

struct JudgeOptions {
  std::string policy, experiment = "judge", budget = "8s", until = "measure", held_out, out, output;
  std::uint64_t seed = 1;
  bool json = false;
};

// The options are filled when the command line is parsed.
[[nodiscard]] std::shared_ptr<JudgeOptions> add_judge_options(CLI::App& command);

struct StageEnd {
  enum class Outcome : std::uint8_t {
    pass,
    fail,
    none,         // nothing to do: the experiment has no such cells
    interrupted,  // Ctrl-C
  };
  Outcome outcome = Outcome::pass;
  std::string why;  // one line: why it did not pass
  // What it found: "searches" and "found" of a check, "runs" of simulated and measured cells.
  nlohmann::ordered_json details = nlohmann::ordered_json::object();
};

[[nodiscard]] std::string_view to_text(StageEnd::Outcome outcome);

// The build targets of a policy's check; none if there is no such policy.
[[nodiscard]] std::vector<std::string> check_targets(const std::string& policy);

// Where a checkout's ./rota called this program, has it build these targets: the words of ninja and of compilers go to
// standard error. False if that fails.
[[nodiscard]] bool build_more(const std::vector<std::string>& targets);

// Searches the policy for violated invariants, an equal share of the budget with each seed.
[[nodiscard]] StageEnd check_stage(const std::string& policy, Duration budget, const std::vector<std::uint64_t>& seeds);

// What the runs of a stage have in common.
struct RunsRequest {
  std::string out;                   // the folder that gets their folders
  std::vector<std::uint64_t> seeds;  // one run with each; a new one if there are none
  bool tables = true;                // print each run's tables
  bool name_seeds = true;            // in the details
};

// Passes if every cell was measured and answered right, and no claim of the definition is found wrong.
[[nodiscard]] StageEnd runs_stage(experiments::Definition definition, const RunsRequest& request,
                                  const Context& context);

}  // namespace rota::command
