// rota report: one self-contained HTML page with the charts and tables of one or several runs.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "analysis/figures/summary.hpp"
#include "analysis/page/report.hpp"
#include "analysis/terminal/claim_table.hpp"
#include "command/command.hpp"
#include "command/run_show.hpp"
#include "record/run.hpp"

namespace rota::command {
namespace {

struct Options {
  std::vector<std::string> runs;
  std::string output, out = "runs";
  bool json = false;
};

void print_as_json(const std::filesystem::path& page, const std::vector<record::Run>& runs) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const record::Run& run : runs) all.push_back(run_json(run));
  print_json({{"page", page.string()}, {"runs", std::move(all)}});
}

void report(const Options& options) {
  std::vector<record::Run> runs;
  for (const std::string& word : options.runs) runs.push_back(record::read_run(record::find_run(word, options.out)));
  const std::filesystem::path file =
      options.output.empty() ? runs.front().folder / "report.html" : std::filesystem::path(options.output);
  analysis::write_report(runs, file);
  if (options.json) return print_as_json(file, runs);
  for (const record::Run& run : runs) {
    const analysis::Summary summary = analysis::summarise(run);
    analysis::print_claims(analysis::judge_claims(run, summary), stdout, ::isatty(STDOUT_FILENO) == 1);
  }
  fmt::print("{}\n", file.string());
}

}  // namespace

void add_report(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("report", "Make an HTML page with the charts and tables of a run");
  command->add_option("RUN", options->runs, "run directories, their names in --out, or 'latest'")->required();
  command->add_option("--out", options->out, "the folder that has the runs' folders, as 'rota run' was told")
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "the page; report.html in the first run if absent");
  command->add_flag("--json", options->json, "what is in the runs as one JSON document (docs/json.md) beside the page");
  command->callback([options] { report(*options); });
}

}  // namespace rota::command
