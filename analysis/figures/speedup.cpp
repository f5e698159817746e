// Divides figures by those of the fewest workers.
#include "analysis/figures/speedup.hpp"

#include <algorithm>
#include <string_view>

namespace rota::analysis {
namespace {

const Row* row_of(const Panel& panel, const std::string& policy) {
  const auto row = std::ranges::find(panel.rows, policy, &Row::policy);
  return row == panel.rows.end() ? nullptr : &*row;
}

bool same_place(const Column& one, const Column& other) {
  return one.kind == other.kind && one.machine == other.machine && one.placement == other.placement;
}

}  // namespace

std::optional<std::size_t> smallest_column(const Panel& panel, std::size_t column, const std::string& policy) {
  const Row* row = row_of(panel, policy);
  std::optional<std::size_t> smallest;
  for (std::size_t i = 0; row && i < panel.columns.size(); ++i) {
    if (!row->figures[i] || !same_place(panel.columns[i], panel.columns[column])) continue;
    if (!smallest || panel.columns[i].workers < panel.columns[*smallest].workers) smallest = i;
  }
  return smallest;
}

std::optional<Estimate> speedup_at(const Panel& panel, std::size_t column, const std::string& policy,
                                   const std::string& against) {
  const std::string& reference = against.empty() ? policy : against;
  const auto first = smallest_column(panel, column, reference);
  const Row* row = row_of(panel, policy);
  if (!first || !row || !row->figures[column]) return std::nullopt;
  const auto &base = row_of(panel, reference)->figures[*first]->samples, &own = row->figures[column]->samples;
  return panel.less_is_better() ? ratio_in_blocks(base, own) : ratio_in_blocks(own, base);
}

std::optional<std::string> speedup_metric(const std::string& axis) {
  constexpr std::string_view begin = "speedup(";
  if (!axis.starts_with(begin) || !axis.ends_with(')')) return std::nullopt;
  return axis.substr(begin.size(), axis.size() - begin.size() - 1);
}

}  // namespace rota::analysis
