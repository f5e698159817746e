// Panels: for every workload and metric of a run the figures of policies against worker counts, with intervals, and
// gains over a baseline taken inside blocks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/figures/statistics.hpp"
#include "record/run.hpp"

namespace rota::analysis {

// Where a figure was taken: one column of a panel. Cells of different worlds or machines are never one sample.
struct Column {
  record::World kind = record::World::real;  // real or simulated
  std::string machine;
  unsigned workers = 0;
  std::string placement;
  auto operator<=>(const Column&) const = default;
};

// Of one policy at one column: a figure over processes.
struct PanelFigure {
  Estimate value;                   // over processes, in the panel's unit
  std::vector<BlockValue> samples;  // one per process
  std::optional<Estimate> gain;     // times better than the baseline, inside blocks; > 1 is better whatever the unit
  double effect = 0.5;              // A12: the probability to be better than the baseline
};

struct Row {
  std::string policy;
  bool control = false;                             // the second half of an A/A pair: shown, never ranked or charted
  std::vector<std::optional<PanelFigure>> figures;  // one per column of the panel
  // Of a primary panel, one per column: why there is no figure; nothing where there is one, or nothing was asked for.
  std::vector<std::optional<record::Outcome>> gaps;
};

struct Panel {
  record::Choice workload;
  std::string metric, unit;
  record::Direction direction = record::Direction::less;
  bool account = false;         // what the simulator tells of itself (record/figure.hpp)
  bool primary = false;         // the workload's first ranked metric
  std::vector<Column> columns;  // by kind of world, then workers
  std::vector<Row> rows;        // in the order of the definition

  [[nodiscard]] bool ranked() const { return direction != record::Direction::none; }
  // Of what is not ranked too: less counts as better there.
  [[nodiscard]] bool less_is_better() const { return direction != record::Direction::more; }
};

// Gains are taken against the policy of this label.
[[nodiscard]] std::vector<Panel> panels_of(const record::Run& run, const std::string& baseline);

// The same panels with gains against another policy.
[[nodiscard]] std::vector<Panel> compared_with(std::vector<Panel> panels, const std::string& baseline);

// The row's index with the best median in this column, controls aside; none if the column is empty or nothing is
// ranked.
[[nodiscard]] std::optional<std::size_t> best_row(const Panel& panel, std::size_t column);

// "2 workers", "2 workers, scatter", with the placement only if the panel has several. The world is not in it: who
// shows the name marks it (world.hpp).
[[nodiscard]] std::string column_name(const Panel& panel, std::size_t column);

}  // namespace rota::analysis
