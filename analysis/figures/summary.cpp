// Puts panels and trust together.
#include "analysis/figures/summary.hpp"

#include <algorithm>
#include <utility>

#include "analysis/figures/worlds.hpp"

namespace rota::analysis {
namespace {

std::string default_baseline(const record::Run& run) {
  for (const record::ReportChart& chart : run.manifest.report) {
    if (std::ranges::find(run.policies, chart.against) != run.policies.end()) return chart.against;
  }
  for (const std::string& policy : run.policies) {
    if (!record::is_twin(policy)) return policy;
  }
  return {};
}

}  // namespace

Summary summarise(const record::Run& run, std::string_view baseline) {
  Summary summary;
  summary.baseline = baseline.empty() ? default_baseline(run) : std::string(baseline);
  summary.policies = run.policies;
  summary.machines = simulated_machines(run);
  summary.measured = has_kind(run, record::World::real);
  summary.panels = panels_of(run, summary.baseline);
  summary.discarded = discarded_cells(run);
  summary.controls = compare_controls(run, summary.panels);
  summary.noise = measure_noise(run, summary.panels);
  summary.unsteady = unsteady_cells(run);
  return summary;
}

Summary compared_with(Summary summary, const std::string& baseline) {
  summary.panels = compared_with(std::move(summary.panels), baseline);
  summary.baseline = baseline;
  return summary;
}

std::size_t colour_of(const Summary& summary, std::string_view policy) {
  std::size_t index = 0;
  for (const std::string& other : summary.policies) {
    if (other == policy) break;
    if (!record::is_twin(other)) ++index;
  }
  return index;
}

}  // namespace rota::analysis
