// Makes run folders and runs cells.
#include "experiments/run/runner.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <random>

#include "experiments/definition/sweep.hpp"
#include "experiments/host/build_facts.hpp"
#include "experiments/host/host_facts.hpp"
#include "experiments/peers/allocators.hpp"
#include "experiments/peers/records.hpp"
#include "experiments/run/cell_run.hpp"
#include "experiments/run/peer_cell.hpp"
#include "experiments/run/progress.hpp"
#include "experiments/run/store.hpp"
#include "record/files.hpp"
#include "record/manifest_json.hpp"
#include "record/world.hpp"
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
    throw record::InputError(
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
  throw record::InputError(
      fmt::format("{}: expected a folder that can be written, got: {}", out.string(), error.message()));
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32 | device()) >> 11;
}

std::map<std::string, std::string> program_facts(bool simulated) {
  std::map<std::string, std::string> facts = build_facts();
  facts.merge(source_facts());
  if (simulated) facts["simulator_sha256"] = simulator_sha256();
  return facts;
}

std::vector<record::Label> labels_of(const std::vector<Entry>& entries) {
  std::vector<record::Label> labels;
  for (const auto& entry : entries) labels.push_back({entry.choice.label, entry.family});
  return labels;
}

record::Manifest manifest_of(const Definition& definition, std::tm utc) {
  record::Manifest manifest;
  manifest.experiment = definition.name;
  manifest.question = definition.question;
  manifest.analysis = definition.analysis;
  manifest.definition = definition.file;
  manifest.overrides = definition.overrides;
  manifest.created = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc);
  manifest.seed = definition.seed ? *definition.seed : fresh_seed();
  manifest.binary_sha256 = binary_sha256();
  manifest.build = program_facts(!definition.machines.empty());
  manifest.host = host_facts();
  manifest.machines = definition.machines;
  for (const auto& policy : definition.policies) {
    if (policy.peer) manifest.peers[policy.peer->name] = facts_of(*policy.peer);
    manifest.allocators[policy.allocator] = {};
  }
  for (auto& [name, facts] : manifest.allocators) facts = allocator_facts(name);
  manifest.policies = labels_of(definition.policies);
  manifest.workloads = labels_of(definition.workloads);
  manifest.report = definition.report;
  manifest.claims = definition.claims;
  manifest.not_spoken = not_spoken(definition);
  manifest.cells = plan_cells(definition, manifest.seed);
  return manifest;
}

void check_same_program(const fs::path& folder, const record::Manifest& manifest) {
  const std::string own = binary_sha256();
  const bool simulated = !manifest.machines.empty();
  const auto simulator = manifest.build.find("simulator_sha256");
  const bool same_simulator =
      !simulated || (simulator != manifest.build.end() && simulator->second == simulator_sha256());
  if (own == manifest.binary_sha256 && same_simulator) return;
  std::string differing;
  for (const auto& [key, value] : program_facts(simulated)) {
    const auto theirs = manifest.build.find(key);
    if (theirs != manifest.build.end() && theirs->second != value)
      differing += fmt::format("; {}: {} then, {} now", key, theirs->second, value);
  }
  throw record::InputError(
      fmt::format("{}: expected the program that began the run (sha256 {:.12}), got another (sha256 {:.12}{})",
                  folder.string(), manifest.binary_sha256, own, differing));
}

// Leftovers of a program that was killed while it wrote; a file that is not whole counts as none.
void remove_torn_files(const fs::path& cells) {
  fs::create_directories(cells);
  std::vector<fs::path> torn;
  for (const auto& file : fs::directory_iterator(cells)) {
    try {
      if (file.path().extension() == ".jsonl") {
        (void)record::parse_cell_file(record::read_file(file.path()), file.path().string());
      } else {
        torn.push_back(file.path());
      }
    } catch (const record::InputError&) {
      torn.push_back(file.path());
    }
  }
  for (const auto& path : torn) fs::remove(path);
}

std::size_t count_done(const record::Run& run) {
  std::size_t done = 0;
  for (const auto& cell : run.cells) done += cell.result.outcome == record::Outcome::pending ? 0 : 1;
  return done;
}

Share share_of(const record::Run& run, bool real) {
  Share share;
  for (const auto& cell : run.cells) {
    if (is_simulated(cell.world()) == real) continue;
    ++share.total;
    share.done += cell.result.outcome == record::Outcome::pending ? 0 : 1;
  }
  return share;
}

// Enough for every host, and few enough that their pipes stay below the usual limit of 1024 open files.
constexpr std::size_t most_at_once = 200;

