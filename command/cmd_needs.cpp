// rota needs ARGS…: the build targets that this command line goes on to, one a line. ./rota builds them before it calls
// it, so that a run compiles no more than it runs. Hidden: it says nothing of its own about a bad command line.
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <set>

#include "analysis/figures/run.hpp"
#include "command/command.hpp"
#include "command/run_options.hpp"
#include "record/manifest_json.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;

// The program that measures cells of a world.
std::string target_of(const std::string& world) { return world == "sim" ? "rota_simulate" : "rota_cell"; }

std::set<std::string> worlds_of(const RunOptions& options) {
  std::set<std::string> worlds;
  if (options.dry_run) return worlds;
  for (const auto& definition : read_definitions(options))
    for (const auto& world : definition.worlds) worlds.insert(world.kind);
  if (options.resume.empty()) return worlds;
  for (const auto& cell : record::read_manifest(analysis::find_run(options.resume, options.out)).cells)
    worlds.insert(cell.request.world);
  return worlds;
}

std::set<std::string> needed_worlds(std::vector<std::string> words) {
  CLI::App app;
  const auto options = add_run_options(*app.add_subcommand("run"));
  const auto* cell = app.add_subcommand("cell");  // its request, on standard input, is not ours to read
  std::ranges::reverse(words);                    // as CLI11 takes them
  app.parse(std::move(words));
  return cell->parsed() ? std::set<std::string>{"real", "sim"} : worlds_of(*options);
}

void print_needs(const std::vector<std::string>& words) try {
  for (const auto& world : needed_worlds(words)) fmt::print("{}\n", target_of(world));
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
