// Counting durations.
#include "workloads/host/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace rota::workloads::host {

Histogram::Row& Histogram::row(std::size_t index) {
  auto& place = rows_[index];
  if (place == nullptr) place = std::make_unique<Row>();
  return *place;
}

void Histogram::record(Duration value) {
  const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0));
  const auto width = static_cast<unsigned>(std::bit_width(ns));
  const unsigned shift = width > row_bits + 1 ? width - row_bits - 1 : 0;
  const std::size_t index = width > row_bits ? shift + 1 : 0;
  ++row(index)[(ns >> shift) & (row_size - 1)];
  ++count_;
  sum_ += ns;
  max_ = std::max(max_, ns);
}

void Histogram::merge(const Histogram& other) {
  for (std::size_t i = 0; i < row_count; ++i) {
    if (other.rows_[i] == nullptr) continue;
    Row& own = row(i);
    for (std::size_t column = 0; column < row_size; ++column) own[column] += (*other.rows_[i])[column];
  }
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
}

double Histogram::mean() const { return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_); }

// Of the whole numbers in a bucket, the middle.
double Histogram::middle(std::size_t row, std::size_t column) const {
  if (row == 0) return static_cast<double>(column);
  const std::uint64_t width = std::uint64_t{1} << (row - 1);
  return static_cast<double>((row_size + column) * width) + static_cast<double>(width - 1) / 2;
}

double Histogram::quantile(double share) const {
  if (count_ == 0) return 0;
  const double rank = std::ceil(share * static_cast<double>(count_));
  const auto wanted = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::max(rank, 1.0)), 1, count_);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < row_count; ++i) {
    if (rows_[i] == nullptr) continue;
    for (std::size_t column = 0; column < row_size; ++column) {
      seen += (*rows_[i])[column];
      if (seen >= wanted) return std::min(middle(i, column), static_cast<double>(max_));
    }
  }
  return static_cast<double>(max_);
}

}  // namespace rota::workloads::host
