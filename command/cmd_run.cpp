// rota run: runs experiments, or goes on with a run that was stopped.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command/command.hpp"
#include "command/run_cells.hpp"
#include "command/run_options.hpp"
#include "command/run_show.hpp"
#include "record/run.hpp"

namespace rota::command {
namespace {

using nlohmann::ordered_json;

// With --json the run goes into the document, one that was interrupted too.
int go_on(const std::filesystem::path& folder, const Context& context, ordered_json* document) {
  const experiments::RunEnd end = run_cells(folder, context);
  if (document != nullptr) {
    document->push_back(run_json(record::read_run(folder)));
  } else if (!end.interrupted) {
    print_run(record::read_run(folder), end);
  }
  if (end.interrupted) return interrupted;
  return end.failed.empty() ? 0 : 1;
}

int run_all(const RunOptions& options, const Context& context, ordered_json* document) {
  if (!options.resume.empty()) return go_on(record::find_run(options.resume, options.out), context, document);
  const auto definitions = read_definitions(options);  // all of them, before anything is written
  int status = 0;
  for (const auto& definition : definitions) {
    const auto folder = begin_run(definition, options.out, options.yes_noisy ? Warn::no : Warn::yes);
    status = std::max(status, go_on(folder, context, document));
    if (status == interrupted) break;
  }
  return status;
}

void show_plans(const RunOptions& options) {
  ordered_json plans = ordered_json::array();
  for (const auto& definition : read_definitions(options)) {
    if (options.json) {
      plans.push_back(plan_json(definition));
    } else {
      print_plan(definition);
    }
  }
  if (options.json) print_json({{"plans", std::move(plans)}});
}

int run(const RunOptions& options, const Context& context) {
  if (options.resume.empty() && options.definitions.empty())
    throw record::InputError("run: expected a definition, by name or path, or --resume RUN, got neither");
  if (options.dry_run) {
    show_plans(options);
    return 0;
  }
  ordered_json runs = ordered_json::array();
  const int status = run_all(options, context, options.json ? &runs : nullptr);
  if (options.json) print_json({{"status", status}, {"runs", std::move(runs)}});
  return status;
}

}  // namespace

void add_run(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("run", "Run experiments: every cell in a process of its own");
  const auto options = add_run_options(*command);
  command->callback([options, &context] { context.status = run(*options, context); });
}

}  // namespace rota::command
