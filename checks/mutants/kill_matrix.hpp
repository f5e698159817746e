// The kill matrix: each mutant under each strategy, which id caught it, after how many executions and seconds. It
// measures the checks: a defect that nothing catches, or a harmless change that something does, is their failure.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "checks/mutants/mutants.hpp"

namespace rota::checks {

struct Kill {
  const Mutant* mutant = nullptr;
  explored::Method method = explored::Method::random;
  explored::Memory memory = explored::Memory::relaxed;
  std::string caught;  // an id; empty: nothing found
  std::string program;
  std::uint64_t executions = 0;      // until it was caught, or all
  std::chrono::nanoseconds time{0};  // likewise
};

struct MatrixOptions {
  std::vector<explored::Method> methods{explored::Method::random, explored::Method::pct, explored::Method::dfs};
  explored::Memory memory = explored::Memory::relaxed;  // under sc, `relaxed` mutants may survive
  // Of all: each mutant under each strategy has an equal share, and what they leave goes to the defects that nobody
  // caught within theirs. So the verdict hangs little on how busy the machine is.
  std::chrono::nanoseconds budget = std::chrono::minutes(4);
  std::uint64_t seed = 1;
  std::function<void(const Kill&)> progress;  // called after each
};

// How a mutant without a check of its own is checked: by conformance, usually.
using CheckSubject = std::function<Report(const Subject&, const explored::Options&)>;

struct KillMatrix {
  std::vector<Kill> kills;              // by mutant, then by method
  std::vector<std::string> complaints;  // one sentence for each mutant that did not fare as it should
  [[nodiscard]] bool passed() const noexcept { return complaints.empty(); }
};

// All mutants; those without a check of their own by the conformance suite.
[[nodiscard]] KillMatrix kill_matrix(const MatrixOptions& options);
[[nodiscard]] KillMatrix kill_matrix(std::span<const Mutant> mutants, const CheckSubject& check,
                                     const MatrixOptions& options);

// For a terminal: a line for each mutant, a column for each strategy, then the complaints.
[[nodiscard]] std::string to_table(const KillMatrix& matrix);

}  // namespace rota::checks
