// Sentences from figures.
#include "analysis/charts/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/figures/speedup.hpp"
#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

std::string interval(double low, double high, std::size_t count) {
  return count < 2 ? "" : fmt::format(" [{}, {}]", ratio_digits(low), ratio_digits(high));
}

// "2 workers", "2 workers (simulated)"
std::string place(const Slice& slice) {
  const bool simulated = is_simulated(slice.panel->columns[slice.column].kind);
  return slice.name + (simulated ? std::string(simulated_suffix) : std::string());
}

std::string times_better(const Slice& slice, const std::string& winner, const std::string& loser, double gain,
                         double low, double high, std::size_t count) {
  return fmt::format("{} {} {} at {}{}.", winner, better_by(slice.panel->unit, ratio_digits(gain)), loser, place(slice),
                     interval(low, high, count));
}

// The row with the best median among those that are neither the baseline nor controls.
const Row* runner_up(const Summary& summary, const Slice& slice) {
  Panel others = *slice.panel;
  for (Row& row : others.rows) row.control = row.control || row.policy == summary.baseline;
  const auto index = best_row(others, slice.column);
  return index ? &slice.panel->rows[*index] : nullptr;
}

std::string baseline_leads(const Summary& summary, const Slice& slice) {
  const Row* second = runner_up(summary, slice);
  if (!second || !second->figures[slice.column]->gain) return {};
  const Estimate& gain = *second->figures[slice.column]->gain;
  if (gain.high >= 1 || gain.low <= 0) {
    return fmt::format("{} and {} cannot be told apart at {}: the ratio is {}{}.", summary.baseline, second->policy,
                       place(slice), ratio_digits(gain.median), interval(gain.low, gain.high, gain.count));
  }
  return times_better(slice, summary.baseline, second->policy, 1 / gain.median, 1 / gain.high, 1 / gain.low,
                      gain.count);
}

std::string alone(const Slice& slice, const Row& row) {
  return fmt::format("{}: {} at {}.", row.policy, human(row.figures[slice.column]->value.median, slice.panel->unit),
                     place(slice));
}

// "From 1k to 1M tasks, work-stealing stays within 1.3×."
std::string flatness(const std::vector<Slice>& slices, const std::string& policy) {
  std::vector<double> values;
  for (const Slice& slice : slices) {
    const auto row = std::ranges::find(slice.panel->rows, policy, &Row::policy);
    if (row != slice.panel->rows.end() && row->figures[slice.column]) {
      values.push_back(row->figures[slice.column]->value.median);
    }
  }
  if (values.size() < 3) return {};
  const auto [low, high] = std::ranges::minmax(values);
  if (low <= 0) return {};
  return fmt::format(" From {} to {}, {} stays within {}×.", slices.front().name, slices.back().name, policy,
                     ratio_digits(high / low));
}

// "work-stealing gains most: 41.0× over itself at 1 worker, at 64 workers."
std::string most_gained(const Summary& summary, const Plot& plot, const Slice& slice) {
  std::string best;
  double most = 0;
  for (const std::string& policy : summary.policies) {
    const auto speedup = speedup_at(*slice.panel, slice.column, policy, plot.against);
    if (record::is_twin(policy) || !speedup || speedup->median <= most) continue;
    best = policy;
    most = speedup->median;
  }
  if (best.empty()) return {};
  const Panel& panel = *slice.panel;
  const std::string other = plot.against.empty() ? best : plot.against;
  const unsigned fewest = panel.columns[*smallest_column(panel, slice.column, other)].workers;
  return fmt::format("{} gains most: {}× over {} at {} worker{}, at {}.", best, ratio_digits(most),
                     plot.against.empty() ? "itself" : other, fewest, fewest == 1 ? "" : "s", place(slice));
}

// What the slices of one world say.
std::string answer_in(const Summary& summary, const Plot& plot, const std::vector<Slice>& slices) {
  const Slice& last = slices.back();
  if (plot.measure == Measure::speedup) return most_gained(summary, plot, last);
  std::string text = answer_at(summary, last);
  const auto best = best_row(*last.panel, last.column);
  const bool over_parameter = plot.kind == "lines" && plot.x_name != "workers";
  if (over_parameter && plot.measure == Measure::figure && best) {
    text += flatness(slices, last.panel->rows[*best].policy);
  }
  return text;
}

}  // namespace

std::string answer_at(const Summary& summary, const Slice& slice) {
  if (!slice.panel->ranked()) return {};
  const auto best = best_row(*slice.panel, slice.column);
  if (!best) return "No policy gave a figure here.";
  const Row& row = slice.panel->rows[*best];
  if (row.policy == summary.baseline) {
    const std::string text = baseline_leads(summary, slice);
    return text.empty() ? alone(slice, row) : text;
  }
  const auto& gain = row.figures[slice.column]->gain;
  if (!gain) return alone(slice, row);
  if (gain->low <= 1) {
    return fmt::format("{} has the best median at {}, but cannot be told apart from {}: {}×{}.", row.policy,
                       place(slice), summary.baseline, ratio_digits(gain->median),
                       interval(gain->low, gain->high, gain->count));
  }
  return times_better(slice, row.policy, summary.baseline, gain->median, gain->low, gain->high, gain->count);
}

std::string answer(const Summary& summary, const Plot& plot) {
  std::map<record::World, std::vector<Slice>> worlds;
  for (const Slice& slice : plot.slices) worlds[slice.panel->columns[slice.column].kind].push_back(slice);
  std::string text;
  for (const auto& [world, slices] : worlds) {
    const std::string one = answer_in(summary, plot, slices);
    text += (text.empty() || one.empty() ? "" : " ") + one;
  }
  return text;
}

}  // namespace rota::analysis
