// The patterns of task graphs against what is said of them elsewhere: counts in closed form, symmetry, and Task Bench's
// own examples.
#include "workloads/graph/pattern.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <vector>

#include "workloads/task_bench.hpp"
#include "worlds/real.hpp"

namespace rota::workloads::graph {
namespace {

std::vector<std::uint32_t> of(const Pattern& pattern, std::uint32_t step, std::uint32_t column) {
  std::vector<std::uint32_t> result;
  pattern.each_dependency(step, column, [&](std::uint32_t from) { result.push_back(from); });
  return result;
}

Graph graph_of(const Pattern& pattern) { return TaskBench<env::Real>::graph_of(pattern); }
std::uint64_t edges(const Pattern& pattern) { return graph_of(pattern).edges(); }

using Columns = std::vector<std::uint32_t>;

TEST(Pattern, HasTheNeighboursOfItsName) {
  EXPECT_EQ(of({Shape::stencil_1d, 5, 3}, 1, 0), (Columns{0, 1}));
  EXPECT_EQ(of({Shape::stencil_1d, 5, 3}, 1, 2), (Columns{1, 2, 3}));
  EXPECT_EQ(of({Shape::stencil_1d_periodic, 5, 3}, 1, 0), (Columns{0, 1, 4}));
  EXPECT_EQ(of({Shape::stencil_1d_periodic, 5, 3}, 2, 4), (Columns{3, 4, 0}));
  EXPECT_EQ(of({Shape::dom, 4, 9}, 4, 3), (Columns{2, 3}));
  EXPECT_EQ(of({Shape::tree, 8, 5}, 3, 5), (Columns{2}));
  EXPECT_EQ(of({Shape::fft, 8, 5}, 1, 2), (Columns{1, 2, 3}));
  EXPECT_EQ(of({Shape::fft, 8, 5}, 3, 2), (Columns{2, 6}));
  EXPECT_EQ(of({Shape::fft, 8, 5}, 4, 2), (Columns{1, 2, 3}));
  EXPECT_EQ(of({Shape::all_to_all, 3, 2}, 1, 1), (Columns{0, 1, 2}));
  EXPECT_EQ(of({Shape::nearest, 9, 2, 4}, 1, 4), (Columns{2, 3, 4, 5}));
  EXPECT_EQ(of({Shape::spread, 9, 3, 3}, 2, 4), (Columns{4, 0, 3}));
}

TEST(Pattern, WaitsForNobodyInTheFirstStep) {
  for (int shape = 0; shape <= static_cast<int>(Shape::random_nearest); ++shape) {
    const Pattern pattern{static_cast<Shape>(shape), 16, 40, 5};
    const Graph graph = graph_of(pattern);
    const bool alone = pattern.shape == Shape::trivial;
    EXPECT_EQ(graph.sources().size(), alone ? 16U * 40 : pattern.columns(0)) << shape;
    EXPECT_EQ(graph.edges() == 0, alone) << shape;
  }
}

TEST(Pattern, HasAsManyDependenciesAsItsFormulaSays) {
  for (const std::uint32_t w : {1U, 2U, 3U, 8U, 13U, 32U}) {
    const std::uint64_t rows = 69, steps = rows + 1;  // at least twice the width, so that dom reaches its full width
    const auto count = [&](Shape shape, std::uint32_t radix = 3) {
      return edges({shape, w, static_cast<std::uint32_t>(steps), radix});
    };
    SCOPED_TRACE(w);
    EXPECT_EQ(count(Shape::trivial), 0U);
    EXPECT_EQ(count(Shape::stencil_1d), rows * (3 * w - 2));
    EXPECT_EQ(count(Shape::stencil_1d_periodic), rows * 3 * w);
    EXPECT_EQ(count(Shape::dom), 2 * w * (w - 1) + (steps - 2 * w + 1) * (2 * w - 1));
    EXPECT_EQ(count(Shape::all_to_all), rows * w * w);
    EXPECT_EQ(count(Shape::spread, 5), rows * w * 5);
    EXPECT_EQ(count(Shape::nearest, 0), 0U);
    EXPECT_EQ(count(Shape::nearest, 1), rows * w);
    if (w >= 3) {
      EXPECT_EQ(count(Shape::nearest, 5), rows * (5 * w - 3 - 3));
      EXPECT_EQ(count(Shape::nearest, 4), rows * (4 * w - 3 - 1));
    }
  }
}

TEST(Pattern, OfATreeDoublesItsColumnsUntilThereIsNoRoom) {
  const Pattern pattern{Shape::tree, 20, 9};
  std::uint64_t tasks = 0;
  for (std::uint32_t step = 0; step < 9; ++step) {
    EXPECT_EQ(pattern.columns(step), std::min(20U, 1U << step));
    tasks += pattern.columns(step);
  }
  EXPECT_EQ(edges(pattern), tasks - 1);  // one parent each
}

TEST(Pattern, OfAFourierTransformTakesEveryPowerOfTwoInTurn) {
  const std::uint32_t width = 32;
  std::uint64_t sum = 0;
  for (std::uint32_t reach = 1; reach < width; reach *= 2) sum += width + 2 * (width - reach);
  EXPECT_EQ(edges({Shape::fft, width, 6}), sum);
  EXPECT_EQ(edges({Shape::fft, width, 11}), 2 * sum);
}

TEST(Pattern, OfADomGrowsAndShrinksAsAFront) {
  const Pattern pattern{Shape::dom, 4, 10};
  const std::vector<std::uint32_t> columns{1, 2, 3, 4, 4, 4, 4, 3, 2, 1}, first{0, 0, 0, 0, 0, 0, 0, 1, 2, 3};
  for (std::uint32_t step = 0; step < 10; ++step) {
    EXPECT_EQ(pattern.columns(step), columns[step]);
    EXPECT_EQ(pattern.first(step), first[step]);
  }
}

// Of these, a depends on b in a step if and only if b depends on a.
TEST(Pattern, IsSymmetricWhereNeighboursAre) {
  for (const Shape shape :
       {Shape::stencil_1d, Shape::stencil_1d_periodic, Shape::fft, Shape::all_to_all, Shape::nearest}) {
    const Pattern pattern{shape, 17, 8, 7};
    for (std::uint32_t step = 1; step < 8; ++step) {
      std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
      for (std::uint32_t column = 0; column < 17; ++column) {
        for (const std::uint32_t from : of(pattern, step, column)) pairs.emplace(column, from);
      }
      for (const auto& [a, b] : pairs) EXPECT_TRUE(pairs.contains({b, a})) << static_cast<int>(shape);
    }
  }
}

TEST(Pattern, SpreadGivesEveryColumnAsManyDependentsAsDependencies) {
  const Pattern pattern{Shape::spread, 12, 7, 4};
  for (std::uint32_t step = 1; step < 7; ++step) {
    std::vector<int> dependents(12);
    for (std::uint32_t column = 0; column < 12; ++column) {
      for (const std::uint32_t from : of(pattern, step, column)) ++dependents[from];
    }
    EXPECT_EQ(dependents, std::vector<int>(12, 4));
  }
  EXPECT_NE(of(pattern, 1, 3), of(pattern, 2, 3));
  EXPECT_EQ(of(pattern, 1, 3), of(pattern, 4, 3));
}

TEST(Pattern, RandomNearestDrawsAQuarterOfItsWindowAndAlwaysItself) {
  const std::uint32_t width = 2000, radix = 21;
  const Pattern pattern{Shape::random_nearest, width, 8, radix, 7};
  std::uint64_t drawn = 0;
  for (std::uint32_t column = 0; column < width; ++column) {
    const Columns got = of(pattern, 1, column), window = of({Shape::nearest, width, 8, radix}, 1, column);
    EXPECT_TRUE(std::ranges::includes(window, got));
    EXPECT_TRUE(std::ranges::binary_search(got, column));
    EXPECT_EQ(got, of(pattern, 4, column));
    drawn += got.size() - 1;
  }
  const double chances = width * (radix - 1.0), expected = chances / 4;  // hardly less, at the sides
  EXPECT_NEAR(static_cast<double>(drawn), expected, 5 * std::sqrt(chances * 3 / 16) + 55);
  EXPECT_NE(of(pattern, 1, 500), of({Shape::random_nearest, width, 8, radix, 8}, 1, 500));
}

TEST(Pattern, CallsWithSettingsOfOneColumnToo) {
  for (int shape = 0; shape <= static_cast<int>(Shape::random_nearest); ++shape) {
    const Pattern pattern{static_cast<Shape>(shape), 1, 4, 1};
    for (const std::uint32_t from : of(pattern, 3, 0)) EXPECT_EQ(from, 0U);
    EXPECT_LE(of(pattern, 3, 0).size(), pattern.most_dependencies());
  }
}

TEST(Graph, KeepsOrderAndCountsEdgesThatAreGivenTwice) {
  const std::vector<Edge> edges{{0, 2}, {1, 2}, {0, 2}, {2, 3}};
  const Graph graph(5, edges);
  const auto list = [](std::span<const TaskId> tasks) { return Columns(tasks.begin(), tasks.end()); };
  EXPECT_EQ(list(graph.inputs(2)), (Columns{0, 1, 0}));
  EXPECT_EQ(list(graph.outputs(0)), (Columns{2, 2}));
  EXPECT_EQ(list(graph.sources()), (Columns{0, 1, 4}));
  EXPECT_EQ(graph.sinks(), 2U);
}

}  // namespace
}  // namespace rota::workloads::graph
