// Discarded cells, A/A verdicts and the noise stamp.
#include "analysis/figures/trust.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analysis/figures/worlds.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

constexpr double noisy_spread = 0.10;

// The panel's rows as one sample: a block of a column is a block of its own.
void collect_ratios(const Panel& panel, const Row& row, const Row& other, std::vector<double>& ratios) {
  for (std::size_t column = 0; column < panel.columns.size(); ++column) {
    if (is_simulated(panel.columns[column].kind)) continue;
    const auto &first = row.figures[column], &second = other.figures[column];
    if (!first || !second) continue;
    for (const BlockValue& sample : first->samples) {
      if (const auto ratio = ratio_in_blocks({&sample, 1}, second->samples)) ratios.push_back(ratio->median);
    }
  }
}

// Why the runner found the host noisy before it began; empty if it did not.
std::string noise_before(const record::Run& run) {
  const auto fact = run.manifest.host.find("noise");
  return fact == run.manifest.host.end() ? "" : fact->second;
}

double half_range(const PanelFigure& figure) {
  const auto [low, high] = std::ranges::minmax(figure.samples, {}, &BlockValue::value);
  return figure.value.median == 0 ? 0 : (high.value - low.value) / 2 / figure.value.median;
}

bool was_measured(const record::Run& run, const std::string& policy) {
  return std::ranges::any_of(run.cells, [&](const record::Cell& cell) {
    return cell.policy().label == policy && !is_simulated(cell.world());
  });
}

std::string what_of(const record::Cell& cell) {
  const std::string mark = is_simulated(cell.world()) ? badge(cell.world(), cell.machine()) + " · " : "";
  return fmt::format("{} · {} · {} worker{} · {}block {}", cell.workload().label, cell.policy().label, cell.workers(),
                     cell.workers() == 1 ? "" : "s", mark, cell.plan.block);
}

// Cells of one policy that ended alike: its label, outcome and detail.
using Alike = std::tuple<std::string, record::Outcome, std::string>;

// "peer:go · 40 cells of 8 workloads"
std::string what_of(const std::vector<const record::Cell*>& group) {
  std::set<std::string> workloads;
  for (const record::Cell* cell : group) workloads.insert(cell->workload().label);
  return fmt::format("{} · {} cells of {}", group.front()->policy().label, group.size(),
                     workloads.size() == 1 ? *workloads.begin() : fmt::format("{} workloads", workloads.size()));
}

}  // namespace

std::vector<Discarded> discarded_cells(const record::Run& run) {
  std::map<Alike, std::vector<const record::Cell*>> groups;
  for (const record::Cell& cell : run.cells) {
    if (!cell.ok()) groups[{cell.policy().label, cell.result.outcome, cell.result.detail}].push_back(&cell);
  }
  std::vector<Discarded> discarded;
  for (const record::Cell& cell : run.cells) {
    if (cell.ok()) continue;
    const auto& group = groups[{cell.policy().label, cell.result.outcome, cell.result.detail}];
    if (group.size() <= most_alone)
      discarded.push_back({cell.plan.id, what_of(cell), cell.result.outcome, cell.result.detail});
    else if (group.front() == &cell)
      discarded.push_back({cell.plan.id + " …", what_of(group), cell.result.outcome, cell.result.detail, group.size()});
  }
  return discarded;
}

std::size_t discarded_count(const std::vector<Discarded>& all) {
  std::size_t cells = 0;
  for (const Discarded& one : all) cells += one.cells;
  return cells;
}

