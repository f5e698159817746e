// Run: a run directory as a value, for whoever reads results. It is read from manifest.json and cells/*.jsonl alone, so
// a run that was killed, or is still going on, can be read too.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "record/figure.hpp"
#include "record/manifest.hpp"

namespace rota::record {

enum class Outcome {
  pending,  // planned, not (yet) run; no file says so
  missing,  // not run: its peer was not built, or its allocator not installed, when the run began
  ok,
  wrong,       // an answer of the workload was wrong; its figures do not count
  crashed,     // ended by a signal, with an unknown status, or without speaking the protocol
  hung,        // still running at its time limit
  refused,     // said that it cannot do what was asked, or is another peer, or has another allocator, than the manifest
               // says
  not_spoken,  // was never planned, since its peer cannot do it; no file says so
};
[[nodiscard]] std::string_view to_text(Outcome outcome);

struct Answer {
  std::string name, expected, got;
  bool ok = false;
  friend bool operator==(const Answer&, const Answer&) = default;
};

// Counts by row and column: of "steals", tasks that one node (row) stole from another (column).
struct Matrix {
  std::string name;
  std::vector<std::vector<std::uint64_t>> rows;  // at least one, all of the same length
  friend bool operator==(const Matrix&, const Matrix&) = default;
};

// What became of one planned cell.
struct CellResult {
  Outcome outcome = Outcome::pending;
  std::string detail;  // one line: why it is not ok
  double wall_s = 0;   // from the start of its program to its end: figures and all overhead
  bool pinned = false;
  std::vector<Figure> figures;  // empty unless ok: figures beside a wrong answer are discarded
  std::vector<Answer> answers;
  std::vector<Matrix> matrices;  // empty unless ok
  friend bool operator==(const CellResult&, const CellResult&) = default;
};

// One process: one measurement of one combination, once.
struct Cell {
  PlannedCell plan;
  CellResult result;

  [[nodiscard]] bool ok() const { return result.outcome == Outcome::ok; }
  [[nodiscard]] const Choice& policy() const { return plan.request.policy; }
  [[nodiscard]] const Choice& workload() const { return plan.request.workload; }
  [[nodiscard]] World world() const { return plan.request.world; }
  [[nodiscard]] std::string machine() const { return machine_of(plan.request); }  // "host" for real threads
  [[nodiscard]] const std::string& placement() const { return plan.request.placement; }
  [[nodiscard]] std::uint32_t workers() const { return plan.request.workers; }
};

struct Run {
  std::filesystem::path folder;
  Manifest manifest;
  std::vector<Cell> cells;  // one for each planned one, in the order of execution
  // Labels of the cells, in the order of the definition; a twin's behind its original's.
  std::vector<std::string> policies, workloads;
};

// Throws InputError if the folder holds no run or a file in it is damaged.
[[nodiscard]] Run read_run(const std::filesystem::path& folder);

// The folder that a word of the user means: a path, a name under `runs`, or "latest" (the newest under `runs`).
// Throws InputError if there is none.
[[nodiscard]] std::filesystem::path find_run(std::string_view word, const std::filesystem::path& runs = "runs");

// The result in the text of cells/<id>.jsonl; `name` begins the message of the InputError that a damaged text throws.
[[nodiscard]] CellResult parse_cell_file(std::string_view text, const std::string& name);

}  // namespace rota::record
