// The policies that a program can check: those whose units are linked into it (subject.cpp.in).
#pragma once

#include <span>
#include <string_view>

#include "checks/subject.hpp"

namespace rota::checks {

[[nodiscard]] std::span<const Subject> subjects();                 // sorted by name
[[nodiscard]] const Subject* find_subject(std::string_view name);  // nullptr if there is none

// One for each unit, before main().
struct Registration {
  explicit Registration(const Subject& subject);
};

}  // namespace rota::checks
