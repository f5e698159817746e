// Runner: makes a run's folder from a definition and runs its cells, each as a program of its own. First those of the
// real world, one at a time; then the simulated ones, whose figures do not depend on what else the host does, as many
// at a time as there are processing units for them.
//
// A run can stop at any moment. What is there then is whole: a folder with a manifest is a run, a file in cells/ is a
// cell that ended. continue_run() does what is missing, so a new run and a resumed one take the same path.
#pragma once

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "experiments/definition/definition.hpp"
#include "record/run.hpp"

namespace rota::experiments {

// Creates <out>/<experiment>-<YYYYMMDD-HHMMSS>[-n] with definition.toml, topology.xml, machines/NAME.toml of
// every simulated machine, and the manifest, and returns it.
// Throws InputError if the folder cannot be written; then nothing of it is left.
[[nodiscard]] std::filesystem::path begin_run(const Definition& definition, const std::filesystem::path& out);

struct RunEnd {
  std::vector<record::Cell> failed;            // every planned cell that ended, and neither with ok nor as missing
  std::map<std::string, std::size_t> missing;  // peers that were not built when the run began → how many cells
  std::map<std::string, std::size_t> missing_allocators;  // likewise those that were not installed
  std::size_t done = 0;                                   // planned cells that have ended, now or before
  bool interrupted = false;                               // Ctrl-C; continue_run() goes on from here
};

// Runs the cells that have not ended, each by `cell_command`. A cell that fails is recorded and the rest go on.
// `progress` may be null. Throws InputError if the folder holds no run, another program is running it, it cannot be
// written, or it was begun by another build of this program.
[[nodiscard]] RunEnd continue_run(const std::filesystem::path& folder, const std::vector<std::string>& cell_command,
                                  std::FILE* progress);

}  // namespace rota::experiments
