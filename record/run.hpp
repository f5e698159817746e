// Run: a run directory as a value, for whoever reads results. It is read from manifest.json and cells/*.jsonl alone, so
// a run that was killed, or is still going on, can be read too.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "record/manifest.hpp"

namespace rota::record {

enum class Outcome {
  pending,  // planned, not (yet) run; no file says so
  missing,  // not run: its peer was not built, or its allocator not installed, when the run began
  ok,
  wrong,    // an answer of the workload was wrong; its figures do not count
  crashed,  // ended by a signal, with an unknown status, or without speaking the protocol
  hung,     // still running at its time limit
  refused,  // said that it cannot do what was asked, or is another peer, or has another allocator, than the manifest
            // says
};
[[nodiscard]] std::string_view to_text(Outcome outcome);

struct Figure {
  std::string metric;  // "ns_per_task"
  std::string unit;
  double value = 0;
  std::uint64_t iterations = 0;  // how many iterations of that one process the value summarises
  friend bool operator==(const Figure&, const Figure&) = default;
};

struct Answer {
  std::string name, expected, got;
  bool ok = false;
  friend bool operator==(const Answer&, const Answer&) = default;
};

// Counts by row and column: for instance tasks that one node (row) stole from another (column).
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

struct Row {
  PlannedCell cell;  // request.policy.label, request.workers, block, aa, …
  CellResult result;
};

struct Run {
  std::filesystem::path folder;
  Manifest manifest;
  std::vector<Row> rows;  // one for each planned cell, in the order of execution
};

// Throws InputError if the folder holds no run or a file in it is damaged.
[[nodiscard]] Run read_run(const std::filesystem::path& folder);

// The result in the text of cells/<id>.jsonl; `name` begins the message of the InputError that a damaged text throws.
[[nodiscard]] CellResult parse_cell_file(std::string_view text, const std::string& name);

}  // namespace rota::record
