// Lays a panel out by places.
#include "analysis/terminal/place_table.hpp"

#include <algorithm>

#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

constexpr std::size_t place_limit = 44, policy_limit = 20, least_width = 8, gap = 2;

std::string place_name(const Panel& panel, std::size_t column) {
  const Column& place = panel.columns[column];
  const std::string mark = badge(place.kind, place.machine);
  return printable(column_name(panel, column) + (mark.empty() ? "" : "  " + mark));
}

std::size_t place_width(const Panel& panel) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < panel.columns.size(); ++i) width = std::max(width, width_of(place_name(panel, i)));
  return std::min(width, place_limit);
}

std::size_t policy_width(const Row& row) { return std::clamp(width_of(row.policy), least_width, policy_limit); }

std::string value_at(const Panel& panel, const Row& row, std::size_t column) {
  const auto& figure = row.figures[column];
  if (figure) return human(figure->value.median, panel.unit);
  return row.gaps[column] ? std::string(to_text(*row.gaps[column])) : "–";
}

// The places with these rows' policies across.
std::string block(const Panel& panel, const std::vector<std::size_t>& rows, const Style& style) {
  const std::size_t first = place_width(panel);
  std::string heading = "  " + std::string(first, ' ');
  for (const std::size_t row : rows) {
    heading += std::string(gap, ' ') + fit(printable(panel.rows[row].policy), policy_width(panel.rows[row]));
  }
  std::string text = style("2", trimmed(heading));
  for (std::size_t column = 0; column < panel.columns.size(); ++column) {
    std::string line = "  " + fit(place_name(panel, column), first);
    for (const std::size_t row : rows) {
      const std::string value = fit(value_at(panel, panel.rows[row], column), policy_width(panel.rows[row]));
      line += std::string(gap, ' ') + style(best_row(panel, column) == row ? "1" : "", value);
    }
    text += trimmed(line);
  }
  return text;
}

}  // namespace

std::string place_table(const Panel& panel, const Style& style) {
  std::string text = style("1", printable(panel.workload.label)) + " · " + printable(panel.metric) +
                     style("2", panel.less_is_better() ? "  (less is better)" : "  (more is better)") + "\n";
  std::vector<std::size_t> rows;
  std::size_t width = 2 + place_width(panel);
  for (std::size_t row = 0; row < panel.rows.size(); ++row) {
    if (panel.rows[row].control) continue;
    const std::size_t more = gap + policy_width(panel.rows[row]);
    if (!rows.empty() && width + more > table_width) {
      text += block(panel, rows, style);
      rows.clear();
      width = 2 + place_width(panel);
    }
    rows.push_back(row);
    width += more;
  }
  return text + block(panel, rows, style) + "\n";
}

}  // namespace rota::analysis
