// rota needs ARGS…: the build targets that this command line goes on to, one a line. ./rota builds them before it calls
// it, so that a run compiles no more than it runs. Hidden: it says nothing of its own about a bad command line.
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <set>

#include "command/command.hpp"
#include "command/judge.hpp"
#include "command/run_options.hpp"
#include "record/manifest_json.hpp"
#include "record/run.hpp"

namespace rota::command {
namespace {

// The program that measures cells of a kind of world.
std::string_view target_of(record::World kind) { return is_simulated(kind) ? "rota_simulate" : "rota_cell"; }

std::set<record::World> kinds_of(const RunOptions& options) {
  std::set<record::World> kinds;
  if (options.dry_run) return kinds;
  for (const auto& definition : read_definitions(options))
    for (const auto& site : definition.worlds) kinds.insert(site.kind);
  if (options.resume.empty()) return kinds;
  for (const auto& cell : record::read_manifest(record::find_run(options.resume, options.out)).cells)
    kinds.insert(kind_of(cell.request.world));
  return kinds;
}

std::vector<std::string> needed(std::vector<std::string> words) {
  CLI::App app;
  const auto run = add_run_options(*app.add_subcommand("run"));
  const auto judge = add_judge_options(*app.add_subcommand("judge"));
  const auto* cell = app.add_subcommand("cell");  // its request, on standard input, is not ours to read
  std::ranges::reverse(words);                    // as CLI11 takes them
  app.parse(std::move(words));
  if (!judge->policy.empty()) return check_targets(judge->policy);  // for the rest it asks when it comes to that
  const auto kinds = cell->parsed() ? std::set{record::World::real, record::World::simulated} : kinds_of(*run);
  std::vector<std::string> targets;
  for (const record::World kind : kinds) targets.emplace_back(target_of(kind));
  return targets;
}

void print_needs(const std::vector<std::string>& words) try {
  for (const auto& target : needed(words)) fmt::print("{}\n", target);
} catch (const std::exception&) {
  // Another subcommand, which needs nothing; a call for help; or an error, which the real call tells.
}

}  // namespace

void add_needs(CLI::App& app, Context&) {
  CLI::App* command = app.add_subcommand("needs", "What ./rota must build for a command line")->group("");
  command->prefix_command();
  command->set_help_flag();
  command->callback([command] { print_needs(command->remaining()); });
}

}  // namespace rota::command
