// Options of a search as the explorer takes them.
#include "checks/conformance/options.hpp"

namespace rota::checks {

explored::Options explore_options(const CheckOptions& options) {
  explored::Options result;
  result.memory = options.memory;
  result.method = options.method;
  result.depth = options.depth;
  result.preemptions = options.preemptions;
  result.max_executions = options.executions_per_program * (options.method == explored::Method::dfs ? 10 : 1);
  return result;
}

}  // namespace rota::checks
