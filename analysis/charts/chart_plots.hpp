// What a chart of the definition shows: from a wish to the slices of panels that are drawn.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/charts/plot.hpp"
#include "analysis/figures/summary.hpp"

namespace rota::analysis {

using Wish = record::ReportChart;  // everything may be empty: then the figures decide

// The metric that the wish names, be it inside "speedup(…)"; empty: each workload's first.
[[nodiscard]] std::string metric_of(const Wish& wish);

// A setting as a number: 1000, "10_000", "2us" (in ns). Nothing if it is none.
[[nodiscard]] std::optional<double> numeric(const SettingValue& setting);

// Panels of one metric whose workloads differ in exactly one numeric setting.
struct Sweep {
  std::string parameter;
  std::vector<const Panel*> panels;  // by rising value
  std::vector<double> values;
};

// All sweeps of at least three values among the panels of this metric, or the primary ones if it is empty.
[[nodiscard]] std::vector<Sweep> find_sweeps(const std::vector<Panel>& panels, const std::string& metric = {});

// All plots refer to the panels that they were made from.

// Over the swept parameter: a plot for each machine, placement and number of workers, with both worlds in it.
[[nodiscard]] std::vector<Plot> plots_of_sweep(const Sweep& sweep, const Wish& wish);

// All workloads beside each other, at the last number of workers of each world: one plot, or none.
[[nodiscard]] std::vector<Plot> plots_of_workloads(const Summary& summary, const Wish& wish);

// Over the numbers of workers: a plot for each workload, machine and placement, without the panels that are `done`.
[[nodiscard]] std::vector<Plot> plots_of_panels(const Summary& summary, const Wish& wish,
                                                const std::set<const Panel*>& done);

}  // namespace rota::analysis
