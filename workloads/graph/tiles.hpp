// Tiles: a symmetric positive definite matrix in square tiles, and the four steps of its Cholesky factorisation in
// place, A = L L^T (the lower triangle). Plain loops: what counts here is that the numbers come out right.
//
// Threads  a step reads and writes its tiles without protection: the graph of tasks orders those that share a tile.
#pragma once

#include <cstdint>
#include <vector>

namespace rota::workloads::graph {

class Tiles {
 public:
  // `count` by `count` tiles of `size` by `size` numbers, drawn by the seed.
  Tiles(std::uint32_t count, std::uint32_t size, std::uint64_t seed);

  // The matrix again, instead of what became of it.
  void reset() { values_ = matrix_; }

  void potrf(std::uint32_t k);                                   // A[k][k] := its factor
  void trsm(std::uint32_t i, std::uint32_t k);                   // A[i][k] := A[i][k] L[k][k]^-T
  void syrk(std::uint32_t i, std::uint32_t k);                   // A[i][i] -= A[i][k] A[i][k]^T
  void gemm(std::uint32_t i, std::uint32_t j, std::uint32_t k);  // A[i][j] -= A[i][k] A[j][k]^T

  // How far L L^T is from the matrix, relative to the matrix, in units of its order times the rounding error: at most 1
  // if the factor is right, far more if it is not. By three random vectors.
  [[nodiscard]] double residual() const;

 private:
  using Values = std::vector<double>;
  [[nodiscard]] double* tile(std::uint32_t i, std::uint32_t j) noexcept { return values_.data() + offset(i, j); }
  [[nodiscard]] std::size_t offset(std::uint32_t i, std::uint32_t j) const noexcept {
    return (std::size_t{i} * count_ + j) * size_ * size_;
  }
  [[nodiscard]] std::size_t order() const noexcept { return std::size_t{count_} * size_; }
  // Of the lower triangle.
  [[nodiscard]] double at(const Values& values, std::size_t row, std::size_t column) const noexcept;
  [[nodiscard]] Values times_matrix(const Values& x) const;
  [[nodiscard]] Values times_factors(const Values& x) const;

  const std::uint32_t count_, size_;
  const std::uint64_t seed_;
  Values matrix_, values_;
};

}  // namespace rota::workloads::graph
