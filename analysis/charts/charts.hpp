// The charts of a report as data: which there are, what they show in which unit and scale, and what each one answers in
// a sentence. The page only draws them.
#pragma once

#include <string>
#include <vector>

#include "analysis/figures/summary.hpp"
#include "analysis/words/json.hpp"

namespace rota::analysis {

struct ChartSet {
  Json charts = Json::array();     // see plot.hpp and heat.hpp for what one holds
  std::vector<std::string> notes;  // charts that the definition asks for and the run has no figures for
};

// The charts that the definition wishes for; without any: a heat map of all gains (if there are several workloads),
// then for every workload its first metric as bars over worker counts (as lines from four counts up), and as lines over
// a parameter that the definition sweeps. A machine and a placement have charts of their own.
[[nodiscard]] ChartSet make_charts(const Summary& summary, const std::vector<record::ReportChart>& wishes);

}  // namespace rota::analysis
