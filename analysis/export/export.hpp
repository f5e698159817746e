// Every measurement of a run as rows for other programs. Cells that failed have no rows.
#pragma once

#include <string>

#include "record/run.hpp"

namespace rota::analysis {

// RFC 4180 with a header line:
// experiment,policy,policy_config,workload,workload_config,world,machine,placement,workers,repetition,metric,unit,value
// Lines end in "\n"; configurations are JSON; values keep every digit. The world is "real" (its machine is "host") or
// "sim" with the simulated machine's name.
[[nodiscard]] std::string export_csv(const record::Run& run);

// The same as a JSON array of objects; configurations are objects.
[[nodiscard]] std::string export_json(const record::Run& run);

}  // namespace rota::analysis
