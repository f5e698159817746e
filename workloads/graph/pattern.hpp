// Pattern: which columns of the step before a task of a task graph waits for. After Task Bench (Slaughter and others,
// "Task Bench: A parameterized benchmark for evaluating parallel runtime performance", SC'20), whose rules these are.
//
//   trivial              none
//   stencil_1d           its own column and both neighbours
//   stencil_1d_periodic  likewise; the first and the last column are neighbours
//   dom                  its own and the left neighbour, on a front that grows to the width and shrinks again
//   tree                 half its column: the width doubles with each step, up to all columns
//   fft                  its own and those 2^k to either side; k goes from 0 to ceil(log2(width)) - 1 and begins again
//   all_to_all           all
//   nearest              a window of `radix` columns around its own, cut off at the sides
//   spread               `radix` columns that are spread evenly, turned by one from step to step, over three steps
//   random_nearest       of that window its own and each other with probability 1/4, drawn anew for each of three steps
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "worlds/random.hpp"

namespace rota::workloads::graph {

enum class Shape : std::uint8_t {
  trivial,
  stencil_1d,
  stencil_1d_periodic,
  dom,
  tree,
  fft,
  all_to_all,
  nearest,
  spread,
  random_nearest,
};

// A number in [0, 1) that depends on nothing but its arguments.
[[nodiscard]] constexpr double chance(std::uint64_t seed, std::uint64_t which) noexcept {
  return static_cast<double>(Random::stream(seed, which)() >> 11) * 0x1p-53;
}

struct Pattern {
  static constexpr std::uint32_t period = 3;  // of spread and random_nearest
  static constexpr double connected = 0.25;   // of random_nearest

  Shape shape = Shape::stencil_1d;
  std::uint32_t width = 1, steps = 1, radix = 3;
  std::uint64_t seed = 1;

  // The tasks of a step stand in `columns(step)` columns, from column `first(step)` on.
  [[nodiscard]] constexpr std::uint32_t first(std::uint32_t step) const noexcept {
    if (shape != Shape::dom) return 0;
    return step + width > steps ? step + width - steps : 0;
  }
  [[nodiscard]] constexpr std::uint32_t columns(std::uint32_t step) const noexcept {
    if (shape == Shape::dom) return std::min({width, step + 1, steps - step});
    if (shape == Shape::tree) return step < 31 ? std::min(width, std::uint32_t{1} << step) : width;
    return width;
  }
  [[nodiscard]] constexpr bool exists(std::uint32_t step, std::uint32_t column) const noexcept {
    return column >= first(step) && column < first(step) + columns(step);
  }

  // Calls visit(column) for each column of the step before that this task waits for. Step 0 waits for none.
  template <class F> constexpr void each_dependency(std::uint32_t step, std::uint32_t column, F visit) const {
    if (step == 0) return;
    each_wanted(step, column, [&](std::uint32_t wanted) {
      if (exists(step - 1, wanted)) visit(wanted);
    });
  }

  // At most so many dependencies has a task.
  [[nodiscard]] constexpr std::uint64_t most_dependencies() const noexcept {
    switch (shape) {
      case Shape::trivial:
        return 0;
      case Shape::all_to_all:
        return width;
      case Shape::nearest:
      case Shape::random_nearest:
        return std::min(radix, width);
      case Shape::spread:
        return radix;
      default:
        return 3;
    }
  }

 private:
  [[nodiscard]] constexpr std::uint32_t halvings() const noexcept {
    return std::max(std::uint32_t{1}, static_cast<std::uint32_t>(std::bit_width(width - 1)));  // ceil(log2(width))
  }

  template <class F> constexpr void each_wanted(std::uint32_t step, std::uint32_t column, F visit) const {
    const std::uint32_t last = width - 1;
    const std::uint32_t left = column > 0 ? column - 1 : 0, right = std::min(column + 1, last);
    switch (shape) {
      case Shape::trivial:
        break;
      case Shape::stencil_1d:
        range(left, right, visit);
        break;
      case Shape::stencil_1d_periodic:
        range(left, right, visit);
        if (column == 0) visit(last);
        if (column == last) visit(std::uint32_t{0});
        break;
      case Shape::dom:
        range(left, column, visit);
        break;
      case Shape::tree:
        visit(column / 2);
        break;
      case Shape::fft:
        butterfly(step, column, visit);
        break;
      case Shape::all_to_all:
        range(0, last, visit);
        break;
      case Shape::nearest:
        window(column, visit);
        break;
      case Shape::spread:
        evenly(step, column, visit);
        break;
      case Shape::random_nearest:
        window(column, [&](std::uint32_t other) {
          const std::uint64_t which = ((std::uint64_t{step % period} << 28) + column) << 28 | other;
          if (other == column || chance(seed, which) < connected) visit(other);
        });
        break;
    }
  }

  template <class F> constexpr void butterfly(std::uint32_t step, std::uint32_t column, F visit) const {
    const std::uint32_t reach = std::uint32_t{1} << ((step + halvings() - 1) % halvings());
    if (column >= reach) visit(column - reach);
    visit(column);
    if (column + reach < width) visit(column + reach);
  }
  template <class F> constexpr void evenly(std::uint32_t step, std::uint32_t column, F visit) const {
    for (std::uint64_t i = 0; i < radix; ++i) {
      const std::uint64_t turned = column + i * width / radix + (i > 0 ? step % period : 0);
      visit(static_cast<std::uint32_t>(turned % width));
    }
  }
  template <class F> static constexpr void range(std::uint32_t from, std::uint32_t to, F visit) {
    for (std::uint32_t column = from; column <= to; ++column) visit(column);
  }
  template <class F> constexpr void window(std::uint32_t column, F visit) const {
    if (radix == 0) return;
    const std::uint32_t before = radix / 2, after = (radix - 1) / 2;
    range(column > before ? column - before : 0, std::min(column + after, width - 1), visit);
  }
};

}  // namespace rota::workloads::graph
