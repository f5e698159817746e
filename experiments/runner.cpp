// Makes run folders and runs cells.
#include "experiments/runner.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <random>

#include "experiments/build_facts.hpp"
#include "experiments/cell_run.hpp"
#include "experiments/files.hpp"
#include "experiments/host_facts.hpp"
#include "experiments/progress.hpp"
#include "experiments/store.hpp"
#include "experiments/sweep.hpp"
#include "worlds/topology.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;

// One program at a time: held while cells run, given back by the kernel however the program ends.
class RunLock {
 public:
  explicit RunLock(const fs::path& folder) : fd_(::open((folder / "manifest.json").c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
    if (fd_ >= 0) ::close(fd_);
    throw InputError(
        fmt::format("{}: expected a run that nobody is running, got one that is being run", folder.string()));
  }
  ~RunLock() { ::close(fd_); }
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  int fd_;
};

fs::path create_folder(const fs::path& out, const std::string& stem) {
  std::error_code error;
  fs::create_directories(out, error);
  for (int n = 1; !error; ++n) {
    const fs::path folder = out / (n == 1 ? stem : fmt::format("{}-{}", stem, n));
    if (!fs::create_directory(folder, error)) continue;
    fs::create_directory(folder / "cells", error);
    if (!error) return folder;
  }
  throw InputError(fmt::format("{}: expected a folder that can be written, got: {}", out.string(), error.message()));
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32 | device()) >> 11;
}

std::map<std::string, std::string> program_facts() {
  std::map<std::string, std::string> facts = build_facts();
  facts.merge(source_facts());
  return facts;
}

Manifest manifest_of(const Definition& definition, std::tm utc) {
  Manifest manifest;
  manifest.experiment = definition.name;
  manifest.question = definition.question;
  manifest.analysis = definition.analysis;
  manifest.definition = definition.file;
  manifest.overrides = definition.overrides;
  manifest.created = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc);
  manifest.seed = definition.seed ? *definition.seed : fresh_seed();
  manifest.binary_sha256 = binary_sha256();
  manifest.build = program_facts();
  manifest.host = host_facts();
  manifest.report = definition.report;
  manifest.cells = plan_cells(definition, manifest.seed);
  return manifest;
}

void check_same_program(const fs::path& folder, const Manifest& manifest) {
  const std::string own = binary_sha256();
  if (own == manifest.binary_sha256) return;
  std::string differing;
  for (const auto& [key, value] : program_facts()) {
    const auto theirs = manifest.build.find(key);
    if (theirs != manifest.build.end() && theirs->second != value)
      differing += fmt::format("; {}: {} then, {} now", key, theirs->second, value);
  }
  throw InputError(
      fmt::format("{}: expected the program that began the run (sha256 {:.12}), got another (sha256 {:.12}{})",
                  folder.string(), manifest.binary_sha256, own, differing));
}

// Leftovers of a program that was killed while it wrote; a file that is not whole counts as none.
void remove_torn_files(const fs::path& cells) {
  fs::create_directories(cells);
  std::vector<fs::path> torn;
  for (const auto& file : fs::directory_iterator(cells)) {
    try {
      if (file.path().extension() != ".jsonl" ||
          parse_cell_file(read_file(file.path()), file.path().string()).outcome == Outcome::missing)
        torn.push_back(file.path());
    } catch (const InputError&) {
      torn.push_back(file.path());
    }
  }
  for (const auto& path : torn) fs::remove(path);
}

std::size_t count_done(const Run& run) {
  std::size_t done = 0;
  for (const auto& row : run.rows) done += row.result.outcome == Outcome::missing ? 0 : 1;
  return done;
}

// False if the person interrupted.
bool run_missing(Run& run, const std::vector<std::string>& command, Progress& progress) {
  const Interrupt interrupt;
  Store store(run.folder / "results.db", run.manifest);
  for (auto& row : run.rows) {
    if (row.result.outcome != Outcome::missing) continue;
    if (interrupt.happened()) return false;
    progress.starting(row.cell);
    auto end = run_cell(row.cell, command, interrupt);
    if (!end) return false;
    write_file_whole(run.folder / "cells" / (row.cell.id + ".jsonl"), end->file);
    row.result = std::move(end->result);
    store.add(row.cell, row.result);
    progress.ended(row.cell, row.result);
  }
  return true;
}

}  // namespace

fs::path begin_run(const Definition& definition, const fs::path& out) {
  const std::tm utc = fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
  const fs::path folder = create_folder(out, fmt::format("{}-{:%Y%m%d-%H%M%S}", definition.name, utc));
  try {
    write_file_whole(folder / "definition.toml", definition.text);
    write_file_whole(folder / "topology.xml", Topology::host().xml());
    write_manifest(folder, manifest_of(definition, utc));
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    throw;
  }
  return folder;
}

RunEnd continue_run(const fs::path& folder, const std::vector<std::string>& cell_command, std::FILE* progress_out) {
  check_same_program(folder, read_manifest(folder));
  const RunLock lock(folder);
  remove_torn_files(folder / "cells");
  Run run = read_run(folder);
  rebuild_store(run);
  Progress progress(progress_out, run.rows.size(), count_done(run));
  RunEnd end;
  end.interrupted = !run_missing(run, cell_command, progress);
  progress.close();
  end.done = count_done(run);
  for (auto& row : run.rows) {
    if (row.result.outcome != Outcome::missing && row.result.outcome != Outcome::ok)
      end.failed.push_back(std::move(row));
  }
  return end;
}

}  // namespace rota::experiments
