// Judges figures against what is claimed of them.
#include "analysis/claims/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/words/units.hpp"

namespace rota::analysis {
namespace {

// How many times the median is outside the range: 1 at its edges. A range that begins at 0 has nothing below it.
double times_off(double median, double low, double high) {
  if (median > high) return median / high;
  return median < low ? low / median : 1;
}

Verdict line_verdict(bool reached, bool clearly) {
  if (!reached) return {Standing::bad, "not met", {}};
  return clearly ? Verdict{Standing::good, "met", {}} : Verdict{Standing::near, "met, within noise", {}};
}

}  // namespace

Verdict judge_range(const Estimate& figure, double low, double high) {
  if (figure.low <= high && figure.high >= low) return {Standing::good, "holds", {}};
  const bool above = figure.median > high;
  const double off = times_off(figure.median, low, high);
  const std::string detail = fmt::format("{}× {} what is stated", ratio_digits(off), above ? "above" : "below");
  const auto factor = std::ranges::find_if(factors, [&](int one) { return off <= one; });
  if (factor == factors.end()) return {Standing::bad, "does not hold here", detail};
  return {Standing::near, fmt::format("within a factor of {}", *factor), detail};
}

Verdict judge_at_least(const Estimate& value, double line) {
  return line_verdict(value.median >= line, value.low >= line);
}

Verdict judge_at_most(const Estimate& value, double line) {
  return line_verdict(value.median <= line, value.high <= line);
}

Verdict not_measured(std::string why) { return {Standing::unknown, "not measured", std::move(why)}; }

double place_in_range(double figure, double low, double high) {
  if (figure > high) return std::min(0.5 + std::log10(figure / high), farthest);
  if (figure < low) return std::max(-0.5 - std::log10(low / figure), -farthest);
  return low > 0 && low < high ? std::log(figure / low) / std::log(high / low) - 0.5 : 0;
}

double place_above(double value, double line) { return std::clamp(std::log10(value / line), -farthest, farthest); }

std::string name_of(Standing standing) {
  constexpr std::array<std::string_view, 4> names{"good", "near", "bad", "unknown"};
  return std::string(names.at(static_cast<std::size_t>(standing)));
}

}  // namespace rota::analysis
