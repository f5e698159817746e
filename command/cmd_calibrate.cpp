// rota calibrate: measures what a simulated machine must be told of this host, and writes a machine file.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/machine_show.hpp"
#include "experiments/calibrate/calibrate.hpp"
#include "experiments/machine/file.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"

namespace rota::command {
namespace {

using experiments::Calibration;
using record::InputError;
namespace fs = std::filesystem;

struct Options {
  std::string file;
  bool json = false, quick = false, force = false;
};

constexpr auto others = "2s-64c";  // whose figures stand for what this host cannot show

void refuse_overwriting(const Options& options) {
  if (!options.file.empty() && !options.force && fs::exists(options.file))
    throw InputError(
        fmt::format("{}: expected a file that is not there yet, or --force, got one that is", options.file));
}

// One line on a terminal, redrawn; nothing elsewhere.
void show_progress(const std::string& what, std::size_t step, std::size_t steps) {
  if (isatty(STDERR_FILENO) == 0) return;
  fmt::print(stderr, "\r\033[K[{}/{}] {}", step, steps, what);
}
void end_progress() {
  if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K");
}

nlohmann::ordered_json to_json(const Calibration& calibration) {
  nlohmann::ordered_json json = machine_json(calibration.machine);
  json["not_measured"] = calibration.not_measured;
  return json;
}

void calibrate(const Options& options) {
  refuse_overwriting(options);
  const std::string name = options.file.empty() ? "host" : fs::path(options.file).stem().string();
  const Calibration calibration =
      experiments::calibrate(name, experiments::find_machine(others), {options.quick, show_progress});
  end_progress();
  if (!options.file.empty()) record::write_file_whole(options.file, calibration.machine.text);
  if (options.json) return fmt::print("{}\n", to_json(calibration).dump(2));
  fmt::print("{}\n", calibration.machine.summary);
  print_costs(calibration.machine.model.costs, calibration.not_measured);
  if (!calibration.not_measured.empty())
    fmt::print("\n* not measurable here: taken from the machine {}, between what stands next to it\n", others);
  fmt::print("{}\n", options.file.empty() ? "-o FILE writes this as a machine file." : "Written: " + options.file);
}

}  // namespace

void add_calibrate(CLI::App& app, Context&) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "calibrate", "Measure what a simulated machine costs on this host: lines, fences, sleep, tasks");
  command->add_option("-o,--output", options->file, "write a machine file; its name is the machine's");
  command->add_flag("--quick", options->quick, "a tenth of the rounds");
  command->add_flag("--force", options->force, "overwrite the file");
  command->add_flag("--json", options->json, "the figures as JSON, in picoseconds");
  command->callback([options] { calibrate(*options); });
}

}  // namespace rota::command
