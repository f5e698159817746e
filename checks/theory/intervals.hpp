// Intervals: estimates from one run, with the error that the run itself shows. Successive requests depend on each
// other, so never as if they were independent: by batch means, or over the cycles between two empty instants.
//
// Sources: A. Law, Simulation Modeling and Analysis (2015), chapters 9 and 11: batch means, regenerative method,
// control variates.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace rota::checks::theory {

inline constexpr double usual_confidence = 0.999;

struct Interval {
  double estimate = 0;
  double half = 0;  // estimate ± half
  [[nodiscard]] bool holds(double value) const noexcept { return value >= estimate - half && value <= estimate + half; }
  [[nodiscard]] double relative() const noexcept { return half / estimate; }
  [[nodiscard]] std::string text() const;  // "3.97 ± 0.12"
};

// Quantile of Student's distribution, p in (0.5, 1).
[[nodiscard]] double student_quantile(double p, double freedom);

// y ≈ X b by least squares; X row by row, `columns` entries each.
struct Fit {
  std::vector<double> coefficients, errors;  // errors: one standard error each
  double freedom = 0;
};
[[nodiscard]] Fit least_squares(std::span<const double> x, std::span<const double> y, std::size_t columns);

// A series whose mean is known, and that moves with the one to be estimated.
struct Control {
  std::span<const double> values;
  double mean;
};

// The mean of a series in order of time, of which the first tenth is left out as warm-up.
[[nodiscard]] Interval batch_means(std::span<const double> values, std::span<const Control> controls = {},
                                   std::size_t batches = 40, double confidence = usual_confidence);

// The ratio of two sums over independent cycles.
struct Cycle {
  double above = 0, below = 0;
};
[[nodiscard]] Interval ratio_of_cycles(std::span<const Cycle> cycles, double confidence = usual_confidence);

}  // namespace rota::checks::theory
