// The example of docs/adding-a-policy.md does what the sentences of its page say.
#include "tests/schedulers/random_pick.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/schedulers/policy_driver.hpp"

namespace rota::schedulers {
namespace {

using Tasks = std::vector<Index>;

// The order in which one worker picks tasks that came in the order of their numbers.
Tasks picked(Index tasks, std::int64_t oldest_every, std::uint64_t seed) {
  const auto policy = drive<RandomPick<World>>(1, seed, {{"oldest_every", oldest_every}}, tasks, "compact");
  for (Index task = 0; task < tasks; ++task) (void)policy->enqueue(std::nullopt, task, Origin::spawn);
  Tasks order;
  while (const auto task = policy->pick(0)) order.push_back(*task);
  return order;
}

TEST(RandomPick, TakesTheOldestEverySoManyPicks) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const Tasks order = picked(64, 4, seed);
    ASSERT_EQ(order.size(), 64U);
    for (std::size_t pick = 3; pick < order.size(); pick += 4)
      ASSERT_EQ(order[pick], *std::min_element(order.begin() + static_cast<std::ptrdiff_t>(pick), order.end())) << seed;
  }
}

TEST(RandomPick, TakesTheOldestAlwaysIfThatIsEveryPick) {
  const Tasks order = picked(20, 1, 3);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

// Each of eight tasks is the first of one in eight: 500 of 4000, give or take five standard deviations.
TEST(RandomPick, OtherwiseTakesWhicheverTheDieChooses) {
  std::vector<int> first(8);
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) ++first[picked(8, 1000, seed).front()];
  for (const int times : first) EXPECT_NEAR(times, 500, 105);
}

}  // namespace
}  // namespace rota::schedulers
