// Collects what the report page shows of a run.
#include "analysis/page/page_data.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analysis/charts/charts.hpp"
#include "analysis/charts/plot.hpp"
#include "analysis/charts/prediction_charts.hpp"
#include "analysis/charts/steal_maps.hpp"
#include "analysis/charts/time_charts.hpp"
#include "analysis/export/export.hpp"
#include "analysis/figures/trust.hpp"
#include "analysis/page/claim_page.hpp"
#include "analysis/page/facts.hpp"
#include "analysis/page/machines.hpp"
#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"
#include "record/json_text.hpp"

namespace rota::analysis {
namespace {

Json estimate_json(const Estimate& estimate, std::string_view unit) {
  const Scale scale = unit.empty() ? Scale{} : scale_for(unit, estimate.median);
  const auto digits = [&](double value) {
    return unit.empty() ? ratio_digits(value) : three_digits(value * scale.factor);
  };
  const std::string interval =
      estimate.count < 2 ? "" : fmt::format("{} – {}", digits(estimate.low), digits(estimate.high));
  const std::string text = digits(estimate.median) + (unit.empty() ? "×" : scale.name.empty() ? "" : " " + scale.name);
  return {{"value", estimate.median}, {"text", text}, {"interval", interval}, {"range", estimate.is_range}};
}

// Whose figure it is and where it was taken.
Json row_head(const Panel& panel, const Row& row, std::size_t column) {
  return {{"workload", panel.workload.label},
          {"metric", panel.metric},
          {"policy", row.policy},
          {"where", column_name(panel, column)},
          {"workers", panel.columns[column].workers},
          {"world", to_text(panel.columns[column].kind)},
          {"machine", panel.columns[column].machine},
          {"placement", panel.columns[column].placement},
          {"badge", badge(panel.columns[column].kind, panel.columns[column].machine)},
          {"control", row.control}};
}

Json figure_row(const Summary& summary, const Panel& panel, const Row& row, std::size_t column) {
  const PanelFigure& figure = *row.figures[column];
  const bool compared = figure.gain && row.policy != summary.baseline;
  Json json = row_head(panel, row, column);
  json["best"] = best_row(panel, column) == static_cast<std::size_t>(&row - panel.rows.data());
  json["figure"] = estimate_json(figure.value, panel.unit);
  json["count"] = figure.value.count;
  json["gain"] = compared ? estimate_json(*figure.gain, "") : Json();
  json["sure"] = compared && !figure.gain->covers(1);
  json["effect"] = compared ? Json(figure.effect) : Json();
  return json;
}

// A policy without a figure here, and why: "missing", "not spoken".
Json gap_row(const Panel& panel, const Row& row, std::size_t column) {
  Json json = row_head(panel, row, column);
  json.update({{"best", false}, {"figure", nullptr}, {"count", 0}, {"gain", nullptr}, {"sure", false}});
  json["effect"] = nullptr;
  json["gap"] = to_text(*row.gaps[column]);
  return json;
}

// The workloads' figures, or (`account`) what the simulator tells of itself.
Json table_json(const Summary& summary, bool account) {
  Json rows = Json::array();
  for (const Panel& panel : summary.panels) {
    if (panel.account != account) continue;
    for (std::size_t column = 0; column < panel.columns.size(); ++column) {
      for (const Row& row : panel.rows) {
        if (row.figures[column])
          rows.push_back(figure_row(summary, panel, row, column));
        else if (row.gaps[column])
          rows.push_back(gap_row(panel, row, column));
      }
    }
  }
  return rows;
}

std::string provenance_of(const Summary& summary) {
  std::vector<std::string> kinds;
  if (summary.measured) kinds.push_back(provenance(record::World::real, {}));
  if (summary.simulated()) kinds.push_back(provenance(record::World::simulated, listed(summary.machines)));
  return listed(kinds);
}

// What the charts' lines and bars are called: every policy once for each world in which it ran.
Json legend_json(const record::Run& run, const Summary& summary) {
  Json legend = Json::array();
  for (const std::string& policy : run.policies) {
    if (record::is_twin(policy)) continue;
    for (const bool simulated : {false, true}) {
      const bool ran = std::ranges::any_of(run.cells, [&](const record::Cell& cell) {
        return cell.policy().label == policy && is_simulated(cell.world()) == simulated;
      });
      const std::string label = policy + std::string(simulated ? simulated_suffix : "");
      if (ran) legend.push_back({{"label", label}, {"colour", colour_of(summary, policy)}, {"simulated", simulated}});
    }
  }
  return legend;
}

// Of the policies, or the workloads, each as some cell has it.
Json choices_json(const record::Run& run, const Summary& summary, const record::Choice record::CellRequest::* choice) {
  const bool policies = choice == &record::CellRequest::policy;
  Json choices = Json::array();
  for (const std::string& label : policies ? run.policies : run.workloads) {
    const auto cell =
        std::ranges::find(run.cells, label, [&](const record::Cell& one) { return (one.plan.request.*choice).label; });
    const record::Choice& chosen = cell->plan.request.*choice;
    const bool other = policies && cell->plan.allocator != record::own_allocator;
    choices.push_back({{"label", label},
                       {"use", chosen.use},
                       {"config", record::json_of(chosen.with)},
                       {"allocator", other ? cell->plan.allocator : ""},
                       {"colour", colour_of(summary, label)},
                       {"control", record::is_twin(label)}});
  }
  return choices;
}

// The runtimes of others, with what says which program was measured.
Json peers_json(const record::Run& run) {
  Json peers = Json::array();
  for (const auto& [name, facts] : run.manifest.peers) {
    std::vector<std::string> packages;
    for (const auto& [package, version] : facts.packages) packages.push_back(package + " " + version);
    peers.push_back({{"name", name},
                     {"title", facts.title},
                     {"missing", facts.missing},
                     {"version", facts.version},
                     {"compiler", facts.compiler},
                     {"sha256", facts.sha256},
                     {"packages", fmt::format("{}", fmt::join(packages, ", "))}});
  }
  return peers;
}

Json trust_json(const Summary& summary) {
  Json controls = Json::array(), discarded = Json::array();
  for (const Control& control : summary.controls) {
    controls.push_back({{"text", sentence(control)}, {"ok", control.holds()}});
  }
  for (const Discarded& one : summary.discarded) {
    discarded.push_back({{"cell", one.cell},
                         {"what", one.what},
                         {"outcome", to_text(one.outcome)},
                         {"detail", one.detail},
                         {"cells", one.cells}});
  }
  return {{"controls", std::move(controls)},
          {"unsteady", unsteady_sentence(summary.unsteady)},
          {"discarded", std::move(discarded)},
          {"noise", {{"text", sentence(summary.noise)}, {"ok", summary.noise.reasons.empty()}}}};
}

Json facts_json(const record::Run& run) {
  Json facts = Json::array();
  for (const Fact& fact : facts_of(run.manifest))
    facts.push_back({{"group", fact.group}, {"name", fact.name}, {"value", fact.value}});
  return facts;
}

std::size_t most_repetitions(const Summary& summary) {
  std::size_t most = 0;
  for (const Panel& panel : summary.panels) {
    for (const Row& row : panel.rows) {
      for (const auto& figure : row.figures) most = std::max(most, figure ? figure->value.count : 0);
    }
  }
  return most;
}

// How the whiskers of this run are to be read.
std::string interval_text(std::size_t count) {
  if (count >= smallest_bootstrap) return "95 % bootstrap interval of the median";
  if (count < 2) return "one repetition, no interval";
  return fmt::format("range of {} repetitions; it covers the true median with {:.0f} %", count,
                     100 * coverage_of_range(count));
}

}  // namespace

Json page_data(const record::Run& run, const Summary& summary, const std::vector<JudgedClaim>& claims) {
  ChartSet set = make_charts(summary, run.manifest.report);
  return {{"experiment", run.manifest.experiment},
          {"folder", run.folder.filename().string()},
          {"created", run.manifest.created},
          {"question", run.manifest.question},
          {"analysis", run.manifest.analysis},
          {"baseline", summary.baseline},
          {"interval", interval_text(most_repetitions(summary))},
          {"cells", run.cells.size()},
          {"policies", choices_json(run, summary, &record::CellRequest::policy)},
          {"workloads", choices_json(run, summary, &record::CellRequest::workload)},
          {"claims", claims_json(summary, claims)},
          {"peers", peers_json(run)},
          {"charts", std::move(set.charts)},
          {"notes", set.notes},
          {"provenance", provenance_of(summary)},
          {"legend", legend_json(run, summary)},
          {"measured", summary.noise.measured},
          {"prediction", prediction_json(summary)},
          {"time", time_charts(time_by_cause(run))},
          {"steals", steal_maps(steals_between_nodes(run))},
          {"machines", machines_json(run.manifest.machines)},
          {"table", table_json(summary, false)},
          {"account", table_json(summary, true)},
          {"trust", trust_json(summary)},
          {"facts", facts_json(run)},
          {"csv", export_csv(run)}};
}

}  // namespace rota::analysis
