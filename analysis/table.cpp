// Lays the panels of a run out for a terminal.
#include "analysis/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <span>

#include "analysis/summary.hpp"
#include "analysis/trust.hpp"
#include "analysis/units.hpp"

namespace rota::analysis {
namespace {

constexpr std::size_t label_limit = 26, cell_width = 25, gain_width = 20, gap = 2;

struct Style {
  bool on;
  [[nodiscard]] std::string operator()(std::string_view code, std::string text) const {
    return on && !code.empty() ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
  }
};

std::size_t width_of(std::string_view text) {  // code points: labels and units need no wider ones
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

// Cut to `width` code points with an ellipsis, or filled up with blanks.
std::string fit(std::string_view text, std::size_t width) {
  const std::size_t length = width_of(text);
  if (length <= width) return std::string(text) + std::string(width - length, ' ');
  std::string cut;
  std::size_t taken = 0;
  for (const char c : text) {
    if ((c & 0xC0) != 0x80 && ++taken == width) break;
    cut += c;
  }
  return cut + "…";
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

// Terminals obey control characters in what a cell printed; a table must not.
std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string value_text(const Figure& figure, const std::string& unit) {
  const Estimate& value = figure.value;
  const Scale scale = scale_for(unit, value.median);
  const auto number = [&](double one) { return three_digits(one * scale.factor); };
  std::string text = number(value.median) + (scale.name.empty() ? "" : " ") + scale.name;
  if (value.count > 1) text += fmt::format(" [{}, {}]", number(value.low), number(value.high));
  return text;
}

std::string gain_text(const Estimate& gain) {
  if (gain.count < 2) return ratio_digits(gain.median) + "×";
  return fmt::format("{}× [{}, {}]", ratio_digits(gain.median), ratio_digits(gain.low), ratio_digits(gain.high));
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

std::string row_line(const Frame& frame, std::size_t index, std::span<const std::size_t> columns) {
  const Row& row = frame.panel.rows[index];
  std::string line = "  " + frame.style(row.control ? "2" : "", fit(printable(row.policy), frame.label_width));
  for (const std::size_t column : columns) {
    const auto& figure = row.figures[column];
    const bool best = best_row(frame.panel, column) == index;
    const std::string value = fit(figure ? value_text(*figure, frame.panel.unit) : "–", cell_width);
    const bool compared = figure && figure->gain && row.policy != frame.baseline;
    line += std::string(gap, ' ') + frame.style(best ? "1" : row.control ? "2" : "", value);
    line += frame.style(row.control ? "2" : "", fit(compared ? gain_text(*figure->gain) : "", gain_width));
  }
  return trimmed(line);
}

std::string panel_text(const Frame& frame) {
  const Panel& panel = frame.panel;
  std::string text = frame.style("1", printable(panel.workload.label)) + " · " + printable(panel.metric) +
                     frame.style("2", panel.lower_is_better ? "  (less is better)" : "  (more is better)") + "\n";
  const std::size_t room = table_width - 2 - frame.label_width;
  const std::size_t together = std::max<std::size_t>(1, room / (gap + cell_width + gain_width));
  for (std::size_t first = 0; first < panel.columns.size(); first += together) {
    std::vector<std::size_t> columns;
    for (std::size_t i = first; i < std::min(first + together, panel.columns.size()); ++i) columns.push_back(i);
    text += heading(frame, columns);
    for (std::size_t row = 0; row < panel.rows.size(); ++row) text += row_line(frame, row, columns);
  }
  return text + "\n";
}

std::string wrapped(std::string_view text) {
  std::string lines, line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && width_of(line) + 1 + width_of(word) > table_width) {
      lines += line + "\n";
      line = "  ";
      line += word;
    } else {
      line += (line.empty() ? "" : " ") + std::string(word);
    }
  }
  return lines + line + "\n";
}

std::string discarded_text(const Summary& summary, const Style& style) {
  if (summary.discarded.empty()) return {};
  std::string text = style("1;31", fmt::format("{} cell{} gave no figure:", summary.discarded.size(),
                                               summary.discarded.size() == 1 ? "" : "s")) +
                     "\n";
  for (const Discarded& one : summary.discarded) {
    const std::string why = one.detail.empty() ? one.outcome : one.outcome + ": " + one.detail;
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
  return wrapped(
      fmt::format("Median over processes [{}]. × vs {}: times better, taken inside blocks; above 1 is better.",
                  count > 1 ? interval : "one repetition: no interval", printable(summary.baseline)));
}

// What the table leaves out, so that nobody thinks it was not measured.
std::string other_metrics(const Summary& summary) {
  std::set<std::string> names;
  for (const Panel& panel : summary.panels) {
    if (!panel.primary) names.insert(panel.metric);
  }
  if (names.empty()) return {};
  return wrapped(printable(fmt::format("The report and the export also hold: {}.", fmt::join(names, ", "))));
}

}  // namespace

std::string format_table(const Run& run, bool colour) {
  const Summary summary = summarise(run);
  const Style style{colour};
  std::size_t label_width = 6;
  for (const std::string& policy : run.policies) label_width = std::max(label_width, width_of(policy));
  label_width = std::min(label_width, label_limit);
  std::string text;
  for (const Panel& panel : summary.panels) {
    if (panel.primary) text += panel_text({panel, summary.baseline, label_width, style});
  }
  if (summary.panels.empty()) text += "No cell gave a figure.\n";
  if (!summary.panels.empty()) text += legend(summary) + other_metrics(summary);
  for (const Control& control : summary.controls) {
    text += style(control.holds() ? "" : "1;31", wrapped(printable(sentence(control))));
  }
  if (!summary.unsteady.empty()) text += style("1;33", wrapped(printable(unsteady_sentence(summary))));
  text += style(summary.noise.reasons.empty() ? "" : "1;33", wrapped(sentence(summary.noise)));
  return text + discarded_text(summary, style);
}

void print_table(const Run& run, std::FILE* out, bool colour) {
  const std::string text = format_table(run, colour);
  std::fwrite(text.data(), 1, text.size(), out);
}

}  // namespace rota::analysis
