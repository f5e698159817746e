// Chooses the charts of a report.
#include "analysis/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/heat.hpp"
#include "analysis/labels.hpp"
#include "analysis/plot.hpp"
#include "analysis/units.hpp"

namespace rota::analysis {
namespace {

constexpr std::size_t enough_for_lines = 4;

using Wish = experiments::ReportChart;  // everything but the kind may be empty

std::string noun(const std::string& parameter, double value) {
  return parameter == "tasks" || parameter == "connections" ? fmt::format("{} {}", short_number(value), parameter)
                                                            : fmt::format("{} = {}", parameter, short_number(value));
}

std::string titled(const Wish& wish, std::string otherwise) {
  return wish.title.empty() ? std::move(otherwise) : wish.title;
}

// One workload's panel over its worker counts.
Plot over_workers(const Panel& panel, const Wish& wish) {
  Plot plot{.kind = wish.chart,
            .title = titled(wish, panel.workload.label),
            .subtitle = quantity(panel),
            .x_name = "workers",
            .slices = {},
            .gain = !wish.against.empty()};
  if (plot.kind.empty()) plot.kind = panel.columns.size() >= enough_for_lines ? "lines" : "bars";
  if (!wish.title.empty()) plot.subtitle = panel.workload.label + ", " + plot.subtitle;
  for (std::size_t i = 0; i < panel.columns.size(); ++i) {
    plot.slices.push_back({&panel, i, static_cast<double>(panel.columns[i].workers), column_name(panel, i)});
  }
  return plot;
}

// What the labels of a sweep's workloads have in common, without the swept value: "spawn tasks=1000" … is "spawn".
std::string title_of(const Sweep& sweep) {
  std::string common = sweep.panels.front()->workload.label;
  for (const Panel* panel : sweep.panels) {
    const std::string& label = panel->workload.label;
    common.resize(static_cast<std::size_t>(std::ranges::mismatch(common, label).in1 - common.begin()));
  }
  common.resize(std::min(common.size(), common.rfind(' ') == common.npos ? 0 : common.rfind(' ')));
  return common.empty() ? sweep.panels.front()->workload.use : common;
}

// A swept parameter at one column; none if some panel lacks the column.
Plot over_parameter(const Sweep& sweep, const Column& column, const Wish& wish) {
  Plot plot{.kind = wish.chart.empty() ? "lines" : wish.chart,
            .title = titled(wish, title_of(sweep)),
            .subtitle = {},
            .x_name = sweep.parameter,
            .slices = {},
            .gain = !wish.against.empty()};
  for (std::size_t i = 0; i < sweep.panels.size(); ++i) {
    const Panel& panel = *sweep.panels[i];
    const auto at = std::ranges::find(panel.columns, column);
    if (at == panel.columns.end()) continue;
    const auto index = static_cast<std::size_t>(at - panel.columns.begin());
    plot.slices.push_back({&panel, index, sweep.values[i], noun(sweep.parameter, sweep.values[i])});
    plot.subtitle = fmt::format("{}, {}", quantity(panel), column_name(panel, index));
  }
  return plot;
}

void add_sweep(const Run& run, const Summary& summary, const Sweep& sweep, const Wish& wish, Json& charts) {
  for (const Column& column : sweep.panels.front()->columns) {
    const Plot plot = over_parameter(sweep, column, wish);
    if (plot.slices.size() > 1) charts.push_back(draw(run, summary, plot));
  }
}

// All workloads beside each other, at their last worker count.
void add_workloads(const Run& run, const Summary& summary, const Wish& wish, Json& charts) {
  Plot plot{.kind = "bars",
            .title = titled(wish, "All workloads"),
            .subtitle = {},
            .x_name = "workload",
            .slices = {},
            .gain = !wish.against.empty()};
  std::string unit;
  for (const Panel& panel : summary.panels) {
    const bool wanted = wish.metric.empty() ? panel.primary : panel.metric == wish.metric;
    if (!wanted || panel.columns.empty() || (!plot.gain && !unit.empty() && unit != panel.unit)) continue;
    unit = panel.unit;
    plot.slices.push_back({&panel, panel.columns.size() - 1, 0, panel.workload.label});
    plot.subtitle = fmt::format("{}, {}", quantity(panel), column_name(panel, panel.columns.size() - 1));
  }
  if (!plot.slices.empty()) charts.push_back(draw(run, summary, plot));
}

void add_panels(const Run& run, const Summary& summary, const Wish& wish, const std::set<const Panel*>& done,
                Json& charts) {
  for (const Panel& panel : summary.panels) {
    const bool wanted = wish.metric.empty() ? panel.primary : panel.metric == wish.metric;
    if (wanted && !done.contains(&panel)) charts.push_back(draw(run, summary, over_workers(panel, wish)));
  }
}

void add_wish(const Run& run, const Summary& usual, const Wish& wish, Json& charts) {
  const bool other = !wish.against.empty() && wish.against != usual.baseline;
  const Summary summary = other ? summarise(run, wish.against) : usual;
  if (wish.chart == "heat") {
    Json map = draw_heat(run, summary, wish.metric);
    if (!map.is_null() && !wish.title.empty()) map["title"] = wish.title;
    if (!map.is_null()) charts.push_back(std::move(map));
  } else if (wish.x.empty() || wish.x == "workers" || wish.x == "policy") {
    add_panels(run, summary, wish, {}, charts);
  } else if (wish.x == "workload") {
    add_workloads(run, summary, wish, charts);
  } else {
    for (const Sweep& sweep : find_sweeps(summary.panels)) {
      const bool wanted = wish.metric.empty() || sweep.panels.front()->metric == wish.metric;
      if (wanted && sweep.parameter == wish.x) add_sweep(run, summary, sweep, wish, charts);
    }
  }
}

void add_wishes(const Run& run, const Summary& summary, ChartSet& set) {
  for (const Wish& wish : run.charts) {
    const std::size_t before = set.charts.size();
    add_wish(run, summary, wish, set.charts);
    if (set.charts.size() == before) {
      set.notes.push_back(fmt::format("The definition asks for {} of {} over {}, but the run has no figures for it.",
                                      wish.chart, wish.metric.empty() ? "every first metric" : wish.metric,
                                      wish.x.empty() ? "workers" : wish.x));
    }
  }
}

// The workload's settings without one; with `use` and metric in front, what the panels of one sweep share.
std::string rest_of(const Panel& panel, const std::string& key) {
  Json config = panel.workload.config;
  config.erase(key);
  return panel.workload.use + "\n" + panel.metric + "\n" + config.dump();
}

}  // namespace

std::vector<Sweep> find_sweeps(const std::vector<Panel>& panels) {
  std::map<std::pair<std::string, std::string>, std::map<double, const Panel*>> groups;  // by parameter and the rest
  for (const Panel& panel : panels) {
    if (!panel.primary) continue;
    for (const auto& [key, setting] : panel.workload.config.items()) {
      if (double value = 0; numeric(setting, value)) groups[{key, rest_of(panel, key)}].emplace(value, &panel);
    }
  }
  std::vector<Sweep> sweeps;
  for (const auto& [name, members] : groups) {
    if (members.size() < 3) continue;
    Sweep sweep{.parameter = name.first, .panels = {}, .values = {}};
    for (const auto& [value, panel] : members) {
      sweep.values.push_back(value);
      sweep.panels.push_back(panel);
    }
    sweeps.push_back(std::move(sweep));
  }
  return sweeps;
}

ChartSet make_charts(const Run& run, const Summary& summary) {
  ChartSet set;
  if (summary.panels.empty()) return set;
  if (!run.charts.empty()) {
    add_wishes(run, summary, set);
    return set;
  }
  Wish chosen_here;
  chosen_here.chart.clear();  // bars or lines, as the figures need
  const std::vector<Sweep> sweeps = find_sweeps(summary.panels);
  std::set<const Panel*> done;
  for (const Sweep& sweep : sweeps) done.insert(sweep.panels.begin(), sweep.panels.end());
  const auto alone = [&](const Panel& panel) { return panel.primary && !done.contains(&panel); };
  if (std::ranges::count_if(summary.panels, alone) > 1) {
    if (Json map = draw_heat(run, summary); !map.is_null()) set.charts.push_back(std::move(map));
  }
  for (const Sweep& sweep : sweeps) add_sweep(run, summary, sweep, chosen_here, set.charts);
  add_panels(run, summary, chosen_here, done, set.charts);
  return set;
}

}  // namespace rota::analysis
