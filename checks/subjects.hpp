// The policies that this program can check: those of the explored world, or the one of a policy author's own program.
#pragma once

#include "checks/subject.hpp"
#include "runtime/rows.hpp"

namespace rota {

template <> std::span<const checks::Subject> rows<checks::Subject>();

namespace checks {

// The rows, and the presets of those policies; sorted by name.
[[nodiscard]] std::span<const Subject> subjects();

}  // namespace checks
}  // namespace rota
