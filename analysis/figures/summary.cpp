// Puts panels and trust together.
#include "analysis/figures/summary.hpp"

#include <algorithm>

namespace rota::analysis {
namespace {

std::string default_baseline(const Run& run) {
  for (const record::ReportChart& chart : run.charts) {
    if (std::ranges::find(run.policies, chart.against) != run.policies.end()) return chart.against;
  }
  for (const std::string& policy : run.policies) {
    if (!policy.ends_with(control_suffix)) return policy;
  }
  return {};
}

}  // namespace

Summary summarise(const Run& run, std::string_view baseline) {
  Summary summary;
  summary.baseline = baseline.empty() ? default_baseline(run) : std::string(baseline);
  summary.panels = panels_of(run, summary.baseline);
  summary.discarded = discarded_cells(run);
  summary.controls = compare_controls(run, summary.panels);
  summary.noise = measure_noise(run, summary.panels);
  summary.unsteady = unsteady_cells(run);
  return summary;
}

}  // namespace rota::analysis
