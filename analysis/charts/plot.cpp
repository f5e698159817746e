// What is to be said of slices, whatever is drawn of them.
#include "analysis/charts/plot.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

constexpr double log_span = 50;  // values that differ by more than this are not comparable on a linear axis

bool is_from_simulation(const Slice& slice) { return is_simulated(slice.panel->columns[slice.column].kind); }

}  // namespace

bool has_simulated(const std::vector<Slice>& slices) { return std::ranges::any_of(slices, is_from_simulation); }

bool needs_log(const std::vector<double>& values) {
  if (values.empty()) return false;
  const auto [low, high] = std::ranges::minmax(values);
  return low > 0 && high / low > log_span;
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
    marks.insert(provenance(column.kind, column.machine));
  }
  return listed({marks.begin(), marks.end()});
}

std::string marked_title(const std::string& title, const std::vector<Slice>& slices) {
  if (!has_simulated(slices)) return title;
  return title + (std::ranges::all_of(slices, is_from_simulation) ? " (simulated)" : " (measured and simulated)");
}

}  // namespace rota::analysis
