// What happens when an invariant is broken: say which one, and stop. A testbed must not go on with wrong state.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace rota {

// Set by an explored world while it runs an execution: there a broken invariant is a finding, not the end. Does not
// return from inside an execution.
inline void (*contract_observer)(const char* id, const char* sentence) = nullptr;

// `id` is an id of docs/invariants.md, or "usage" when the caller broke a documented rule.
[[noreturn, gnu::cold, gnu::noinline]] inline void contract_failure(const char* id, const char* sentence) {
  if (contract_observer != nullptr) contract_observer(id, sentence);
  std::fprintf(stderr, "rota: contract failure (%s): %s\n", id, sentence);
  std::abort();
}

}  // namespace rota
