// Groups a run's measurements into panels and compares their rows.
#include "analysis/figures/panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace rota::analysis {
namespace {

using Samples = std::map<std::string, std::map<Column, std::vector<BlockValue>>>;  // by policy

struct Draft {
  Panel panel;
  Samples samples;
};

Column column_of(const record::Cell& cell) {
  return {kind_of(cell.world()), cell.machine(), cell.workers(), cell.placement()};
}

// One draft per metric of the workload, in the order in which its cells report them.
std::vector<Draft> drafts_of(const record::Run& run, const std::string& workload) {
  std::vector<Draft> drafts;
  for (const record::Cell& cell : run.cells) {
    if (!cell.ok() || cell.workload().label != workload) continue;
    for (const record::Figure& one : cell.result.figures) {
      if (one.metric == record::steady_metric || one.metric == record::identity_metric) continue;
      auto found = std::ranges::find(drafts, one.metric, [](const Draft& draft) { return draft.panel.metric; });
      if (found == drafts.end()) {
        Panel panel{.workload = cell.workload(),
                    .metric = one.metric,
                    .unit = one.unit,
                    .direction = one.direction(),
                    .account = record::is_account(one.metric),
                    .columns = {},
                    .rows = {}};
        panel.primary =
            panel.ranked() && std::ranges::none_of(drafts, [](const Draft& draft) { return draft.panel.primary; });
        found = drafts.insert(found, Draft{std::move(panel), {}});
      }
      found->samples[cell.policy().label][column_of(cell)].push_back({cell.plan.block, one.value});
    }
  }
  return drafts;
}

std::vector<double> values_of(const std::vector<BlockValue>& samples) {
  std::vector<double> values;
  for (const BlockValue& sample : samples) values.push_back(sample.value);
  return values;
}

PanelFigure figure_of(const std::vector<BlockValue>& samples) {
  return {.value = estimate_median(values_of(samples)), .samples = samples, .gain = std::nullopt};
}

void compare(const Panel& panel, const PanelFigure& base, PanelFigure& figure) {
  const auto& costs = panel.less_is_better() ? base.samples : figure.samples;
  const auto& others = panel.less_is_better() ? figure.samples : base.samples;
  figure.gain = ratio_in_blocks(costs, others);
  figure.effect = effect_size(values_of(costs), values_of(others));
}

void compare_rows(Panel& panel, const std::string& baseline) {
  const auto base = std::ranges::find(panel.rows, baseline, &Row::policy);
  if (base == panel.rows.end()) return;
  for (Row& row : panel.rows) {
    for (std::size_t column = 0; column < row.figures.size(); ++column) {
      if (row.figures[column] && base->figures[column]) {
        const PanelFigure reference = *base->figures[column];
        compare(panel, reference, *row.figures[column]);
      }
    }
  }
}

bool is_spoken(const record::Run& run, const std::string& policy, const Panel& panel, unsigned workers) {
  return std::ranges::none_of(run.manifest.not_spoken, [&](const record::NotSpoken& pair) {
    return pair.policy == policy && pair.workload == panel.workload.label &&
           (pair.workers == 0 || pair.workers == workers);
  });
}

// What became of the policy's cells in this column, of which none gave a figure.
std::optional<record::Outcome> gap_at(const record::Run& run, const std::string& policy, const Panel& panel,
                                      const Column& column) {
  for (const record::Cell& cell : run.cells) {
    const bool here = cell.policy().label == policy && cell.workload().label == panel.workload.label;
    if (here && column_of(cell) == column && !cell.ok()) return cell.result.outcome;
  }
  if (is_spoken(run, policy, panel, column.workers)) return std::nullopt;
  return record::Outcome::not_spoken;
}

Row row_of(const record::Run& run, const Panel& panel, const std::string& policy,
           const std::map<Column, std::vector<BlockValue>>& cells) {
  Row row{.policy = policy, .control = record::is_twin(policy), .figures = {}, .gaps = {}};
  for (const Column& column : panel.columns) {
    const auto samples = cells.find(column);
    const bool found = samples != cells.end();
    row.figures.push_back(found ? std::optional(figure_of(samples->second)) : std::nullopt);
    row.gaps.push_back(found || !panel.primary ? std::nullopt : gap_at(run, policy, panel, column));
  }
  return row;
}

Panel finish(Draft draft, const record::Run& run, const std::string& baseline) {
  Panel panel = std::move(draft.panel);
  std::set<Column> columns;
  for (const auto& [policy, cells] : draft.samples) {
    for (const auto& [column, samples] : cells) columns.insert(column);
  }
  panel.columns.assign(columns.begin(), columns.end());
  for (const std::string& policy : run.policies) {
    Row row = row_of(run, panel, policy, draft.samples[policy]);
    const bool empty = std::ranges::none_of(row.figures, [](const auto& figure) { return figure.has_value(); });
    const bool silent = std::ranges::all_of(row.gaps, [](const auto& gap) { return !gap; });
    if (!empty || !silent) panel.rows.push_back(std::move(row));
  }
  if (panel.ranked()) compare_rows(panel, baseline);
  return panel;
}

}  // namespace

std::vector<Panel> panels_of(const record::Run& run, const std::string& baseline) {
  std::vector<Panel> panels;
  for (const std::string& workload : run.workloads) {
    for (Draft& draft : drafts_of(run, workload)) panels.push_back(finish(std::move(draft), run, baseline));
  }
  return panels;
}

std::vector<Panel> compared_with(std::vector<Panel> panels, const std::string& baseline) {
  for (Panel& panel : panels) {
    for (Row& row : panel.rows) {
      for (auto& figure : row.figures) {
        if (figure) figure = PanelFigure{.value = figure->value, .samples = figure->samples, .gain = std::nullopt};
      }
    }
    if (panel.ranked()) compare_rows(panel, baseline);
  }
  return panels;
}

std::optional<std::size_t> best_row(const Panel& panel, std::size_t column) {
  std::optional<std::size_t> best;
  if (!panel.ranked()) return best;
  for (std::size_t i = 0; i < panel.rows.size(); ++i) {
    const auto& figure = panel.rows[i].figures[column];
    if (panel.rows[i].control || !figure) continue;
    if (!best) {
      best = i;
      continue;
    }
    const double now = figure->value.median, before = panel.rows[*best].figures[column]->value.median;
    if (panel.less_is_better() ? now < before : now > before) best = i;
  }
  return best;
}

std::string column_name(const Panel& panel, std::size_t column) {
  const Column& self = panel.columns[column];
  std::string name = fmt::format("{} worker{}", self.workers, self.workers == 1 ? "" : "s");
  const auto differs = [&](auto member) {
    return std::ranges::any_of(panel.columns, [&](const Column& other) { return other.*member != self.*member; });
  };
  if (differs(&Column::placement)) name += ", " + self.placement;
  return name;
}

}  // namespace rota::analysis
