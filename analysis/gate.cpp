// Judges the timings of two builds, and shows the verdicts.
#include "analysis/gate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/terminal_text.hpp"
#include "analysis/units.hpp"

namespace rota::analysis {
namespace {

using Verdict = GateRow::Verdict;

std::vector<BlockValue> values_of(std::span<const Timing> timings, std::string_view benchmark,
                                  std::initializer_list<Side> sides) {
  std::vector<BlockValue> values;
  for (const Timing& timing : timings) {
    if (timing.benchmark == benchmark && std::ranges::find(sides, timing.side) != sides.end())
      values.push_back({timing.block, timing.ns});
  }
  return values;
}

double median_of(std::span<const BlockValue> values) {
  if (values.empty()) return 0;
  std::vector<double> sample;
  for (const BlockValue& value : values) sample.push_back(value.value);
  return median(sample);
}

// As far as the interval reaches from 1, upwards: a ratio of 0.8 is as far as one of 1.25.
double reach(const Estimate& ratio) { return std::max(ratio.high, 1 / ratio.low) - 1; }

Verdict verdict_of(const GateRow& row) {
  if (row.there_ns == 0) return Verdict::only_here;
  if (row.here_ns == 0) return Verdict::only_there;
  if (!row.ratio) return Verdict::same;
  if (row.ratio->low > 1 + row.noise) return Verdict::worse;
  return row.ratio->high < 1 / (1 + row.noise) ? Verdict::better : Verdict::same;
}

GateRow row_of(std::span<const Timing> timings, const std::string& benchmark) {
  const auto here = values_of(timings, benchmark, {Side::here, Side::again});
  const auto there = values_of(timings, benchmark, {Side::there});
  GateRow row{.benchmark = benchmark, .here_ns = median_of(here), .there_ns = median_of(there)};
  row.ratio = ratio_in_blocks(here, there);
  const auto itself =
      ratio_in_blocks(values_of(timings, benchmark, {Side::again}), values_of(timings, benchmark, {Side::here}));
  if (itself) row.noise = std::max(least_noise, reach(*itself));
  row.verdict = verdict_of(row);
  return row;
}

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

std::vector<GateRow> judge(std::span<const Timing> timings) {
  std::vector<std::string> names;
  for (const Timing& timing : timings) {
    if (std::ranges::find(names, timing.benchmark) == names.end()) names.push_back(timing.benchmark);
  }
  std::vector<GateRow> rows;
  for (const std::string& name : names) rows.push_back(row_of(timings, name));
  return rows;
}

std::size_t count_of(std::span<const GateRow> rows, Verdict verdict) {
  return static_cast<std::size_t>(std::ranges::count(rows, verdict, &GateRow::verdict));
}

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
