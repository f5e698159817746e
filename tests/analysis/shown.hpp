// What is shown of a run, from the run itself: the tests' way through all stages.
#pragma once

#include <string>

#include "analysis/charts/charts.hpp"
#include "analysis/page/page_data.hpp"
#include "analysis/terminal/claim_table.hpp"
#include "analysis/terminal/table.hpp"

namespace rota::analysis::testing {

[[nodiscard]] inline std::string table_of(const record::Run& run, bool colour = false) {
  return format_table(summarise(run), colour);
}
[[nodiscard]] inline std::string claims_of(const record::Run& run, bool colour = false) {
  const Summary summary = summarise(run);
  return format_claims(judge_claims(run, summary), colour);
}
[[nodiscard]] inline ChartSet charts_of(const record::Run& run, const std::string& baseline = {}) {
  return make_charts(summarise(run, baseline), run.manifest.report);
}
[[nodiscard]] inline Json page_of(const record::Run& run) {
  const Summary summary = summarise(run);
  return page_data(run, summary, judge_claims(run, summary));
}

}  // namespace rota::analysis::testing
