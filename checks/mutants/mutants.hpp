// Mutant: production code with one planted defect, or with one harmless change, and what is expected of the checks.
// Mutants.cmake says how one is made from its data file.
#pragma once

#include <span>
#include <string_view>

#include "checks/report.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

struct Mutant {
  std::string_view name;
  std::string_view defect;   // a sentence
  std::string_view seen_in;  // where it shipped
  std::string_view expect;   // ids with ", " between them: one of them must catch it; empty: harmless, none may
  bool relaxed;              // only weak memory shows it
  Subject subject;           // the policy in the mutated runtime; chooses the mutant whenever it is run
  // Catches what conformance cannot see: a check of one structure, on its mutated copy. Usually null.
  Report (*check)(const explored::Options& options);

  [[nodiscard]] bool harmless() const noexcept { return expect.empty(); }
};

[[nodiscard]] std::span<const Mutant> mutants();  // the defects by name, then the harmless ones by name

// The policies that mutants are checked with, in the planted copies with no mutant chosen; each is named by its class.
// They must do what the same classes do in the originals.
[[nodiscard]] std::span<const Subject> unplanted();

// Is `id` one that the mutant names?
[[nodiscard]] bool expects(const Mutant& mutant, std::string_view id) noexcept;

}  // namespace rota::checks
