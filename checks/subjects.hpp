// The policies that this program can check: those of the explored worlds, of several threads and of one; or the one of
// a policy author's own program.
#pragma once

#include "checks/subject.hpp"
#include "runtime/rows.hpp"

namespace rota {

namespace checks {

// A policy in the world of one thread; its name begins with local_prefix.
struct LocalSubject : Subject {};

}  // namespace checks

template <> std::span<const checks::Subject> rows<checks::Subject>();
template <> std::span<const checks::LocalSubject> rows<checks::LocalSubject>();

namespace checks {

// The rows, and the presets of those policies; sorted by name.
[[nodiscard]] std::span<const Subject> subjects();

}  // namespace checks
}  // namespace rota
