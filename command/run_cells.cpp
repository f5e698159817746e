// Begins runs and goes on with them.
#include "command/run_cells.hpp"

#include <fmt/format.h>

#include <chrono>

#include "experiments/definition/sweep.hpp"
#include "experiments/peers/allocators.hpp"
#include "experiments/run/progress.hpp"
#include "record/manifest_json.hpp"

namespace rota::command {

namespace ex = rota::experiments;

std::filesystem::path begin_run(const ex::Definition& definition, const std::string& out, Warn noisy_host) {
  const auto folder = ex::begin_run(definition, out);
  const record::Manifest manifest = record::read_manifest(folder);
  const std::chrono::duration<double> expected = ex::estimate(manifest.cells);
  fmt::print(stderr, "Run: {} ({} cells, about {})\n", folder.string(), manifest.cells.size(),
             ex::clock_text(expected.count()));
  const auto noise = manifest.host.find("noise");
  if (noisy_host == Warn::yes && noise != manifest.host.end() && !noise->second.empty())
    fmt::print(stderr, "rota: this host is noisy: {}; the run is marked so\n", noise->second);
  return folder;
}

ex::RunEnd run_cells(const std::filesystem::path& folder, const Context& context) {
  if (const auto names = ex::left_out_variables(); !names.empty())
    fmt::print(stderr, "rota: cells are started without these variables of the environment: {}\n",
               fmt::join(names, ", "));
  ex::RunEnd end = ex::continue_run(folder, context.argv0_cell, stderr);
  if (end.interrupted)
    fmt::print(stderr, "rota: interrupted after {} cells; to do the rest: rota run --resume {}\n", end.done,
               folder.string());
  return end;
}

}  // namespace rota::command
