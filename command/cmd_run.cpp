// rota run: runs experiments, or goes on with a run that was stopped.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "analysis/terminal/claim_table.hpp"
#include "analysis/terminal/table.hpp"
#include "command/command.hpp"
#include "command/run_options.hpp"
#include "experiments/definition/sweep.hpp"
#include "experiments/peers/allocators.hpp"
#include "experiments/peers/records.hpp"
#include "experiments/run/progress.hpp"
#include "experiments/run/runner.hpp"
#include "record/manifest_json.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;

constexpr int interrupted = 130;  // what a shell reports for Ctrl-C

std::string how_to_install(const record::AllocatorFacts& facts) {
  return fmt::format("rota peers build, or apt-get install {}", facts.package);
}

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

void print_absent_allocators(const ex::Definition& definition) {
  std::map<std::string, std::vector<std::string>> policies;
  for (const auto& policy : definition.policies) policies[policy.allocator].push_back(policy.choice.label);
  for (const auto& [allocator, labels] : policies) {
    const auto facts = ex::allocator_facts(allocator);
    if (!facts.missing.empty())
      fmt::print("missing: {}, for {} ({}); to install it: {}\n", allocator, fmt::join(labels, ", "), facts.missing,
                 how_to_install(facts));
  }
}

// The pairs of peers and workloads that have no cells, and the peers whose cells cannot be measured.
void print_left_out(const ex::Definition& definition) {
  std::map<std::string, std::vector<std::string>> pairs;
  for (const auto& [policy, workload, workers] : ex::not_spoken(definition))
    pairs[policy].push_back(workers == 0 ? workload : fmt::format("{} with {} workers", workload, workers));
  for (const auto& [policy, what] : pairs) fmt::print("not spoken by {}: {}\n", policy, fmt::join(what, ", "));
  std::vector<std::string> absent;
  for (const auto& policy : definition.policies) {
    const std::string missing = policy.peer ? ex::facts_of(*policy.peer).missing : "";
    if (!missing.empty()) absent.push_back(fmt::format("{} ({})", policy.choice.label, missing));
  }
  if (!absent.empty()) fmt::print("missing: {}; to build them: rota peers build\n", fmt::join(absent, ", "));
  print_absent_allocators(definition);
}

void print_plan(const ex::Definition& definition) {
  const auto block = ex::block_of(definition, 0, 0);
  std::size_t policy = 6, workload = 8, placement = 9;
  for (const auto& cell : block) {
    policy = std::max(policy, cell.request.policy.label.size());
    workload = std::max(workload, cell.request.workload.label.size());
    placement = std::max(placement, cell.request.placement.size());
  }
  fmt::print("{}\n{:{}}  {:{}}  workers  {:{}}  world\n", definition.name, "policy", policy, "workload", workload,
             "placement", placement);
  for (const auto& cell : block) {
    const auto& request = cell.request;
    fmt::print("{:{}}  {:{}}  {:7}  {:{}}  {}\n", request.policy.label, policy, request.workload.label, workload,
               request.workers, request.placement, placement,
               is_simulated(request.world) ? "sim " + request.machine_name : "real");
  }
  print_left_out(definition);
  const std::size_t cells = block.size() * definition.repetitions;
  const auto blocks = static_cast<std::int64_t>(definition.repetitions);
  fmt::print("{} cells: {} in each of {} blocks; about {}, at most {} by the time limit of a cell. Nothing was run.\n",
             cells, block.size(), definition.repetitions, ex::clock_text(seconds(blocks * ex::estimate(block))),
             ex::clock_text(seconds(blocks * ex::longest(block))));
}

// Allocators that the run is without, and how to get them.
void print_missing_allocators(const ex::RunEnd& end, const record::Manifest& manifest) {
  for (const auto& [name, count] : end.missing_allocators) {
    const auto& facts = manifest.allocators.at(name);
    fmt::print("Missing allocator: {} ({}); {} cells were not measured. To install it: {}\n", name, facts.missing,
               count, how_to_install(facts));
  }
}

// Peers that the run is without, and how to get them.
void print_missing(const ex::RunEnd& end, const record::Manifest& manifest) {
  if (end.missing.empty()) return;
  std::vector<std::string> names, reasons;
  std::size_t cells = 0;
  for (const auto& [name, count] : end.missing) {
    const auto facts = manifest.peers.find(name);
    names.push_back(name);
    reasons.push_back(fmt::format("{} ({})", name, facts == manifest.peers.end() ? "unknown" : facts->second.missing));
    cells += count;
  }
  fmt::print("Missing peers: {}; {} of their cells were not measured. To build them: rota peers build {}\n",
             fmt::join(reasons, ", "), cells, fmt::join(names, " "));
}

int go_on(const std::filesystem::path& folder, const Context& context) {
  if (const auto names = ex::left_out_variables(); !names.empty())
    fmt::print(stderr, "rota: cells are started without these variables of the environment: {}\n",
               fmt::join(names, ", "));
  const ex::RunEnd end = ex::continue_run(folder, context.argv0_cell, stderr);
  if (end.interrupted) {
    fmt::print(stderr, "rota: interrupted after {} cells; to do the rest: rota run --resume {}\n", end.done,
               folder.string());
    return interrupted;
  }
  const record::Run run = record::read_run(folder);
  const analysis::Summary summary = analysis::summarise(run);
  const bool colour = ::isatty(STDOUT_FILENO) == 1;
  analysis::print_table(summary, stdout, colour);
  analysis::print_claims(analysis::judge_claims(run, summary), stdout, colour);
  print_missing(end, run.manifest);
  print_missing_allocators(end, run.manifest);
  if (!end.failed.empty())
    fmt::print("{} of {} cells failed; their figures do not count.\n", end.failed.size(), end.done);
  fmt::print("Report: rota report {}\n", folder.string());
  return end.failed.empty() ? 0 : 1;
}

std::filesystem::path begin(const ex::Definition& definition, const RunOptions& options) {
  const auto folder = ex::begin_run(definition, options.out);
  const record::Manifest manifest = record::read_manifest(folder);
  const double expected = seconds(ex::estimate(manifest.cells));
  fmt::print(stderr, "Run: {} ({} cells, about {})\n", folder.string(), manifest.cells.size(),
             ex::clock_text(expected));
  const auto noise = manifest.host.find("noise");
  if (!options.yes_noisy && noise != manifest.host.end() && !noise->second.empty())
    fmt::print(stderr, "rota: this host is noisy: {}; the run is marked so\n", noise->second);
  return folder;
}

int run(const RunOptions& options, const Context& context) {
  if (!options.resume.empty()) return go_on(record::find_run(options.resume, options.out), context);
  if (options.definitions.empty())
    throw record::InputError("run: expected a definition, by name or path, or --resume RUN, got neither");
  const auto definitions = read_definitions(options);  // all of them, before anything is written
  int status = 0;
  for (const auto& definition : definitions) {
    if (options.dry_run) {
      print_plan(definition);
      continue;
    }
    status = std::max(status, go_on(begin(definition, options), context));
    if (status == interrupted) break;
  }
  return status;
}

}  // namespace

void add_run(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("run", "Run experiments: every cell in a process of its own");
  const auto options = add_run_options(*command);
  command->callback([options, &context] { context.status = run(*options, context); });
}

}  // namespace rota::command