std::vector<Control> compare_controls(const record::Run& run, const std::vector<Panel>& panels) {
  std::vector<Control> controls;
  for (const std::string& label : run.policies) {
    if (!record::is_twin(label) || !was_measured(run, label)) continue;
    Control control{label, record::original_label(label), std::nullopt};
    std::vector<double> ratios;
    for (const Panel& panel : panels) {
      const auto row = std::ranges::find(panel.rows, label, &Row::policy);
      const auto other = std::ranges::find(panel.rows, control.of, &Row::policy);
      if (!panel.primary || row == panel.rows.end() || other == panel.rows.end()) continue;
      collect_ratios(panel, *row, *other, ratios);
    }
    if (!ratios.empty()) control.ratio = estimate_median(ratios);
    controls.push_back(std::move(control));
  }
  return controls;
}

Noise measure_noise(const record::Run& run, const std::vector<Panel>& panels) {
  Noise noise;
  noise.measured = !has_kind(run, record::World::simulated) || has_kind(run, record::World::real);
  if (!noise.measured) return noise;
  std::vector<double> spreads;
  for (const Panel& panel : panels) {
    if (!panel.primary) continue;
    for (const Row& row : panel.rows) {
      for (std::size_t column = 0; column < panel.columns.size(); ++column) {
        const auto& figure = row.figures[column];
        if (is_simulated(panel.columns[column].kind)) continue;
        if (figure && figure->samples.size() > 1) spreads.push_back(half_range(*figure));
      }
    }
  }
  if (!spreads.empty()) noise.spread = median(spreads);
  if (noise.spread > noisy_spread) noise.reasons.emplace_back("repetitions differ by more than ±10 %");
  if (std::string before = noise_before(run); !before.empty()) noise.reasons.push_back(std::move(before));
  return noise;
}

std::vector<std::string> unsteady_cells(const record::Run& run) {
  std::vector<std::string> cells;
  for (const record::Cell& cell : run.cells) {
    if (is_simulated(cell.world())) continue;
    const auto steady = std::ranges::find(cell.result.figures, record::steady_metric, &record::Figure::metric);
    if (cell.ok() && steady != cell.result.figures.end() && steady->value == 0) cells.push_back(what_of(cell));
  }
  return cells;
}

std::string unsteady_sentence(const std::vector<std::string>& cells) {
  if (cells.empty()) return {};
  const std::size_t shown = std::min<std::size_t>(cells.size(), 3);
  const std::vector<std::string> first(cells.begin(), cells.begin() + static_cast<long>(shown));
  return fmt::format("{} cell{} never reached a steady state, their figures may still fall: {}{}.", cells.size(),
                     cells.size() == 1 ? "" : "s", fmt::join(first, "; "),
                     shown < cells.size() ? fmt::format(" and {} more", cells.size() - shown) : "");
}

std::string sentence(const Control& control) {
  if (!control.ratio) return fmt::format("A/A: {} and its control never both gave a figure.", control.of);
  const Estimate& ratio = *control.ratio;
  const std::string figures = fmt::format("{:.3f} [{:.3f}, {:.3f}]", ratio.median, ratio.low, ratio.high);
  if (control.holds()) {
    return fmt::format("A/A: {} against itself is {} over {} blocks; 1 is inside, as it must be.", control.of, figures,
                       ratio.count);
  }
  const std::string chance = ratio.is_range
                                 ? fmt::format(" With so few blocks chance alone does this in {:.0f} % of runs.",
                                               100 * (1 - coverage_of_range(ratio.count)))
                                 : "";
  return fmt::format(
      "A/A FAILED: {} against itself is {} over {} block{}; 1 is outside: take differences of this size for "
      "noise.{}",
      control.of, figures, ratio.count, ratio.count == 1 ? "" : "s", chance);
}

std::string sentence(const Noise& noise) {
  if (!noise.measured)
    return "Every cell is simulated: no host can disturb it, and repetitions differ by their seeds alone.";
  const std::string spread =
      fmt::format("Repetitions typically spread by ±{:.1f} % around their median", noise.spread * 100);
  if (noise.reasons.empty()) return spread + ".";
  return fmt::format("NOISY HOST: {}. {}.", fmt::join(noise.reasons, "; "), spread);
}

}  // namespace rota::analysis
