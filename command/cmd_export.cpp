// rota export: every measurement of a run as CSV or JSON.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "analysis/export/export.hpp"
#include "command/command.hpp"
#include "command/one_of.hpp"
#include "record/input_error.hpp"

namespace rota::command {
namespace {

struct Options {
  std::string run, format = "csv", output, out = "runs";
};

void write(const std::string& text, const std::string& file) {
  if (file.empty() || file == "-") {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return;
  }
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw record::InputError(fmt::format("{}: cannot be written", file));
}

void export_run(const Options& options) {
  const record::Run run = record::read_run(record::find_run(options.run, options.out));
  write(options.format == "json" ? analysis::export_json(run) : analysis::export_csv(run), options.output);
}

}  // namespace

void add_export(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("export", "Write every measurement of a run, one row each");
  command->add_option("RUN", options->run, "a run directory, its name in --out, or 'latest'")->required();
  command->add_option("--out", options->out, "the folder that has the runs' folders, as 'rota run' was told")
      ->capture_default_str();
  command->add_option("--format", options->format, "csv or json")->check(OneOf({"csv", "json"}))->capture_default_str();
  command->add_option("-o,--output", options->output, "a file; the standard output if absent");
  command->callback([options] { export_run(*options); });
}

}  // namespace rota::command
