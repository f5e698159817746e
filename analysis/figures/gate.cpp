// Judges the timings of two builds.
#include "analysis/figures/gate.hpp"

#include <algorithm>

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

}  // namespace rota::analysis
