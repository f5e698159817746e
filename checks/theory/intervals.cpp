// Batch means, cycles, least squares.
#include "checks/theory/intervals.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

namespace rota::checks::theory {
namespace {

// The regularised incomplete beta function, by its continued fraction (Lentz).
double beta_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (std::abs(d) < tiny ? tiny : d);
  double h = d;
  for (int m = 1; m <= 500; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double change = 1;
    for (const double term : {even, odd}) {
      d = 1 + term * d;
      c = 1 + term / c;
      d = 1 / (std::abs(d) < tiny ? tiny : d);
      change = c * d;
      h *= change;
    }
    if (std::abs(change - 1) < 1e-14) break;
  }
  return h;
}
double incomplete_beta(double a, double b, double x) {
  const double front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
  return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

// Solves A b = y in place for several right-hand sides at once; the result replaces `right`.
void solve(std::vector<double>& a, std::vector<double>& right, std::size_t n, std::size_t sides) {
  for (std::size_t pivot = 0; pivot < n; ++pivot) {
    std::size_t best = pivot;
    for (std::size_t row = pivot + 1; row < n; ++row) {
      if (std::abs(a[row * n + pivot]) > std::abs(a[best * n + pivot])) best = row;
    }
    if (a[best * n + pivot] == 0) throw std::invalid_argument("least squares: the columns depend on each other");
    for (std::size_t i = 0; i < n; ++i) std::swap(a[pivot * n + i], a[best * n + i]);
    for (std::size_t i = 0; i < sides; ++i) std::swap(right[pivot * sides + i], right[best * sides + i]);
    for (std::size_t row = 0; row < n; ++row) {
      if (row == pivot) continue;
      const double factor = a[row * n + pivot] / a[pivot * n + pivot];
      for (std::size_t i = 0; i < n; ++i) a[row * n + i] -= factor * a[pivot * n + i];
      for (std::size_t i = 0; i < sides; ++i) right[row * sides + i] -= factor * right[pivot * sides + i];
    }
  }
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t i = 0; i < sides; ++i) right[row * sides + i] /= a[row * n + row];
  }
}

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<double> means_of_batches(std::span<const double> values, std::size_t batches) {
  values = values.subspan(values.size() / 10);
  const std::size_t length = values.size() / batches;
  std::vector<double> means;
  for (std::size_t b = 0; b < batches; ++b) means.push_back(mean_of(values.subspan(b * length, length)));
  return means;
}

}  // namespace

std::string Interval::text() const { return fmt::format("{:.6g} ± {:.3g}", estimate, half); }

double student_quantile(double p, double freedom) {
  const auto above = [&](double t) { return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2; };
  double low = 0, high = 1;
  while (above(high) > 1 - p) high *= 2;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (above(middle) > 1 - p ? low : high) = middle;
  }
  return high;
}

Fit least_squares(std::span<const double> x, std::span<const double> y, std::size_t columns) {
  const std::size_t rows = y.size();
  std::vector<double> normal(columns * columns), right(columns * (columns + 1));
  // One right-hand side for the coefficients, the others give the inverse and so the errors.
  for (std::size_t i = 0; i < columns; ++i) {
    right[i * (columns + 1) + 1 + i] = 1;
    for (std::size_t row = 0; row < rows; ++row) {
      right[i * (columns + 1)] += x[row * columns + i] * y[row];
      for (std::size_t j = 0; j < columns; ++j) normal[i * columns + j] += x[row * columns + i] * x[row * columns + j];
    }
  }
  solve(normal, right, columns, columns + 1);
  Fit fit;
  fit.freedom = static_cast<double>(rows - columns);
  for (std::size_t i = 0; i < columns; ++i) fit.coefficients.push_back(right[i * (columns + 1)]);
  double squares = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    double rest = y[row];
    for (std::size_t i = 0; i < columns; ++i) rest -= x[row * columns + i] * fit.coefficients[i];
    squares += rest * rest;
  }
  for (std::size_t i = 0; i < columns; ++i)
    fit.errors.push_back(std::sqrt(squares / fit.freedom * right[i * (columns + 1) + 1 + i]));
  return fit;
}

Interval batch_means(std::span<const double> values, std::span<const Control> controls, std::size_t batches,
                     double confidence) {
  const std::vector<double> y = means_of_batches(values, batches);
  std::vector<std::vector<double>> moves;
  for (const Control& control : controls) moves.push_back(means_of_batches(control.values, batches));
  const std::size_t columns = 1 + controls.size();
  std::vector<double> x;
  for (std::size_t b = 0; b < batches; ++b) {
    x.push_back(1);
    for (std::size_t i = 0; i < controls.size(); ++i) x.push_back(moves[i][b] - controls[i].mean);
  }
  // What the series would be at the controls' known means.
  const Fit fit = least_squares(x, y, columns);
  return {fit.coefficients[0], fit.errors[0] * student_quantile((1 + confidence) / 2, fit.freedom)};
}

Interval ratio_of_cycles(std::span<const Cycle> cycles, double confidence) {
  double above = 0, below = 0;
  for (const Cycle& cycle : cycles) above += cycle.above, below += cycle.below;
  const double ratio = above / below;
  double squares = 0;
  for (const Cycle& cycle : cycles) {
    const double rest = cycle.above - ratio * cycle.below;
    squares += rest * rest;
  }
  const auto n = static_cast<double>(cycles.size());
  const double error = std::sqrt(squares / (n - 1) * n) / below;
  return {ratio, error * student_quantile((1 + confidence) / 2, n - 1)};
}

}  // namespace rota::checks::theory
