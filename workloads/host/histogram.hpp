// Histogram: durations counted in buckets of equal relative width, so that any number of them takes the same room.
//
// The idea is that of HdrHistogram (Gil Tene): each power of two is cut into 1024 equal buckets, so a bucket is at most
// a thousandth of its values wide, at nanoseconds as at hours. Below 2048 ns every nanosecond has its own.
//
// Precision  quantiles within 0.05 % of the recorded value (three digits); count, mean and max are exact.
// Memory     8 KiB for each power of two that occurs, allocated when it first does: a run of service needs about ten.
// Threads    One at a time. One for each worker, merged at the end, is the way to use it from many.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "worlds/time.hpp"

namespace rota::workloads::host {

class Histogram {
 public:
  // Negative durations count as 0.
  void record(Duration value);
  void merge(const Histogram& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] Duration max() const { return Duration(static_cast<std::int64_t>(max_)); }
  [[nodiscard]] double mean() const;  // in ns; 0 if it is empty
  // The smallest value that at least this share (0 to 1) of all values does not exceed, in ns; 0 if it is empty.
  [[nodiscard]] double quantile(double share) const;

 private:
  static constexpr unsigned row_bits = 10;
  static constexpr std::size_t row_size = std::size_t{1} << row_bits;
  // Row 0: values below 1024, then a row for each power of two that a Duration can reach.
  static constexpr std::size_t row_count = 64 - row_bits;
  using Row = std::array<std::uint64_t, row_size>;

  Row& row(std::size_t index);
  [[nodiscard]] double middle(std::size_t row, std::size_t column) const;

  std::array<std::unique_ptr<Row>, row_count> rows_;
  std::uint64_t count_ = 0;
  std::uint64_t sum_ = 0;  // of 292 years
  std::uint64_t max_ = 0;
};

}  // namespace rota::workloads::host
