// Whether a measured figure bears a claim out. Pure functions of estimates; which figures a claim is about is said in
// claims.hpp.
#pragma once

#include <array>
#include <string>

#include "analysis/figures/statistics.hpp"

namespace rota::analysis {

// How a claim came out, in the four ways that have a colour.
enum class Standing {
  good,     // it holds, the line is met
  near,     // a stated figure is off, but within a factor of ten; or a line is met, though noise alone may have done it
  bad,      // it does not hold, the line is not met
  unknown,  // nothing was measured
};

struct Verdict {
  Standing standing = Standing::unknown;
  std::string word;    // "holds", "within a factor of 2", "does not hold here", "met", "met, within noise", "not met"
  std::string detail;  // "2.40× above what is stated"; empty if there is nothing to add
};

// The factors that "within a factor of" knows.
inline constexpr std::array<int, 3> factors{2, 5, 10};

// A stated range, in the unit of the figure. It holds if the figure's interval touches the range; else the median says
// how far off it is.
[[nodiscard]] Verdict judge_range(const Estimate& figure, double low, double high);

// A line that the value must reach, or stay below. The median decides; if the interval reaches across the line, what
// was found is within noise.
[[nodiscard]] Verdict judge_at_least(const Estimate& value, double line);
[[nodiscard]] Verdict judge_at_most(const Estimate& value, double line);

// Nothing to judge, and why.
[[nodiscard]] Verdict not_measured(std::string why);

// A drawing ends here; what is farther off stands at its edge.
inline constexpr double farthest = 3;

// Where a figure lies beside a stated range, for a drawing in which all ranges are as wide: from -0.5 at its lower end
// to 0.5 at its upper one, and from there on one for each factor of ten. Logarithmic throughout.
[[nodiscard]] double place_in_range(double figure, double low, double high);

// Where a value lies beside a line: 0 on it, above 0 on the right side, one for each factor of ten.
[[nodiscard]] double place_above(double value, double line);

// "good", "near", "bad", "unknown": as the page's style sheet calls them.
[[nodiscard]] std::string name_of(Standing standing);

}  // namespace rota::analysis
