// Lays the panels of a run out for a terminal.
#include "analysis/terminal/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <span>

#include "analysis/figures/prediction.hpp"
#include "analysis/figures/summary.hpp"
#include "analysis/figures/trust.hpp"
#include "analysis/terminal/estimate_text.hpp"
#include "analysis/terminal/place_table.hpp"
#include "analysis/terminal/terminal_text.hpp"
#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

std::string paragraph(std::string_view text) { return wrapped(text, table_width); }

constexpr std::size_t label_limit = 26, cell_width = 25, gain_width = 20, gap = 2;

// A policy that did not run here, and why.
std::string gap_text(const Row& row, std::size_t column) {
  return row.gaps[column] ? std::string(to_text(*row.gaps[column])) : "–";
}

struct Frame {
  const Panel& panel;
  const std::string& baseline;
  std::size_t label_width;
  Style style;
};

std::string heading(const Frame& frame, std::span<const std::size_t> columns) {
  std::string line = "  " + std::string(frame.label_width, ' ');
  for (const std::size_t column : columns) {
    line += std::string(gap, ' ') + fit(column_name(frame.panel, column), cell_width);
    line += fit(fmt::format("× vs {}", printable(frame.baseline)), gain_width);
  }
  return frame.style("2", trimmed(line));
}

// Which of the columns are simulated, and where; nothing if the whole panel was measured.
std::string world_line(const Frame& frame, std::span<const std::size_t> columns) {
  const auto simulated = [](const Column& column) { return is_simulated(column.kind); };
  if (std::ranges::none_of(frame.panel.columns, simulated)) return {};
  std::string line = "  " + std::string(frame.label_width, ' ');
  for (const std::size_t column : columns) {
    const Column& place = frame.panel.columns[column];
    const std::string mark = simulated(place) ? printable(badge(place.kind, place.machine)) : "measured";
    line += std::string(gap, ' ') + fit(mark, cell_width) + std::string(gain_width, ' ');
  }
  return frame.style("33", trimmed(line));
}

std::string row_line(const Frame& frame, std::size_t index, std::span<const std::size_t> columns) {
  const Row& row = frame.panel.rows[index];
  std::string line = "  " + frame.style(row.control ? "2" : "", fit(printable(row.policy), frame.label_width));
  for (const std::size_t column : columns) {
    const auto& figure = row.figures[column];
    const bool best = best_row(frame.panel, column) == index;
    const std::string value =
        fit(figure ? figure_text(figure->value, frame.panel.unit) : gap_text(row, column), cell_width);
    const bool compared = figure && figure->gain && row.policy != frame.baseline;
    line += std::string(gap, ' ') + frame.style(best ? "1" : row.control || !figure ? "2" : "", value);
    line += frame.style(row.control ? "2" : "", fit(compared ? ratio_text(*figure->gain) : "", gain_width));
  }
  return trimmed(line);
}

std::string panel_text(const Frame& frame) {
  const Panel& panel = frame.panel;
  std::string text = frame.style("1", printable(panel.workload.label)) + " · " + printable(panel.metric) +
                     frame.style("2", panel.less_is_better() ? "  (less is better)" : "  (more is better)") + "\n";
  const std::size_t room = table_width - 2 - frame.label_width;
  const std::size_t together = std::max<std::size_t>(1, room / (gap + cell_width + gain_width));
  for (std::size_t first = 0; first < panel.columns.size(); first += together) {
    std::vector<std::size_t> columns;
    for (std::size_t i = first; i < std::min(first + together, panel.columns.size()); ++i) columns.push_back(i);
    text += heading(frame, columns) + world_line(frame, columns);
    for (std::size_t row = 0; row < panel.rows.size(); ++row) text += row_line(frame, row, columns);
  }
  return text + "\n";
}

std::string discarded_text(const Summary& summary, const Style& style) {
  if (summary.discarded.empty()) return {};
  const std::size_t cells = discarded_count(summary.discarded);
  std::string text = style("1;31", fmt::format("{} cell{} gave no figure:", cells, cells == 1 ? "" : "s")) + "\n";
  for (const Discarded& one : summary.discarded) {
    const std::string why = std::string(to_text(one.outcome)) + (one.detail.empty() ? "" : ": ") + one.detail;
    const std::string line = printable(fmt::format("  {}  {}  {}", one.cell, one.what, why));
    text += trimmed(fit(line, std::min(width_of(line), table_width)));
  }
  return text;
}

