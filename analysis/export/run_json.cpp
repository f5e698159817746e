// Writes what a run says as JSON.
#include "analysis/export/run_json.hpp"

#include <string>
#include <string_view>

namespace rota::analysis {
namespace {

Json estimate_json(const Estimate& estimate) {
  return {{"median", estimate.median},
          {"low", estimate.low},
          {"high", estimate.high},
          {"interval", estimate.is_range ? "range" : "bootstrap"},
          {"processes", estimate.count}};
}

Json maybe(const std::optional<Estimate>& estimate) { return estimate ? estimate_json(*estimate) : Json(); }

std::string_view better(record::Direction direction) {
  switch (direction) {
    case record::Direction::less:
      return "lower";
    case record::Direction::more:
      return "higher";
    case record::Direction::none:
      break;
  }
  return "none";
}

Json figure_json(const Panel& panel, const Row& row, std::size_t column) {
  const PanelFigure& figure = *row.figures[column];
  const Column& place = panel.columns[column];
  return {{"workload", panel.workload.label},
          {"policy", row.policy},
          {"metric", panel.metric},
          {"unit", panel.unit},
          {"better", better(panel.direction)},
          {"primary", panel.primary},
          {"world", to_text(place.kind)},
          {"machine", place.machine},
          {"workers", place.workers},
          {"placement", place.placement},
          {"control", row.control},
          {"value", estimate_json(figure.value)},
          {"gain", maybe(figure.gain)}};
}

Json figures_json(const Summary& summary) {
  Json figures = Json::array();
  for (const Panel& panel : summary.panels) {
    for (const Row& row : panel.rows) {
      for (std::size_t column = 0; column < panel.columns.size(); ++column) {
        if (row.figures[column]) figures.push_back(figure_json(panel, row, column));
      }
    }
  }
  return figures;
}

Json outcomes_json(const record::Run& run) {
  Json counts = Json::object();
  for (const record::Cell& cell : run.cells) {
    const std::string name(to_text(cell.result.outcome));
    counts[name] = counts.value(name, 0) + 1;
  }
  return counts;
}

Json discarded_json(const std::vector<Discarded>& all) {
  Json result = Json::array();
  for (const Discarded& one : all)
    result.push_back(
        {{"what", one.what}, {"outcome", to_text(one.outcome)}, {"detail", one.detail}, {"cells", one.cells}});
  return result;
}

Json controls_json(const std::vector<Control>& all) {
  Json result = Json::array();
  for (const Control& one : all)
    result.push_back({{"policy", one.of}, {"ratio", maybe(one.ratio)}, {"holds", one.holds()}});
  return result;
}

Json claims_json(const std::vector<JudgedClaim>& all) {
  Json result = Json::array();
  for (const JudgedClaim& one : all)
    result.push_back({{"claim", one.claim.is_line() ? one.claim.row : one.claim.says},
                      {"verdict", one.verdict.word},
                      {"standing", name_of(one.verdict.standing)},
                      {"detail", one.verdict.detail},
                      {"value", maybe(one.value)}});
  return result;
}

}  // namespace

Json run_json(const record::Run& run, const Summary& summary, const std::vector<JudgedClaim>& claims) {
  return {
      {"run", run.folder.string()},
      {"experiment", run.manifest.experiment},
      {"question", run.manifest.question},
      {"created", run.manifest.created},
      {"seed", run.manifest.seed},
      {"baseline", summary.baseline},
      {"cells", run.cells.size()},
      {"outcomes", outcomes_json(run)},
      {"discarded", discarded_json(summary.discarded)},
      {"figures", figures_json(summary)},
      {"controls", controls_json(summary.controls)},
      {"noise",
       {{"measured", summary.noise.measured}, {"spread", summary.noise.spread}, {"reasons", summary.noise.reasons}}},
      {"unsteady", summary.unsteady},
      {"verdicts", claims_json(claims)}};
}

}  // namespace rota::analysis
