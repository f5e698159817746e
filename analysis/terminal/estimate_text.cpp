// Writes estimates.
#include "analysis/terminal/estimate_text.hpp"

#include <fmt/format.h>

#include "analysis/words/units.hpp"

namespace rota::analysis {

std::string figure_text(const Estimate& value, std::string_view unit) {
  const Scale scale = scale_for(unit, value.median);
  const auto number = [&](double one) { return three_digits(one * scale.factor); };
  std::string text = number(value.median) + (scale.name.empty() ? "" : " ") + scale.name;
  if (value.count > 1) text += fmt::format(" [{}, {}]", number(value.low), number(value.high));
  return text;
}

std::string ratio_text(const Estimate& ratio) {
  if (ratio.count < 2) return ratio_digits(ratio.median) + "×";
  return fmt::format("{}× [{}, {}]", ratio_digits(ratio.median), ratio_digits(ratio.low), ratio_digits(ratio.high));
}

}  // namespace rota::analysis