std::size_t repetitions(const Summary& summary) {
  std::size_t most = 0;
  for (const Panel& panel : summary.panels) {
    for (const Row& row : panel.rows) {
      for (const auto& figure : row.figures) most = std::max(most, figure ? figure->value.count : 0);
    }
  }
  return most;
}

std::string legend(const Summary& summary) {
  const std::size_t count = repetitions(summary);
  const std::string interval = count >= smallest_bootstrap
                                   ? "95 % bootstrap interval of the median"
                                   : fmt::format(
                                         "range of {} repetitions, too few for an interval: it covers the true "
                                         "median with {:.0f} %",
                                         count, 100 * coverage_of_range(count));
  const auto by_place = [](const Panel& panel) { return panel.columns.size() > most_columns; };
  const auto usual = [&](const Panel& panel) { return panel.primary && !by_place(panel); };
  std::string text;
  if (std::ranges::any_of(summary.panels, usual)) {
    text += paragraph(
        fmt::format("Median over processes [{}]. × vs {}: times better, taken inside blocks; above 1 is better.",
                    count > 1 ? interval : "one repetition: no interval", printable(summary.baseline)));
  }
  if (std::ranges::any_of(summary.panels, by_place)) {
    text += paragraph("With a line for each place: medians over processes alone; the report has intervals and gains.");
  }
  return text;
}

// What the table leaves out, so that nobody thinks it was not measured.
std::string other_metrics(const Summary& summary) {
  std::set<std::string> names;
  for (const Panel& panel : summary.panels) {
    if (!panel.primary && !panel.account) names.insert(panel.metric);
  }
  const bool account = std::ranges::any_of(summary.panels, &Panel::account);
  if (account) names.insert("where simulated time went");
  if (names.empty()) return {};
  return paragraph(printable(fmt::format("The report and the export also hold: {}.", fmt::join(names, ", "))));
}

// What "sim" in the table means, and how far such figures are from measured ones.
std::string simulated_text(const Summary& summary) {
  const std::vector<std::string>& machines = summary.machines;
  if (machines.empty()) return {};
  const bool calibrated = std::ranges::find(machines, calibrated_machine) != machines.end();
  const bool several = machines.size() > 1;
  const std::string costs = !calibrated ? "are stated, not measured"
                            : several   ? "are stated, not measured, but for those of host"
                                        : "were measured by rota calibrate, as far as a host shows them";
  return paragraph(printable(fmt::format("sim: these figures are simulated on {}; {} costs {}.", listed(machines),
                                         several ? "their" : "its", costs))) +
         paragraph(printable(prediction_sentence(summary, find_pairs(summary.panels))));
}

}  // namespace

std::string format_table(const Summary& summary, bool colour) {
  const Style style{colour};
  std::size_t label_width = 6;
  for (const std::string& policy : summary.policies) label_width = std::max(label_width, width_of(policy));
  label_width = std::min(label_width, label_limit);
  std::string text;
  for (const Panel& panel : summary.panels) {
    if (!panel.primary) continue;
    text += panel.columns.size() > most_columns ? place_table(panel, style)
                                                : panel_text({panel, summary.baseline, label_width, style});
  }
  if (summary.panels.empty()) text += "No cell gave a figure.\n";
  if (!summary.panels.empty()) text += legend(summary) + simulated_text(summary) + other_metrics(summary);
  for (const Control& control : summary.controls) {
    text += style(control.holds() ? "" : "1;31", paragraph(printable(sentence(control))));
  }
  if (!summary.unsteady.empty()) text += style("1;33", paragraph(printable(unsteady_sentence(summary.unsteady))));
  text += style(summary.noise.reasons.empty() ? "" : "1;33", paragraph(sentence(summary.noise)));
  return text + discarded_text(summary, style);
}

void print_table(const Summary& summary, std::FILE* out, bool colour) {
  const std::string text = format_table(summary, colour);
  std::fwrite(text.data(), 1, text.size(), out);
}

}  // namespace rota::analysis
