// rota judge: one verdict on a policy. It is checked, then simulated, then measured, each only if it passed before.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>

#include "command/command.hpp"
#include "command/judge.hpp"
#include "command/one_of.hpp"
#include "command/run_cells.hpp"
#include "command/run_show.hpp"
#include "experiments/definition/find.hpp"
#include "experiments/definition/held_out.hpp"
#include "experiments/definition/read.hpp"
#include "experiments/host/host_facts.hpp"
#include "record/files.hpp"
#include "runtime/near_name.hpp"
#include "schedulers/policies.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;
using nlohmann::ordered_json;
using record::InputError;
using Outcome = StageEnd::Outcome;

constexpr std::array stages{"check", "simulate", "measure"};

// All that is judged, read before anything starts.
struct Case {
  std::string policy;
  Duration budget{};
  std::vector<std::uint64_t> seeds;
  bool held_out = false;
  std::string out;
  std::optional<ex::Definition> simulated, measured;  // none if the experiment has no such cells
};

// The policy takes part whether or not the file names it; the file's own are what it is compared with.
std::string policies_of(const ex::Definition& file, const std::string& policy) {
  std::string names;
  bool known = false;
  for (const auto& entry : file.policies) {
    known = known || entry.family == policy;
    if (names.find(entry.family + ",") == std::string::npos) names += entry.family + ",";
  }
  return "policy=" + (known ? names.substr(0, names.size() - 1) : names + policy);
}

bool has_kind(const ex::Definition& definition, record::World kind) {
  return std::ranges::any_of(definition.worlds, [&](const ex::Site& site) { return site.kind == kind; });
}

std::optional<ex::Definition> simulated_part(const ex::Definition& file, const std::filesystem::path& path,
                                             std::vector<std::string> sets, const std::vector<std::string>& machines) {
  if (!has_kind(file, record::World::simulated) && machines.empty()) return std::nullopt;
  sets.emplace_back("world.kind=sim");
  std::vector<std::string> quoted;
  for (const auto& machine : machines) quoted.push_back("'" + machine + "'");
  if (!machines.empty()) sets.push_back(fmt::format("world.machine=[{}]", fmt::join(quoted, ",")));
  return ex::read_definition(path, sets);
}

// With as many workers as this host can hold: more of them are a question for the simulation.
std::optional<ex::Definition> measured_part(const ex::Definition& file, const std::filesystem::path& path,
                                            std::vector<std::string> sets) {
  if (!has_kind(file, record::World::real)) return std::nullopt;
  sets.emplace_back("world.kind=real");
  ex::Definition definition = ex::read_definition(path, sets);
  std::erase_if(definition.workers, [](std::uint32_t workers) { return workers > ex::usable_cpus(); });
  if (definition.workers.empty()) return std::nullopt;
  return definition;
}

void check_policy(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& policy : schedulers::policies()) known.emplace_back(policy.name);
  const auto* policy = find(schedulers::policies(), name);
  if (policy == nullptr)
    throw InputError(
        fmt::format("judge: expected a policy, one of {}, got {}", fmt::join(known, ", "), quoted_word(name, known)));
  if (!policy->worlds.explored || !policy->worlds.simulated || !policy->worlds.real)
    throw InputError(fmt::format("judge: expected a policy of the worlds explored, simulated and real, got {}", name));
}

Case read_case(const JudgeOptions& options) {
  check_policy(options.policy);
  Case judged;
  judged.policy = options.policy;
  judged.seeds = {options.seed};
  judged.held_out = !options.held_out.empty();
  (void)parse_duration(options.budget, judged.budget);
  ex::HeldOut held_out;
  if (judged.held_out) held_out = ex::read_held_out(options.held_out);
  if (!held_out.seeds.empty()) judged.seeds = held_out.seeds;
  // A run's folder names its seeds and machines: they stay where they were.
  judged.out = !options.out.empty() ? options.out
               : judged.held_out    ? std::filesystem::path(options.held_out).replace_filename("runs").string()
                                    : "runs";
  const auto path = ex::find_definition(options.experiment);
  const ex::Definition file = ex::read_definition(path);
  const std::vector<std::string> sets{policies_of(file, options.policy)};
  judged.simulated = simulated_part(file, path, sets, held_out.machines);
  judged.measured = measured_part(file, path, sets);
  return judged;
}

StageEnd run_stage(const std::string& stage, const Case& judged, const JudgeOptions& options, const Context& context) {
  if (stage == "check") return check_stage(judged.policy, judged.budget, judged.seeds);
  const bool simulated = stage == "simulate";
  const auto& definition = simulated ? judged.simulated : judged.measured;
  StageEnd none;
  none.outcome = Outcome::none;
  none.why = "the experiment has no such cells";
  if (!definition) return none;
  return runs_stage(*definition,
                    {.out = judged.out,
                     .seeds = simulated ? judged.seeds : std::vector<std::uint64_t>(),
                     .tables = !options.json,
                     .name_seeds = !judged.held_out},
                    context);
}

