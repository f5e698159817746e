// Scales and digits for people.
#include "analysis/words/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "record/figure.hpp"

namespace rota::analysis {
namespace {

struct Step {
  double size;
  std::string_view name;
};

constexpr std::array<Step, 4> times{{{1, "ns"}, {1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}}};  // in ns
constexpr std::array<Step, 4> sizes{{{1, "B"}, {1024, "KiB"}, {1048576, "MiB"}, {1073741824, "GiB"}}};
constexpr std::array<Step, 4> counts{{{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}}};

// One of `unit`, in the smallest step of its ladder; 0 for a unit that is no time.
double nanoseconds(std::string_view unit) {
  if (unit == "ns") return 1;
  if (unit == "us" || unit == "µs") return 1e3;
  if (unit == "ms") return 1e6;
  return unit == "s" ? 1e9 : 0;
}

// One of `unit` in bytes; 0 for a unit that is no size.
double bytes(std::string_view unit) {
  constexpr std::array<Step, 9> known{{{1, "bytes"},
                                       {1, "B"},
                                       {1e3, "kB"},
                                       {1e3, "KB"},
                                       {1e6, "MB"},
                                       {1e9, "GB"},
                                       {1024, "KiB"},
                                       {1048576, "MiB"},
                                       {1073741824, "GiB"}}};
  const auto found = std::ranges::find(known, unit, &Step::name);
  return found == known.end() ? 0 : found->size;
}

const Step& step_for(std::span<const Step> steps, double value) {
  const Step* best = &steps.front();
  for (const Step& step : steps) {
    if (std::abs(value) >= step.size * 0.9995) best = &step;
  }
  return *best;
}

}  // namespace

Scale scale_for(std::string_view unit, double typical) {
  if (const double one = nanoseconds(unit); one != 0) {
    const Step& step = step_for(times, typical * one);
    return {one / step.size, std::string(step.name)};
  }
  if (unit == "bytes" || unit == "B") {
    const Step& step = step_for(sizes, typical);
    return {1 / step.size, std::string(step.name)};
  }
  if (!record::lower_is_better(unit)) {
    const Step& step = step_for(counts, typical);
    return {1 / step.size, fmt::format("{}{}", step.name, unit == "1/s" ? "/s" : fmt::format(" {}", unit))};
  }
  return {1, unit == "1" ? "" : std::string(unit)};
}

std::string three_digits(double value) {
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size >= 99.95) return fmt::format("{:.0f}", value);
  if (size >= 9.995) return fmt::format("{:.1f}", value);
  if (size >= 0.9995) return fmt::format("{:.2f}", value);
  return fmt::format("{:.3g}", value);
}

std::string human(double value, std::string_view unit) {
  const Scale scale = scale_for(unit, value);
  return three_digits(value * scale.factor) + (scale.name.empty() ? "" : " ") + scale.name;
}

std::optional<double> conversion(std::string_view from, std::string_view to) {
  if (from == to) return 1;
  for (const auto size : {&nanoseconds, &bytes}) {
    if (const double one = size(from), other = size(to); one != 0 && other != 0) return one / other;
  }
  return std::nullopt;
}

std::string short_number(double value) {
  const Step& step = step_for(counts, value);
  return fmt::format("{:.4g}{}", value / step.size, step.name);
}

std::string ratio_digits(double value) {
  if (std::abs(value) >= 99.95) return fmt::format("{:.0f}", value);
  if (std::abs(value) < 0.0995) return fmt::format("{:.2g}", value);
  return std::abs(value) >= 9.995 ? fmt::format("{:.1f}", value) : fmt::format("{:.2f}", value);
}

std::string better_by(std::string_view unit, std::string_view gain) {
  if (nanoseconds(unit) != 0) return fmt::format("is {}× faster than", gain);
  if (unit == "bytes" || unit == "B") return fmt::format("needs {}× less memory than", gain);
  if (record::lower_is_better(unit)) return fmt::format("is {}× lower than", gain);
  return fmt::format("reaches {}× the rate of", gain);
}

}  // namespace rota::analysis
