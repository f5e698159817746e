// Private to this folder: the [[claim]] tables of a definition.
#pragma once

#include <vector>

#include "experiments/definition/definition.hpp"
#include "experiments/input/toml_section.hpp"

namespace rota::experiments {

// Claims about what the rest of `definition` has: its labels, metrics, worker counts and placements. If it was
// `changed` by overrides, claims about what it no longer has are left out instead of refused.
[[nodiscard]] std::vector<record::Claim> read_claims(const TomlSection& root, const Definition& definition,
                                                     bool changed);

// Forgets the claims about what the definition no longer has; a line loses those policies alone.
void keep_claims(Definition& definition);

}  // namespace rota::experiments