void tell(const std::string& stage, const StageEnd& end, double seconds) {
  fmt::print(stderr, "rota: judge: {}: {} after {:.1f} s{}{}\n", stage, to_text(end.outcome), seconds,
             end.why.empty() ? "" : ": ", end.why);
}

// What a person wants to know of a failed check; the rest stands in the document.
void print_found(const StageEnd& end) {
  if (!end.details.contains("found") || end.details["found"].is_null()) return;
  const auto& found = end.details["found"];
  fmt::print("program    {}\nagain      {}\n", found["program"].get<std::string>(), found["again"].get<std::string>());
}

ordered_json stage_json(const StageEnd& end, double seconds) {
  ordered_json json{{"outcome", to_text(end.outcome)}, {"why", end.why}, {"seconds", seconds}};
  json.update(end.details);
  return json;
}

// Fills the document; whether Ctrl-C ended it.
bool judge_all(const Case& judged, const JudgeOptions& options, const Context& context, ordered_json& document) {
  for (const std::string stage : stages) {
    const auto begin = std::chrono::steady_clock::now();
    const StageEnd end = run_stage(stage, judged, options, context);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (end.outcome == Outcome::interrupted) return true;
    tell(stage, end, took.count());
    document["stage"] = stage;
    document[stage] = stage_json(end, took.count());
    if (!options.json) print_found(end);
    if (end.outcome == Outcome::fail) {
      document["verdict"] = "fail";
      document["why"] = end.why;
      return false;
    }
    if (stage == options.until) return false;
  }
  return false;
}

int judge(const JudgeOptions& options, const Context& context) {
  const Case judged = read_case(options);
  ordered_json document{{"policy", options.policy},
                        {"experiment", options.experiment},
                        {"verdict", "pass"},
                        {"stage", nullptr},
                        {"why", ""},
                        {"check", nullptr},
                        {"simulate", nullptr},
                        {"measure", nullptr}};
  if (judge_all(judged, options, context, document)) return interrupted;
  if (!options.output.empty()) record::write_file_whole(options.output, text_of(document));
  if (options.json) {
    print_json(document);
  } else {
    fmt::print("verdict: {}\n", document["verdict"].get<std::string>());
  }
  return document["verdict"] == "pass" ? 0 : 1;
}

std::string refusal_of_budget(const std::string& text) {
  Duration budget{};
  if (parse_duration(text, budget) && budget > Duration::zero()) return {};
  return fmt::format("'{}' is not a duration above zero such as 8s, 500ms or 2min", text);
}

}  // namespace

std::string_view to_text(Outcome outcome) {
  constexpr std::array<std::string_view, 4> words{"pass", "fail", "none", "interrupted"};
  return words[static_cast<std::size_t>(outcome)];
}

bool build_more(const std::vector<std::string>& targets) {
  if (const char* const builder = std::getenv("ROTA_BUILD"); builder == nullptr || *builder == '\0') return true;
  return std::system(fmt::format("\"$ROTA_BUILD\" {} >&2", fmt::join(targets, " ")).c_str()) == 0;
}

std::shared_ptr<JudgeOptions> add_judge_options(CLI::App& command) {
  auto options = std::make_shared<JudgeOptions>();
  command.add_option("POLICY", options->policy, "a policy that 'rota list policies' shows")->required();
  command
      .add_option("--experiment", options->experiment,
                  "what is simulated and measured: a shipped experiment, or the path of a .toml file")
      ->type_name("DEFINITION");
  command.add_option("--budget", options->budget, "time for the check, shrinking excepted: 500ms, 8s, 2min")
      ->check(&refusal_of_budget);
  command.add_option("--until", options->until, "the last stage: check, simulate or measure")
      ->check(OneOf({stages.begin(), stages.end()}));
  command.add_option("--seed", options->seed, "of the check and of the simulation")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53));
  command
      .add_option("--held-out", options->held_out,
                  "a TOML file with seeds and machines that the policy's author does not see (docs/judging.md)")
      ->type_name("FILE");
  command.add_option("--out", options->out,
                     "the folder that gets the runs' folders; runs, beside FILE with --held-out");
  command.add_flag("--json", options->json, "the verdict as one JSON document (docs/judging.md)");
  command.add_option("-o,--output", options->output, "write that document to this file")->type_name("FILE");
  return options;
}

void add_judge(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("judge", "One verdict on a policy: check, then simulate, then measure it");
  const auto options = add_judge_options(*command);
  command->callback([options, &context] { context.status = judge(*options, context); });
}

}  // namespace rota::command
