// Cholesky factorisation of tiles, and its check.
#include "workloads/graph/tiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "workloads/graph/pattern.hpp"

namespace rota::workloads::graph {
namespace {

// From -1 to 1.
double drawn(std::uint64_t seed, std::uint64_t which) { return 2 * chance(seed, which) - 1; }

double norm(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum);
}

double dot(const double* a, const double* b, std::uint32_t size) {
  double sum = 0;
  for (std::uint32_t i = 0; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

Tiles::Tiles(std::uint32_t count, std::uint32_t size, std::uint64_t seed)
    : count_(count), size_(size), seed_(seed), matrix_(order() * order()) {
  for (std::size_t row = 0; row < order(); ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      double& value = matrix_[offset(row / size_, column / size_) + row % size_ * size_ + column % size_];
      value = drawn(seed, row * order() + column);
      if (row == column)
        value += static_cast<double>(order());  // dominates its row, so the matrix is positive definite
    }
  }
  reset();
}

void Tiles::potrf(std::uint32_t k) {
  double* const a = tile(k, k);
  for (std::uint32_t row = 0; row < size_; ++row) {
    for (std::uint32_t column = 0; column <= row; ++column) {
      const double rest = a[row * size_ + column] - dot(a + row * size_, a + column * size_, column);
      a[row * size_ + column] = row == column ? std::sqrt(rest) : rest / a[column * size_ + column];
    }
  }
}

void Tiles::trsm(std::uint32_t i, std::uint32_t k) {
  const double* const l = tile(k, k);
  double* const a = tile(i, k);
  for (std::uint32_t row = 0; row < size_; ++row) {
    for (std::uint32_t column = 0; column < size_; ++column) {
      double& value = a[row * size_ + column];
      value = (value - dot(a + row * size_, l + column * size_, column)) / l[column * size_ + column];
    }
  }
}

void Tiles::syrk(std::uint32_t i, std::uint32_t k) {
  const double* const a = tile(i, k);
  double* const c = tile(i, i);
  for (std::uint32_t row = 0; row < size_; ++row) {
    for (std::uint32_t column = 0; column <= row; ++column)
      c[row * size_ + column] -= dot(a + row * size_, a + column * size_, size_);
  }
}

void Tiles::gemm(std::uint32_t i, std::uint32_t j, std::uint32_t k) {
  const double *const a = tile(i, k), *const b = tile(j, k);
  double* const c = tile(i, j);
  for (std::uint32_t row = 0; row < size_; ++row) {
    for (std::uint32_t column = 0; column < size_; ++column)
      c[row * size_ + column] -= dot(a + row * size_, b + column * size_, size_);
  }
}

double Tiles::at(const Values& values, std::size_t row, std::size_t column) const noexcept {
  return values[offset(static_cast<std::uint32_t>(row / size_), static_cast<std::uint32_t>(column / size_)) +
                row % size_ * size_ + column % size_];
}

Tiles::Values Tiles::times_matrix(const Values& x) const {
  Values result(order());
  for (std::size_t row = 0; row < order(); ++row) {
    for (std::size_t column = 0; column < row; ++column) {
      const double value = at(matrix_, row, column);
      result[row] += value * x[column];
      result[column] += value * x[row];
    }
    result[row] += at(matrix_, row, row) * x[row];
  }
  return result;
}

Tiles::Values Tiles::times_factors(const Values& x) const {
  Values middle(order()), result(order());
  for (std::size_t row = 0; row < order(); ++row) {
    for (std::size_t column = 0; column <= row; ++column) middle[column] += at(values_, row, column) * x[row];
  }
  for (std::size_t row = 0; row < order(); ++row) {
    for (std::size_t column = 0; column <= row; ++column) result[row] += at(values_, row, column) * middle[column];
  }
  return result;
}

double Tiles::residual() const {
  double worst = 0;
  for (std::uint64_t trial = 0; trial < 3; ++trial) {
    Values x(order());
    for (std::size_t i = 0; i < order(); ++i) x[i] = drawn(seed_ + 1, trial * order() + i);
    const Values right = times_matrix(x);
    Values difference = times_factors(x);
    for (std::size_t i = 0; i < order(); ++i) difference[i] -= right[i];
    const double one = norm(difference) / norm(right);
    worst = one <= worst ? worst : one;  // a number that is none is the worst
  }
  return worst / (static_cast<double>(order()) * std::numeric_limits<double>::epsilon());
}

}  // namespace rota::workloads::graph
