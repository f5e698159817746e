// Lays verdicts out for a terminal.
#include "analysis/terminal/gate_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/terminal/terminal_text.hpp"
#include "analysis/words/units.hpp"

namespace rota::analysis {
namespace {

using Verdict = GateRow::Verdict;

std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::same:
      return "";
    case Verdict::better:
      return "better";
    case Verdict::worse:
      return "WORSE";
    case Verdict::only_here:
      return "only in this build";
    case Verdict::only_there:
      return "only in that build";
  }
  return "";
}

std::string time_text(double ns) { return ns == 0 ? "–" : human(ns, "ns"); }

std::string ratio_cell(const GateRow& row) {
  if (!row.ratio) return "–";
  return fmt::format("{:.3f} [{:.3f}, {:.3f}]", row.ratio->median, row.ratio->low, row.ratio->high);
}

std::string line_of(const GateRow& row, std::size_t width, const Style& style) {
  const std::string noise = row.ratio ? fmt::format("±{:.1f} %", 100 * row.noise) : "";
  const std::string line =
      fmt::format("  {}  {}  {}  {}  {}  ", fit(row.benchmark, width), fit(time_text(row.here_ns), 8),
                  fit(time_text(row.there_ns), 8), fit(ratio_cell(row), 22), fit(noise, 8));
  const char* const colour = row.verdict == Verdict::worse ? "31" : row.verdict == Verdict::better ? "1" : "2";
  return trimmed(line + style(colour, std::string(word_of(row.verdict))));
}

std::string plural(std::size_t count) { return count == 1 ? "1 benchmark" : fmt::format("{} benchmarks", count); }

}  // namespace

std::string gate_table(std::span<const GateRow> rows, std::string_view there, bool colour) {
  const Style style{colour};
  std::size_t width = 9;
  for (const GateRow& row : rows) width = std::max(width, std::min<std::size_t>(width_of(row.benchmark), 48));
  std::string text = style("2", trimmed(fmt::format("  {}  {}  {}  {}  {}", fit("benchmark", width), fit("this", 8),
                                                    fit(there, 8), fit("ratio, 95 % interval", 22), "noise")));
  for (const GateRow& row : rows) text += line_of(row, width, style);
  const std::size_t alone = count_of(rows, Verdict::only_here) + count_of(rows, Verdict::only_there);
  text +=
      fmt::format("\n{} compared: {} worse than in {} by more than their noise, {} better",  //
                  plural(rows.size() - alone), count_of(rows, Verdict::worse), there, count_of(rows, Verdict::better));
  if (alone > 0) text += fmt::format("; {} in one build only", alone);
  return text + "\n";
}

}  // namespace rota::analysis
