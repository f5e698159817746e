// Turns slices of panels into what the page draws.
#include "analysis/charts/draw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/charts/answer.hpp"
#include "analysis/figures/speedup.hpp"
#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

record::World kind_of(const Slice& slice) { return slice.panel->columns[slice.column].kind; }

const Row* row_at(const Slice& slice, const std::string& policy) {
  const auto row = std::ranges::find(slice.panel->rows, policy, &Row::policy);
  if (row == slice.panel->rows.end() || row->control || !row->figures[slice.column]) return nullptr;
  return &*row;
}

// What is drawn of the policy in this slice.
std::optional<Estimate> estimate_at(const Slice& slice, const std::string& policy, const Plot& plot) {
  const Row* row = row_at(slice, policy);
  if (!row) return std::nullopt;
  if (plot.measure == Measure::speedup) return speedup_at(*slice.panel, slice.column, policy, plot.against);
  const PanelFigure& figure = *row->figures[slice.column];
  return plot.measure == Measure::gain ? figure.gain : std::optional(figure.value);
}

struct Axis {
  Scale scale;
  std::string name;
  bool log = false;
};

std::vector<double> medians(const Summary& summary, const Plot& plot) {
  std::vector<double> values;
  for (const Slice& slice : plot.slices) {
    for (const std::string& policy : summary.policies) {
      if (const auto estimate = estimate_at(slice, policy, plot)) values.push_back(estimate->median);
    }
  }
  return values;
}

unsigned fewest_workers(const Plot& plot) {
  unsigned fewest = plot.slices.front().panel->columns[plot.slices.front().column].workers;
  for (const Slice& slice : plot.slices) fewest = std::min(fewest, slice.panel->columns[slice.column].workers);
  return fewest;
}

std::string speedup_name(const Plot& plot) {
  const unsigned fewest = fewest_workers(plot);
  return fmt::format("speed-up, × {} at {} worker{}", plot.against.empty() ? "itself" : plot.against, fewest,
                     fewest == 1 ? "" : "s");
}

Axis y_axis(const Summary& summary, const Plot& plot) {
  Axis axis;
  const Panel& panel = *plot.slices.front().panel;
  const std::vector<double> values = medians(summary, plot);
  if (values.empty()) return axis;
  axis.log = needs_log(values) || (plot.prefer_log && std::ranges::min(values) > 0);
  if (plot.measure == Measure::gain) {
    axis.name = fmt::format("× better than {}", summary.baseline);
  } else if (plot.measure == Measure::speedup) {
    axis.name = speedup_name(plot);
  } else {
    axis.scale = scale_for(panel.unit, axis.log ? median(values) : std::ranges::max(values));
    axis.name = quantity(panel) + (axis.scale.name.empty() ? "" : ", " + axis.scale.name);
  }
  return axis;
}

Json point(const Slice& slice, const Row& row, const Estimate& estimate, const Axis& axis, const Plot& plot) {
  const double factor = axis.scale.factor;
  Json samples = Json::array();
  if (plot.measure == Measure::figure) {
    for (const BlockValue& sample : row.figures[slice.column]->samples) samples.push_back(sample.value * factor);
  }
  return {{"x", slice.x},
          {"y", estimate.median * factor},
          {"low", estimate.low * factor},
          {"high", estimate.high * factor},
          {"count", estimate.count},
          {"where", slice.name},
          {"samples", std::move(samples)}};
}

// The names of the x axis' positions, each once.
std::vector<std::string> positions(const Plot& plot) {
  std::vector<std::string> names;
  for (const Slice& slice : plot.slices) {
    if (std::ranges::find(names, slice.name) == names.end()) names.push_back(slice.name);
  }
  return names;
}

Json points_of(const Plot& plot, const Axis& axis, const std::string& policy, record::World kind) {
  const std::vector<std::string> names = positions(plot);
  Json points = Json::array();
  for (const Slice& slice : plot.slices) {
    const auto estimate = estimate_at(slice, policy, plot);
    if (kind_of(slice) != kind || !estimate) continue;
    Json one = point(slice, *row_at(slice, policy), *estimate, axis, plot);
    if (plot.kind == "bars") one["x"] = std::ranges::find(names, slice.name) - names.begin();
    points.push_back(std::move(one));
  }
  return points;
}

// Policies as series; a policy's simulated one stands beside its measured one.
Json series_of(const Summary& summary, const Plot& plot, const Axis& axis) {
  std::set<record::World> kinds;
  for (const Slice& slice : plot.slices) kinds.insert(kind_of(slice));
  Json series = Json::array();
  for (const std::string& policy : summary.policies) {
    for (const record::World kind : kinds) {
      const bool simulated = is_simulated(kind);
      Json points = points_of(plot, axis, policy, kind);
      if (points.empty()) continue;
      series.push_back({{"name", policy + std::string(simulated ? simulated_suffix : "")},
                        {"policy", policy},
                        {"simulated", simulated},
                        {"colour", colour_of(summary, policy)},
                        {"points", std::move(points)}});
    }
  }
  return series;
}

bool x_is_log(const Plot& plot) {
  std::vector<double> values;
  for (const Slice& slice : plot.slices) values.push_back(slice.x);
  return plot.kind == "lines" && needs_log(values);
}

}  // namespace

Json draw(const Summary& summary, const Plot& plot) {
  const Axis axis = y_axis(summary, plot);
  const bool ideal = plot.measure == Measure::speedup && plot.kind == "lines";
  return {{"kind", plot.kind},
          {"title", marked_title(plot.title, plot.slices)},
          {"subtitle", plot.subtitle},
          {"answer", answer(summary, plot)},
          {"mark", mark_of(plot.slices)},
          {"simulated", has_simulated(plot.slices)},
          {"xName", plot.x_name},
          {"xLog", x_is_log(plot)},
          {"yName", axis.name},
          {"yLog", axis.log},
          {"reference", plot.measure == Measure::figure ? Json() : Json(1)},
          {"ideal", ideal ? Json(fewest_workers(plot)) : Json()},
          {"categories", positions(plot)},
          {"series", series_of(summary, plot, axis)}};
}

bool y_needs_log(const Summary& summary, const Plot& plot) { return needs_log(medians(summary, plot)); }

}  // namespace rota::analysis
