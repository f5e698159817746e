// Turns slices of panels into what the page draws.
#include "analysis/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/answer.hpp"
#include "analysis/units.hpp"

namespace rota::analysis {
namespace {

constexpr double log_span = 50;      // figures that differ by more than this are not comparable on a linear axis
constexpr double log_x_span = 99.9;  // two decades

const Figure* figure_at(const Slice& slice, const std::string& policy) {
  const auto row = std::ranges::find(slice.panel->rows, policy, &Row::policy);
  if (row == slice.panel->rows.end() || row->control || !row->figures[slice.column]) return nullptr;
  return &*row->figures[slice.column];
}

struct Axis {
  Scale scale;
  std::string name;
  bool log = false;
};

std::vector<double> medians(const Run& run, const Plot& plot) {
  std::vector<double> values;
  for (const Slice& slice : plot.slices) {
    for (const std::string& policy : run.policies) {
      const Figure* figure = figure_at(slice, policy);
      if (figure && !plot.gain) values.push_back(figure->value.median);
      if (figure && plot.gain && figure->gain) values.push_back(figure->gain->median);
    }
  }
  return values;
}

Axis y_axis(const Run& run, const Summary& summary, const Plot& plot) {
  Axis axis;
  const Panel& panel = *plot.slices.front().panel;
  const std::vector<double> values = medians(run, plot);
  if (values.empty()) return axis;
  const auto [low, high] = std::ranges::minmax(values);
  axis.log = low > 0 && high / low > log_span;
  if (plot.gain) {
    axis.name = fmt::format("× better than {}", summary.baseline);
  } else {
    axis.scale = scale_for(panel.unit, axis.log ? median(values) : high);
    axis.name = quantity(panel) + (axis.scale.name.empty() ? "" : ", " + axis.scale.name);
  }
  return axis;
}

Json point(const Figure& figure, const Axis& axis, bool gain, double x) {
  const Estimate& estimate = gain ? *figure.gain : figure.value;
  const double factor = axis.scale.factor;
  Json samples = Json::array();
  if (!gain) {
    for (const BlockValue& sample : figure.samples) samples.push_back(sample.value * factor);
  }
  return {{"x", x},
          {"y", estimate.median * factor},
          {"low", estimate.low * factor},
          {"high", estimate.high * factor},
          {"count", estimate.count},
          {"samples", std::move(samples)}};
}

Json series_of(const Run& run, const Plot& plot, const Axis& axis) {
  Json series = Json::array();
  for (const std::string& policy : run.policies) {
    Json points = Json::array();
    for (std::size_t i = 0; i < plot.slices.size(); ++i) {
      const Figure* figure = figure_at(plot.slices[i], policy);
      if (!figure || (plot.gain && !figure->gain)) continue;
      const double x = plot.kind == "bars" ? static_cast<double>(i) : plot.slices[i].x;
      points.push_back(point(*figure, axis, plot.gain, x));
    }
    if (!points.empty()) {
      series.push_back({{"name", policy}, {"colour", colour_of(run, policy)}, {"points", std::move(points)}});
    }
  }
  return series;
}

bool x_is_log(const Plot& plot) {
  if (plot.kind != "lines") return false;
  const auto [low, high] = std::ranges::minmax(plot.slices, {}, &Slice::x);
  return low.x > 0 && high.x / low.x >= log_x_span;
}

}  // namespace

Json draw(const Run& run, const Summary& summary, const Plot& plot) {
  const Axis axis = y_axis(run, summary, plot);
  Json categories = Json::array();
  for (const Slice& slice : plot.slices) categories.push_back(slice.name);
  return {{"kind", plot.kind},
          {"title", plot.title},
          {"subtitle", plot.subtitle},
          {"answer", answer(run, summary, plot)},
          {"mark", mark_of(plot.slices)},
          {"xName", plot.x_name},
          {"xLog", x_is_log(plot)},
          {"yName", axis.name},
          {"yLog", axis.log},
          {"reference", plot.gain ? Json(1) : Json()},
          {"categories", std::move(categories)},
          {"series", series_of(run, plot, axis)}};
}

std::string quantity(const Panel& panel) {
  std::string text = panel.metric == "wall" ? "wall_time" : panel.metric;
  if (text == panel.unit) text = panel.unit == "bytes" ? "memory" : text == "ns" || text == "us" ? "time" : text;
  for (const auto& [prefix, word] : {std::pair<std::string_view, std::string_view>{"ns_", "time_"},
                                     {"us_", "time_"},
                                     {"ms_", "time_"},
                                     {"bytes_", "memory_"}}) {
    if (text.starts_with(prefix)) text.replace(0, prefix.size(), word);
  }
  if (text.ends_with("_" + panel.unit)) text.resize(text.size() - panel.unit.size() - 1);
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string mark_of(const std::vector<Slice>& slices) {
  std::set<std::string> marks;
  for (const Slice& slice : slices) {
    const Column& column = slice.panel->columns[slice.column];
    marks.insert(column.world == "real" ? "measured on real threads" : "simulated on " + column.machine);
  }
  std::string text;
  for (const std::string& mark : marks) text += (text.empty() ? "" : " and ") + mark;
  return text;
}

std::size_t colour_of(const Run& run, std::string_view policy) {
  std::size_t index = 0;
  for (const std::string& other : run.policies) {
    if (other == policy) break;
    if (!other.ends_with(control_suffix)) ++index;
  }
  return index;
}

}  // namespace rota::analysis
