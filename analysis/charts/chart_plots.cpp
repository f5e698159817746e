// Lays out which figures stand where in a chart.
#include "analysis/charts/chart_plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <utility>
#include <variant>

#include "analysis/figures/speedup.hpp"
#include "analysis/words/units.hpp"
#include "record/request_json.hpp"

namespace rota::analysis {
namespace {

constexpr std::size_t enough_for_lines = 4;

// Settings that are durations count in nanoseconds, whatever unit the definition wrote.
bool is_duration(const Sweep& sweep) {
  const auto* text = std::get_if<std::string>(&sweep.panels.front()->workload.with.at(sweep.parameter));
  return text != nullptr && text->ends_with('s');
}

std::string noun(const std::string& parameter, double value) {
  return parameter == "tasks" || parameter == "connections" ? fmt::format("{} {}", short_number(value), parameter)
                                                            : fmt::format("{} = {}", parameter, short_number(value));
}

std::string workers_name(unsigned workers) { return fmt::format("{} worker{}", workers, workers == 1 ? "" : "s"); }

bool same_place(const Column& one, const Column& other) {
  return one.machine == other.machine && one.workers == other.workers && one.placement == other.placement;
}

std::string titled(const Wish& wish, std::string otherwise) {
  return wish.title.empty() ? std::move(otherwise) : wish.title;
}

Measure measure_of(const Wish& wish) {
  if (speedup_metric(wish.y)) return Measure::speedup;
  return wish.against.empty() ? Measure::figure : Measure::gain;
}

bool wanted(const Panel& panel, const Wish& wish) {
  const std::string metric = metric_of(wish);
  return metric.empty() ? panel.primary : panel.metric == metric;
}

Plot plot_of(const Wish& wish, std::string title, std::string x_name) {
  return {.kind = wish.chart,
          .title = titled(wish, std::move(title)),
          .subtitle = {},
          .x_name = std::move(x_name),
          .slices = {},
          .measure = measure_of(wish),
          .against = wish.against};
}

// Columns that share one chart: those of one machine and placement. Real threads and a simulated "host" do share one,
// as series of their own.
using Facets = std::map<std::pair<std::string, std::string>, std::vector<std::size_t>>;

Facets facets_of(const Panel& panel) {
  Facets facets;
  for (std::size_t i = 0; i < panel.columns.size(); ++i) {
    facets[{panel.columns[i].machine, panel.columns[i].placement}].push_back(i);
  }
  return facets;
}

// The facet's name, without what all facets have in common: ", scatter on 2s-64c".
std::string facet_name(const Facets& facets, const Facets::key_type& facet) {
  const auto differ = [&](auto member) {
    return std::ranges::any_of(facets, [&](const auto& other) { return other.first.*member != facet.*member; });
  };
  std::string name = differ(&Facets::key_type::second) ? ", " + facet.second : "";
  if (differ(&Facets::key_type::first)) name += " on " + facet.first;
  return name;
}

// One workload's panel over its worker counts, a chart for each facet.
std::vector<Plot> over_workers(const Panel& panel, const Wish& wish) {
  std::vector<Plot> plots;
  const Facets facets = facets_of(panel);
  for (const auto& [facet, columns] : facets) {
    Plot plot = plot_of(wish, panel.workload.label, "workers");
    plot.subtitle =
        (wish.title.empty() ? "" : panel.workload.label + ", ") + quantity(panel) + facet_name(facets, facet);
    std::set<unsigned> counts;
    for (const std::size_t i : columns) {
      const unsigned workers = panel.columns[i].workers;
      counts.insert(workers);
      plot.slices.push_back({&panel, i, static_cast<double>(workers), workers_name(workers)});
    }
    if (plot.kind.empty()) plot.kind = counts.size() >= enough_for_lines ? "lines" : "bars";
    plots.push_back(std::move(plot));
  }
  return plots;
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

// A swept parameter at one place, in both worlds if the run has both; panels that lack the place are left out.
Plot over_parameter(const Sweep& sweep, const Column& place, const Wish& wish) {
  const bool duration = is_duration(sweep);
  Plot plot = plot_of(wish, title_of(sweep), sweep.parameter + (duration ? ", ns" : ""));
  if (plot.kind.empty()) plot.kind = "lines";
  for (std::size_t i = 0; i < sweep.panels.size(); ++i) {
    const Panel& panel = *sweep.panels[i];
    for (std::size_t column = 0; column < panel.columns.size(); ++column) {
      if (!same_place(panel.columns[column], place)) continue;
      const double value = sweep.values[i];
      const std::string name =
          duration ? fmt::format("{} = {}", sweep.parameter, human(value, "ns")) : noun(sweep.parameter, value);
      plot.slices.push_back({&panel, column, value, name});
      plot.subtitle = fmt::format("{}, {}", quantity(panel), column_name(panel, column));
    }
  }
  return plot;
}

// The workload's settings without one; with `use` and metric in front, what the panels of one sweep share.
std::string rest_of(const Panel& panel, const std::string& key) {
  SettingValues rest = panel.workload.with;
  rest.erase(key);
  return panel.workload.use + "\n" + panel.metric + "\n" + record::to_json(rest);
}

}  // namespace

std::optional<double> numeric(const SettingValue& setting) {
  if (const auto* whole = std::get_if<std::int64_t>(&setting)) return static_cast<double>(*whole);
  if (const auto* number = std::get_if<double>(&setting)) return *number;
  if (!std::holds_alternative<std::string>(setting)) return std::nullopt;
  std::string text = std::get<std::string>(setting);
  std::erase(text, '_');
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str()) return std::nullopt;
  static const std::map<std::string_view, double> factors{{"", 1},     {"k", 1e3},  {"M", 1e6}, {"ns", 1},
                                                          {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
  const auto factor = factors.find(end);
  return factor == factors.end() ? std::nullopt : std::optional(value * factor->second);
}

std::string metric_of(const Wish& wish) { return speedup_metric(wish.y).value_or(wish.metric); }

std::vector<Sweep> find_sweeps(const std::vector<Panel>& panels, const std::string& metric) {
  std::map<std::pair<std::string, std::string>, std::map<double, const Panel*>> groups;  // by parameter and the rest
  for (const Panel& panel : panels) {
    if (metric.empty() ? !panel.primary : panel.metric != metric) continue;
    for (const auto& [key, setting] : panel.workload.with) {
      if (const auto value = numeric(setting)) groups[{key, rest_of(panel, key)}].emplace(*value, &panel);
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
  // The panels stand in the order of the definition, and so should what is made of them.
  std::ranges::sort(sweeps, {},
                    [](const Sweep& sweep) { return std::pair(std::ranges::min(sweep.panels), sweep.parameter); });
  return sweeps;
}

std::vector<Plot> plots_of_sweep(const Sweep& sweep, const Wish& wish) {
  std::vector<Plot> plots;
  const std::vector<Column>& columns = sweep.panels.front()->columns;
  for (auto column = columns.begin(); column != columns.end(); ++column) {
    const bool done = std::any_of(columns.begin(), column, [&](const Column& one) { return same_place(one, *column); });
    if (done) continue;
    plots.push_back(over_parameter(sweep, *column, wish));
    if (plots.back().slices.size() < 2) plots.pop_back();
  }
  return plots;
}

std::vector<Plot> plots_of_workloads(const Summary& summary, const Wish& wish) {
  Plot plot = plot_of(wish, "All workloads", "workload");
  plot.kind = "bars";
  std::string unit;
  for (const Panel& panel : summary.panels) {
    const bool comparable = plot.measure != Measure::figure || unit.empty() || unit == panel.unit;
    if (!wanted(panel, wish) || panel.columns.empty() || !comparable) continue;
    unit = panel.unit;
    for (std::size_t i = 0; i < panel.columns.size(); ++i) {
      if (i + 1 < panel.columns.size() && panel.columns[i].kind == panel.columns[i + 1].kind) continue;
      plot.slices.push_back({&panel, i, 0, panel.workload.label});
      plot.subtitle = fmt::format("{}, {}", quantity(panel), column_name(panel, i));
    }
  }
  if (plot.slices.empty()) return {};
  return {plot};
}

std::vector<Plot> plots_of_panels(const Summary& summary, const Wish& wish, const std::set<const Panel*>& done) {
  std::vector<Plot> plots;
  for (const Panel& panel : summary.panels) {
    if (wanted(panel, wish) && !done.contains(&panel))
      std::ranges::copy(over_workers(panel, wish), std::back_inserter(plots));
  }
  return plots;
}

}  // namespace rota::analysis
