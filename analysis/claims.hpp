// What a run says about the claims of its definition: for each the figures that it is about, side by side, and a
// verdict. Only real cells count: a claim is about machines that there are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/summary.hpp"
#include "analysis/verdict.hpp"
#include "experiments/claim.hpp"

namespace rota::analysis {

// One policy's figure at the place that a claim names, or why there is none.
struct Party {
  std::string policy;              // empty: the claim names none
  const Figure* figure = nullptr;  // of the summary
  std::string unit;
  bool lower_is_better = true;
  std::string absent;  // "does not speak yield", "crashed: signal 11"; empty if there is a figure
};

struct JudgedClaim {
  experiments::Claim claim;
  Verdict verdict;
  Party theirs;                   // whose figure is stated; of a line the best that ours is held against
  Party ours;                     // who plays their part; of a line our best
  std::optional<Estimate> value;  // what was judged: in the claim's unit, or how many times better ours is than theirs
  std::optional<Estimate> place;  // where that lies on the claim's scale (verdict.hpp)
  std::optional<double> our_place;  // the same for the one who plays the part of a figure's own
};

// In the order of the definition. What is returned refers to the summary.
[[nodiscard]] std::vector<JudgedClaim> judge_claims(const Run& run, const Summary& summary);

// What the claim asks for: "10 – 50 ns", "300 bytes", "5.00× or more", "within 1.30×", "at most 128 bytes".
[[nodiscard]] std::string asked(const experiments::Claim& claim);

// Why it came out so, for a reader: how far off, the definition's explanation, or why nothing was measured. May be
// empty.
[[nodiscard]] std::string explanation(const JudgedClaim& judged);

// How many of the figures, or of the lines, came out so; and what so many are called: "hold", "not met".
[[nodiscard]] std::size_t count_of(const std::vector<JudgedClaim>& all, bool lines, Standing standing);
[[nodiscard]] std::string_view tally_word(bool lines, Standing standing, std::size_t count);

// How many of each verdict, in a sentence; empty without claims.
[[nodiscard]] std::string claims_sentence(const std::vector<JudgedClaim>& all);

}  // namespace rota::analysis
