// Declares the options of `rota run`, and reads the definitions that they name.
#include "command/run_options.hpp"

#include "experiments/definition/find.hpp"
#include "experiments/definition/read.hpp"

namespace rota::command {

namespace ex = rota::experiments;

std::shared_ptr<RunOptions> add_run_options(CLI::App& command) {
  auto options = std::make_shared<RunOptions>();
  command.add_option("DEFINITION", options->definitions, "shipped experiments by name, or paths of .toml files")
      ->default_str("");
  const auto one = [](CLI::Option* option) { return option->allow_extra_args(false)->type_size(1)->default_str(""); };
  auto* only =
      one(command.add_option("--only", options->only, "keep the policies or workloads of this label (can be repeated)"))
          ->type_name("LABEL");
  auto* set =
      one(command.add_option("--set", options->sets,
                             "change the definition: policy=NAME[,NAME], policy.LABEL.with.KEY=VALUE,\n"
                             "workload.LABEL.with.KEY=VALUE, sweep.workers=1,2,4, sweep.KEY=VALUE, limits.KEY=VALUE,\n"
                             "runtime.KEY=VALUE, world.kind=sim, world.machine=NAME (can be repeated)"))
          ->type_name("KEY=VALUE");
  auto* dry_run = command.add_flag("--dry-run", options->dry_run, "show the cells and the expected time, run nothing");
  auto* seed = command.add_option("--seed", options->seed, "seed of the order of cells and of the cells themselves")
                   ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53));
  command.add_option("--resume", options->resume, "go on with this run: a folder, its name in --out, or 'latest'")
      ->type_name("RUN")
      ->excludes(only)
      ->excludes(set)
      ->excludes(dry_run)
      ->excludes(seed)
      ->excludes("DEFINITION");
  command.add_option("--out", options->out, "the folder that gets the run's folder")->capture_default_str();
  command.add_flag("--yes-noisy", options->yes_noisy, "do not warn of a noisy host; the run is marked all the same");
  command.add_flag("--json", options->json, "what came of it as one JSON document (docs/json.md) instead of tables");
  return options;
}

std::vector<ex::Definition> read_definitions(const RunOptions& options) {
  std::vector<ex::Definition> result;
  for (const auto& name : options.definitions) {
    ex::Definition definition = ex::read_definition(ex::find_definition(name), options.sets);
    ex::keep_only(definition, options.only);
    if (options.seed) definition.seed = options.seed;
    result.push_back(std::move(definition));
  }
  return result;
}

}  // namespace rota::command
