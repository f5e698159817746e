// The median, for whatever is measured many times.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace rota {

// The value in the middle, or halfway between the two that are. The sample must hold at least one; it is reordered.
template <class T> [[nodiscard]] T median_in_place(std::vector<T>& sample) {
  const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(sample.size() / 2);
  std::nth_element(sample.begin(), middle, sample.end());
  if (sample.size() % 2 == 1) return *middle;
  const T lower = *std::max_element(sample.begin(), middle);
  return lower + (*middle - lower) / 2;
}
template <class T> [[nodiscard]] T median(std::vector<T> sample) { return median_in_place(sample); }

}  // namespace rota
