// What the author of a task told, as a mark carries it: in whole microseconds, up to a second, and classes up to 255.
// For those who judge traces; the policy has read the Attributes themselves.
#pragma once

#include <algorithm>
#include <cstdint>

#include "runtime/vocabulary.hpp"

namespace rota {

struct Told {
  bool anything = false;
  std::uint32_t remaining = 0, deadline = 0;  // us; most: longer, or never
  std::uint32_t priority = 0, weight = 1, group = 0;

  static constexpr std::uint32_t most = (1U << 19) - 1, most_class = 255;

  static constexpr std::uint64_t pack(const Attributes* attributes) noexcept {
    if (attributes == nullptr) return 0;
    const auto us = [](Duration time) -> std::uint64_t {
      return static_cast<std::uint64_t>(std::clamp<Duration::rep>(time.count() / 1000, 0, most));
    };
    const auto small = [](std::uint32_t number) -> std::uint64_t { return std::min(number, most_class); };
    return us(attributes->remaining) | us(attributes->deadline.time_since_epoch()) << 19 |
           small(attributes->priority) << 38 | small(attributes->weight) << 46 | small(attributes->group) << 54 |
           std::uint64_t{1} << 62;
  }
  static constexpr Told of(std::uint64_t packed) noexcept {
    const auto bits = [packed](unsigned from, std::uint32_t mask) {
      return static_cast<std::uint32_t>(packed >> from) & mask;
    };
    if (packed == 0) return {};
    return {.anything = true,
            .remaining = bits(0, most),
            .deadline = bits(19, most),
            .priority = bits(38, most_class),
            .weight = std::max(bits(46, most_class), 1U),
            .group = bits(54, most_class)};
  }
};

}  // namespace rota
