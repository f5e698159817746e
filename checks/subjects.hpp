// The policies that this build can check: every rota_policy() line of schedulers/CMakeLists.txt, in the
// explored world.
#pragma once

#include <span>
#include <string_view>

#include "checks/subject.hpp"

namespace rota::checks {

[[nodiscard]] std::span<const Subject> subjects();                 // sorted by name
[[nodiscard]] const Subject* find_subject(std::string_view name);  // nullptr if there is none

}  // namespace rota::checks
