// What a run says about the claims of its definition: for each the figures that it is about, side by side, and a
// verdict. Only real cells count: a claim is about machines that there are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/claims/verdict.hpp"
#include "analysis/figures/summary.hpp"
#include "record/claim.hpp"

namespace rota::analysis {

// One policy's figure at the place that a claim names, or why there is none.
struct Party {
  std::string policy;                   // empty: the claim names none
  const PanelFigure* figure = nullptr;  // of the summary
  std::string unit;
  bool less_is_better = true;
  std::string absent;  // "does not speak yield", "crashed: signal 11"; empty if there is a figure
};

struct JudgedClaim {
  record::Claim claim;
  Verdict verdict;
  Party theirs;                   // whose figure is stated; of a line the best that ours is held against
  Party ours;                     // who plays their part; of a line our best
  std::optional<Estimate> value;  // what was judged: in the claim's unit, or how many times better ours is than theirs
  std::optional<Estimate> place;  // where that lies on the claim's scale (verdict.hpp)
  std::optional<double> our_place;  // the same for the one who plays the part of a figure's own
};

// In the order of the definition. What is returned refers to the summary.
[[nodiscard]] std::vector<JudgedClaim> judge_claims(const record::Run& run, const Summary& summary);

}  // namespace rota::analysis
