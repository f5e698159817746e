// Puts claims and verdicts into words.
#include "analysis/claims/claim_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace rota::analysis {
namespace {

using record::Claim;

std::string amount(double value, const std::string& unit) {
  const std::string name = unit == "us" ? "µs" : unit == "1" ? "" : unit;
  return fmt::format("{:.6g}", value) + (name.empty() ? "" : " ") + name;
}

// "12 stated figures: 5 hold, 3 within a factor of ten, 2 do not hold here, 2 not measured."
std::string tally(const std::vector<JudgedClaim>& all, bool lines) {
  std::vector<std::string> parts;
  std::size_t total = 0;
  for (const Standing standing : {Standing::good, Standing::near, Standing::bad, Standing::unknown}) {
    const std::size_t count = count_of(all, lines, standing);
    total += count;
    if (count > 0) parts.push_back(fmt::format("{} {}", count, tally_word(lines, standing, count)));
  }
  if (total == 0) return {};
  return fmt::format("{} {}{}: {}.", total, lines ? "line" : "stated figure", total == 1 ? "" : "s",
                     fmt::join(parts, ", "));
}

}  // namespace

std::string asked(const Claim& claim) {
  if (!claim.is_measured()) return {};
  if (!claim.is_line()) {
    if (*claim.low == *claim.high) return amount(*claim.low, claim.unit);
    return fmt::format("{} – {}", amount(*claim.low, "1"), amount(*claim.high, claim.unit));
  }
  if (claim.against.empty()) return "at most " + amount(*claim.at_most, claim.unit);
  const double ratio = *claim.at_least;
  if (ratio == 1) return "ahead";
  return ratio > 1 ? fmt::format("{:.4g}× better", ratio) : fmt::format("within {:.3g}×", 1 / ratio);
}

std::string explanation(const JudgedClaim& judged) {
  const auto& [standing, word, detail] = judged.verdict;
  const bool explain = standing == Standing::bad || (standing == Standing::near && !judged.claim.is_line());
  if (!explain || judged.claim.why.empty()) return detail;
  return detail.empty() ? judged.claim.why : detail + ": " + judged.claim.why;
}

std::size_t count_of(const std::vector<JudgedClaim>& all, bool lines, Standing standing) {
  return static_cast<std::size_t>(std::ranges::count_if(
      all, [&](const JudgedClaim& one) { return one.claim.is_line() == lines && one.verdict.standing == standing; }));
}

std::string_view tally_word(bool lines, Standing standing, std::size_t count) {
  constexpr std::array<std::string_view, 4> of_one{"holds", "within a factor of ten", "does not hold here",
                                                   "not measured"};
  constexpr std::array<std::string_view, 4> of_several{"hold", "within a factor of ten", "do not hold here",
                                                       "not measured"};
  constexpr std::array<std::string_view, 4> of_lines{"met", "met within noise", "not met", "not measured"};
  return (lines ? of_lines : count == 1 ? of_one : of_several).at(static_cast<std::size_t>(standing));
}

std::string claims_sentence(const std::vector<JudgedClaim>& all) {
  const std::string figures = tally(all, false), lines = tally(all, true);
  return figures + (figures.empty() || lines.empty() ? "" : " ") + lines;
}

}  // namespace rota::analysis
