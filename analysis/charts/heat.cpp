// Lays gains out as a map.
#include "analysis/charts/heat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analysis/charts/plot.hpp"
#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

struct Tally {
  std::string policy;
  int better = 0, worse = 0;
};

Json cell_of(std::size_t x, std::size_t y, const Estimate& gain) {
  return {{"x", x}, {"y", y}, {"gain", gain.median}, {"low", gain.low}, {"high", gain.high}, {"sure", !gain.covers(1)}};
}

std::string sentence(const std::vector<Tally>& tallies, const std::string& baseline, std::size_t workloads) {
  const auto leader = std::ranges::max_element(tallies, {}, [](const Tally& one) { return one.better - one.worse; });
  if (leader == tallies.end() || leader->better == 0) {
    return fmt::format("No policy is clearly better than {} on any of the {} workloads.", baseline, workloads);
  }
  const std::string rest =
      leader->worse == 0 ? "and clearly worse on none" : fmt::format("and clearly worse on {}", leader->worse);
  return fmt::format("{} is clearly better than {} on {} of {} workloads {}.", leader->policy, baseline, leader->better,
                     workloads, rest);
}

// What all slices are called; where they differ, each is the one of the most workers.
std::string common_name(const std::vector<Slice>& slices) {
  const bool same = std::ranges::all_of(slices, [&](const Slice& one) { return one.name == slices.front().name; });
  return same ? slices.front().name : "the most workers of each";
}

std::vector<const Panel*> shown_panels(const Summary& summary, std::string_view metric) {
  std::vector<const Panel*> panels;
  for (const Panel& panel : summary.panels) {
    if (!panel.columns.empty() && (metric.empty() ? panel.primary : panel.metric == metric)) panels.push_back(&panel);
  }
  return panels;
}

// The last column of this kind of world: that of the most workers.
std::optional<std::size_t> last_column(const Panel& panel, record::World kind) {
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < panel.columns.size(); ++i) {
    if (panel.columns[i].kind == kind) last = i;
  }
  return last;
}

// Whether some policy can be compared with the baseline in the last column of this kind of world.
bool is_compared(const Panel& panel, record::World kind, const std::string& baseline) {
  const auto column = last_column(panel, kind);
  return column && std::ranges::any_of(panel.rows, [&](const Row& row) {
           return row.policy != baseline && !row.control && row.figures[*column] && row.figures[*column]->gain;
         });
}

}  // namespace

Json draw_heat(const Summary& summary, record::World kind, std::string_view metric) {
  auto panels = shown_panels(summary, metric);
  std::erase_if(panels, [&](const Panel* panel) { return !is_compared(*panel, kind, summary.baseline); });
  std::vector<Tally> tallies;
  for (const std::string& policy : summary.policies) {
    if (policy != summary.baseline && !record::is_twin(policy)) tallies.push_back({policy});
  }
  if (tallies.empty() || panels.empty()) return nullptr;
  Json rows = Json::array(), columns = Json::array(), cells = Json::array();
  std::vector<Slice> slices;
  for (std::size_t y = 0; y < panels.size(); ++y) {
    const Panel& panel = *panels[y];
    const std::size_t column = *last_column(panel, kind);
    slices.push_back({&panel, column, 0, column_name(panel, column)});
    rows.push_back(panel.workload.label);
    for (const Row& row : panel.rows) {
      const auto tally = std::ranges::find(tallies, row.policy, &Tally::policy);
      if (tally == tallies.end() || !row.figures[column] || !row.figures[column]->gain) continue;
      const Estimate& gain = *row.figures[column]->gain;
      if (gain.low > 1) ++tally->better;
      if (gain.high < 1) ++tally->worse;
      cells.push_back(cell_of(static_cast<std::size_t>(tally - tallies.begin()), y, gain));
    }
  }
  for (const Tally& tally : tallies) columns.push_back(tally.policy);
  return {{"kind", "heat"},
          {"title", marked_title("At a glance", slices)},
          {"subtitle", fmt::format("times better than {} at {}", summary.baseline, common_name(slices))},
          {"answer", sentence(tallies, summary.baseline, panels.size())},
          {"mark", mark_of(slices)},
          {"simulated", is_simulated(kind)},
          {"columns", std::move(columns)},
          {"rows", std::move(rows)},
          {"cells", std::move(cells)}};
}

}  // namespace rota::analysis
