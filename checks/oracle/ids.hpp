// The ids of docs/invariants.md with their statements, for failure messages, and who decides each of them.
#pragma once

#include <span>
#include <string_view>

namespace rota::checks {

struct Invariant {
  std::string_view id;
  std::string_view statement;
  std::string_view elsewhere;  // who decides it if no trace can; empty: an oracle of this folder
};

[[nodiscard]] std::span<const Invariant> invariants() noexcept;
// Null if there is no such id.
[[nodiscard]] const Invariant* find_invariant(std::string_view id) noexcept;

}  // namespace rota::checks
