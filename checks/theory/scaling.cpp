// The fit.
#include "checks/theory/scaling.hpp"

#include <limits>

#include "checks/theory/formulas.hpp"

namespace rota::checks::theory {

double ScalingFit::peak() const {
  return kappa.estimate > 0 ? scalability_peak(sigma.estimate, kappa.estimate)
                            : std::numeric_limits<double>::infinity();
}

ScalingFit fit_scaling(std::span<const Throughput> points, double confidence) {
  std::vector<double> x, y;
  const double alone = points.front().rate / points.front().workers;
  for (const Throughput& point : points.subspan(1)) {
    const double n = point.workers;
    const double slowdown = n * alone / point.rate;  // n/C; a relative error of C is one of this
    x.push_back((n - 1) / slowdown);
    x.push_back(n * (n - 1) / slowdown);
    y.push_back((slowdown - 1) / slowdown);
  }
  const Fit fit = least_squares(x, y, 2);
  const double times = student_quantile((1 + confidence) / 2, fit.freedom);
  return {{fit.coefficients[0], times * fit.errors[0]}, {fit.coefficients[1], times * fit.errors[1]}};
}

}  // namespace rota::checks::theory