// Does what is missing. The only writer of cells/ and of the store.
class CellRunner {
 public:
  CellRunner(record::Run& run, const std::vector<std::string>& command, Progress& progress)
      : run_(run), command_(command), progress_(progress), store_(run.folder / "results.db", run.manifest) {}

  // Both: false if the person interrupted. Cells that were running are then as if they had not been started.
  bool run_real() { return run_cells(missing(record::World::real), 1); }
  bool run_simulated() { return run_cells(missing(record::World::simulated), std::min(usable_cpus(), most_at_once)); }

 private:
  std::vector<record::Cell*> missing(record::World kind) {
    std::vector<record::Cell*> cells;
    for (auto& cell : run_.cells) {
      if (cell.result.outcome == record::Outcome::pending && kind_of(cell.world()) == kind) cells.push_back(&cell);
    }
    return cells;
  }

  bool run_cells(const std::vector<record::Cell*>& cells, std::size_t at_once) {
    Children children(interrupt_);
    std::size_t next = 0;
    while (next < cells.size() || children.running() > 0) {
      if (interrupt_.happened()) return false;
      if (next < cells.size() && children.running() < at_once) {
        start(children, next, *cells[next]);
        ++next;
        continue;
      }
      const auto ended = children.wait();
      if (!ended) return false;
      record::Cell& cell = *cells[ended->key];
      record(cell, judge(ended->end, cell.plan.timeout_s, version_of(run_.manifest, cell.plan)));
    }
    return true;
  }

  void start(Children& children, std::size_t key, record::Cell& cell) {
    Launch launch = launch_of(run_.manifest, cell.plan, command_);
    if (launch.instead) return record(cell, std::move(*launch.instead));
    progress_.starting(cell.plan);
    children.start(key, launch.command, cell_input(run_.manifest, cell.plan), cell.plan.timeout_s, launch.units,
                   launch.environment);
  }

  void record(record::Cell& cell, CellEnd end) {
    record::write_file_whole(run_.folder / "cells" / (cell.plan.id + ".jsonl"), end.file);
    cell.result = std::move(end.result);
    store_.add(cell.plan, cell.result);
    progress_.ended(cell.plan, cell.result);
  }

  record::Run& run_;
  const std::vector<std::string>& command_;
  Progress& progress_;
  Interrupt interrupt_;
  Store store_;
};

bool run_missing(record::Run& run, const std::vector<std::string>& command, Progress& progress) {
  CellRunner runner(run, command, progress);
  return runner.run_real() && runner.run_simulated();
}

void write_machines(const fs::path& folder, const std::map<std::string, record::MachineFacts>& machines) {
  if (machines.empty()) return;
  fs::create_directories(folder);
  for (const auto& [name, facts] : machines) record::write_file_whole(folder / (name + ".toml"), facts.text);
}

// A cell that lacks both counts for its peer, which is the first to be asked for.
void count_missing(const record::Manifest& manifest, const record::PlannedCell& cell, RunEnd& end) {
  const auto peer = record::peer_name(cell.request.policy.use);
  if (peer && !manifest.peers.at(*peer).missing.empty())
    ++end.missing[*peer];
  else
    ++end.missing_allocators[cell.allocator];
}

}  // namespace

fs::path begin_run(const Definition& definition, const fs::path& out) {
  const std::tm utc = fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
  const fs::path folder = create_folder(out, fmt::format("{}-{:%Y%m%d-%H%M%S}", definition.name, utc));
  try {
    record::write_file_whole(folder / "definition.toml", definition.text);
    record::write_file_whole(folder / "topology.xml", Topology::host().xml());
    write_machines(folder / "machines", definition.machines);
    record::write_manifest(folder, manifest_of(definition, utc));
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    throw;
  }
  return folder;
}

RunEnd continue_run(const fs::path& folder, const std::vector<std::string>& cell_command, std::FILE* progress_out) {
  check_same_program(folder, record::read_manifest(folder));
  const RunLock lock(folder);
  remove_torn_files(folder / "cells");
  record::Run run = record::read_run(folder);
  rebuild_store(run);
  Progress progress(progress_out, share_of(run, true), share_of(run, false));
  RunEnd end;
  end.interrupted = !run_missing(run, cell_command, progress);
  progress.close();
  end.done = count_done(run);
  for (auto& cell : run.cells) {
    const record::Outcome outcome = cell.result.outcome;
    if (outcome == record::Outcome::missing) count_missing(run.manifest, cell.plan, end);
    if (outcome != record::Outcome::missing && outcome != record::Outcome::pending && outcome != record::Outcome::ok)
      end.failed.push_back(std::move(cell));
  }
  return end;
}

}  // namespace rota::experiments
