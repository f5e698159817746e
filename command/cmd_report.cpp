// rota report: one self-contained HTML page with the charts and tables of one or several runs.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "analysis/page/report.hpp"
#include "analysis/terminal/claim_table.hpp"
#include "command/command.hpp"

namespace rota::command {
namespace {

struct Options {
  std::vector<std::string> runs;
  std::string output;
};

void report(const Options& options, Context& context) try {
  std::vector<analysis::Run> runs;
  for (const std::string& word : options.runs) runs.push_back(analysis::read_run(analysis::find_run(word)));
  const std::filesystem::path file =
      options.output.empty() ? runs.front().directory / "report.html" : std::filesystem::path(options.output);
  analysis::write_report(runs, file);
  for (const analysis::Run& run : runs) analysis::print_claims(run, stdout, ::isatty(STDOUT_FILENO) == 1);
  fmt::print("{}\n", file.string());
} catch (const analysis::RunError& error) {
  fmt::print(stderr, "rota: {}\n", error.what());
  context.status = 2;
}

}  // namespace

void add_report(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("report", "Make an HTML page with the charts and tables of a run");
  command->add_option("RUN", options->runs, "run directories, their names under runs/, or 'latest'")->required();
  command->add_option("-o,--output", options->output, "the page; report.html in the first run if absent");
  command->callback([options, &context] { report(*options, context); });
}

}  // namespace rota::command
