// The simulated machines of a run for its report: their files, and where the costs in them come from.
#pragma once

#include <map>
#include <string>

#include "analysis/words/json.hpp"
#include "record/facts.hpp"

namespace rota::analysis {

// [{name, summary, calibrated, sources: [{table, source}], text}]
[[nodiscard]] Json machines_json(const std::map<std::string, record::MachineFacts>& all);

}  // namespace rota::analysis
