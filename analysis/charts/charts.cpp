// Chooses the charts of a report.
#include "analysis/charts/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "analysis/charts/chart_plots.hpp"
#include "analysis/charts/draw.hpp"
#include "analysis/charts/heat.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

// A map for each world: one map of both would hide which figures are simulated.
void add_heats(const Summary& summary, const Wish& wish, Json& charts) {
  for (const record::World kind : {record::World::real, record::World::simulated}) {
    Json map = draw_heat(summary, kind, wish.metric);
    if (map.is_null()) continue;
    if (!wish.title.empty()) map["title"] = wish.title + (is_simulated(kind) ? std::string(simulated_suffix) : "");
    charts.push_back(std::move(map));
  }
}

// Lines of one metric are read beside each other: if one chart needs a logarithmic axis, all that can have one get it.
void draw_all(const Summary& summary, std::vector<Plot> plots, bool one_metric, Json& charts) {
  const auto log = [&](const Plot& plot) { return y_needs_log(summary, plot); };
  const bool share = one_metric && std::ranges::any_of(plots, log);
  for (Plot& plot : plots) {
    plot.prefer_log = share && plot.kind == "lines";
    charts.push_back(draw(summary, plot));
  }
}

std::vector<Plot> plots_of(const Summary& summary, const Wish& wish) {
  if (wish.x.empty() || wish.x == "workers" || wish.x == "policy") return plots_of_panels(summary, wish, {});
  if (wish.x == "workload") return plots_of_workloads(summary, wish);
  std::vector<Plot> plots;
  for (const Sweep& sweep : find_sweeps(summary.panels, metric_of(wish))) {
    if (sweep.parameter == wish.x) std::ranges::copy(plots_of_sweep(sweep, wish), std::back_inserter(plots));
  }
  return plots;
}

void add_wish(const Summary& usual, const Wish& wish, Json& charts) {
  const bool other = !wish.against.empty() && wish.against != usual.baseline;
  const Summary summary = other ? compared_with(usual, wish.against) : usual;
  if (wish.chart == "heat")
    add_heats(summary, wish, charts);
  else
    draw_all(summary, plots_of(summary, wish), !metric_of(wish).empty(), charts);
}

void add_wishes(const Summary& summary, const std::vector<Wish>& wishes, ChartSet& set) {
  for (const Wish& wish : wishes) {
    const std::size_t before = set.charts.size();
    add_wish(summary, wish, set.charts);
    if (set.charts.size() == before) {
      set.notes.push_back(fmt::format("The definition asks for {} of {} over {}, but the run has no figures for it.",
                                      wish.chart, metric_of(wish).empty() ? "every first metric" : metric_of(wish),
                                      wish.x.empty() ? "workers" : wish.x));
    }
  }
}

}  // namespace

ChartSet make_charts(const Summary& summary, const std::vector<Wish>& wishes) {
  ChartSet set;
  if (summary.panels.empty()) return set;
  if (!wishes.empty()) {
    add_wishes(summary, wishes, set);
    return set;
  }
  Wish chosen_here;
  chosen_here.chart.clear();  // bars or lines, as the figures need
  const std::vector<Sweep> sweeps = find_sweeps(summary.panels);
  std::set<const Panel*> done;
  for (const Sweep& sweep : sweeps) done.insert(sweep.panels.begin(), sweep.panels.end());
  const auto alone = [&](const Panel& panel) { return panel.primary && !done.contains(&panel); };
  if (std::ranges::count_if(summary.panels, alone) > 1) {
    add_heats(summary, chosen_here, set.charts);
  }
  for (const Sweep& sweep : sweeps) draw_all(summary, plots_of_sweep(sweep, chosen_here), false, set.charts);
  draw_all(summary, plots_of_panels(summary, chosen_here, done), false, set.charts);
  return set;
}

}  // namespace rota::analysis
