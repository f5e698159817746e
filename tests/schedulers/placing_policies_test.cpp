// What the policies decide that ask where: on which node, in whose queue.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "schedulers/chaos.hpp"
#include "schedulers/hierarchical.hpp"
#include "schedulers/node_queues.hpp"
#include "schedulers/partitioned.hpp"
#include "schedulers/two_choices.hpp"
#include "tests/schedulers/policy_driver.hpp"

namespace rota::schedulers {
namespace {

using E = World;

using Found = std::optional<Index>;

// Eight workers on two nodes: 0 to 3 are on one, 4 to 7 on the other.
SettingValues robbing(const char* victim, int threshold) {
  return {{"victim", std::string(victim)}, {"threshold", std::int64_t{threshold}}};
}

TEST(Hierarchical, RobsItsOwnNodeFirstHoweverMuchTheOtherHolds) {
  for (const char* victim : {"random", "nearest"}) {
    for (std::uint64_t seed = 0; seed < 16; ++seed) {
      Driver<Hierarchical<E>> policy(8, seed, robbing(victim, 1), 65);
      for (Index i = 0; i < 64; ++i) (void)policy.enqueue(4 + static_cast<WorkerId>(i % 4), i, Origin::spawn);
      (void)policy.enqueue(3, 64, Origin::spawn);
      EXPECT_EQ(policy.obtain(0), Found(64));
      EXPECT_LT(policy.obtain(0).value(), 64U);
    }
  }
}

TEST(Hierarchical, RobsDifferentWorkersOfItsNodeFirstWithDifferentSeeds) {
  std::map<Index, int> first_robbed;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Driver<Hierarchical<E>> policy(8, seed, robbing("random", 1), 3);
    for (WorkerId victim = 1; victim < 4; ++victim) (void)policy.enqueue(victim, victim - 1, Origin::spawn);
    ++first_robbed[policy.obtain(0).value()];
  }
  for (Index i = 0; i < 3; ++i) EXPECT_GT(first_robbed[i], 8);
}

TEST(Hierarchical, RobsAnotherNodeOnlyFromTheThresholdOn) {
  for (const char* victim : {"random", "nearest"}) {
    Driver<Hierarchical<E>> policy(8, 1, robbing(victim, 3), 3);
    for (Index i = 0; i < 2; ++i) (void)policy.enqueue(6, i, Origin::spawn);
    EXPECT_EQ(policy.obtain(0), std::nullopt);
    EXPECT_FALSE(policy.has_work(0));
    EXPECT_TRUE(policy.has_work(5));
    (void)policy.enqueue(6, 2, Origin::spawn);
    EXPECT_TRUE(policy.has_work(0));
    EXPECT_EQ(policy.obtain(0), Found(0));
  }
}

TEST(Hierarchical, RobsItsOwnNodeOfASingleTask) {
  Driver<Hierarchical<E>> policy(8, 1, robbing("random", 3), 1);
  (void)policy.enqueue(6, 0, Origin::spawn);
  EXPECT_EQ(policy.obtain(4), Found(0));
}

TEST(Hierarchical, WakesSomebodyNearTheWorkerThatGotTheTask) {
  Driver<Hierarchical<E>> policy(8, 1, {}, 3);
  EXPECT_EQ(policy.enqueue(5, 0, Origin::spawn), WakeHint::near(5));
  EXPECT_EQ(policy.enqueue(5, 1, Origin::yield), WakeHint::none());
  EXPECT_EQ(policy.enqueue(outside, 2, Origin::spawn), WakeHint::any());
}

TEST(NodeQueues, TakesFromItsOwnNodeFirst) {
  Driver<NodeQueues<E>> policy(8, 1, {}, 4);
  EXPECT_EQ(policy.enqueue(1, 0, Origin::spawn), WakeHint::near(1));
  EXPECT_EQ(policy.enqueue(6, 1, Origin::wake), WakeHint::near(6));
  (void)policy.enqueue(2, 2, Origin::spawn);
  EXPECT_EQ(policy.enqueue(7, 3, Origin::yield), WakeHint::none());
  for (const Index expected : {1, 3, 0, 2}) EXPECT_EQ(policy.pick(4), Found(expected));
}

TEST(NodeQueues, DealsTasksFromOutsideToTheNodesInTurn) {
  Driver<NodeQueues<E>> policy(8, 1, {}, 3);
  EXPECT_EQ(policy.enqueue(outside, 0, Origin::spawn), WakeHint::near(0));
  EXPECT_EQ(policy.enqueue(outside, 1, Origin::wake), WakeHint::near(4));
  EXPECT_EQ(policy.enqueue(outside, 2, Origin::spawn), WakeHint::near(0));
  EXPECT_EQ(policy.pick(5), Found(1));
  EXPECT_EQ(policy.pick(5), Found(0));
}

TEST(NodeQueues, LookAtTheNearestNodesFirstAndOnlyAtThoseWithWorkers) {
  const std::array<std::uint64_t, 16> distances{10, 40, 30, 20, 40, 10, 20, 30, 30, 20, 10, 40, 20, 30, 40, 10};
  const Topology four = Topology::synthetic("numa:4 core:2 pu:1").with_distances(distances);
  using Nodes = std::vector<std::uint32_t>;
  const NodesInUse all(Placement(four, "compact", 8));
  EXPECT_EQ(all.from(0), (Nodes{0, 3, 2, 1}));
  EXPECT_EQ(all.from(5), (Nodes{2, 1, 0, 3}));
  const NodesInUse some(Placement(four, "7,2", 2));  // the last node and the second
  EXPECT_EQ(some.count(), 2U);
  EXPECT_EQ(some.of(0), 0U);
  EXPECT_EQ(some.from(1), (Nodes{1, 0}));
  EXPECT_EQ(some.first_worker(1), 1U);
}

// Which worker finds each of the tasks in its own queue.
template <class P> std::vector<WorkerId> places(Driver<P>& policy, std::size_t tasks) {
  std::vector<WorkerId> result(tasks, policy.workers());
  for (WorkerId worker = 0; worker < policy.workers(); ++worker) {
    while (const auto task = policy.pick(worker)) result[*task] = worker;
  }
  return result;
}
std::vector<std::size_t> loads(const std::vector<WorkerId>& places, unsigned workers) {
  std::vector<std::size_t> result(workers);
  for (const WorkerId worker : places) ++result.at(worker);
  return result;
}

TEST(TwoChoices, PutsATaskIntoTheShorterQueue) {
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    Driver<TwoChoices<E>> policy(2, seed, {}, 8);
    for (Index i = 0; i < 3; ++i) (void)policy.enqueue(0, i, Origin::yield);  // stay where they are
    for (Index i = 3; i < 5; ++i) EXPECT_EQ(policy.enqueue(outside, i, Origin::spawn), WakeHint::exactly(1));
    EXPECT_EQ(policy.enqueue(1, 5, Origin::spawn), WakeHint::none());  // its own: 3 against 2
    const auto where = places(policy, 6);
    EXPECT_EQ(where, (std::vector<WorkerId>{0, 0, 0, 1, 1, 1}));
  }
}

TEST(TwoChoices, CountsTheTaskThatRuns) {
  for (std::uint64_t seed = 0; seed < 16; ++seed) {
    Driver<TwoChoices<E>> policy(2, seed, {}, 3);
    (void)policy.enqueue(0, 0, Origin::yield);
    EXPECT_EQ(policy.pick(0), Found(0));
    EXPECT_EQ(policy.enqueue(0, 1, Origin::spawn), WakeHint::exactly(1));
    EXPECT_EQ(policy.pick(0), std::nullopt);  // now it runs nothing, and 1 has a task
    EXPECT_EQ(policy.enqueue(1, 2, Origin::wake), WakeHint::exactly(0));
  }
}

TEST(TwoChoices, SpreadsFarBetterThanOneChoice) {
  constexpr std::size_t tasks = 4000;
  Driver<TwoChoices<E>> two(8, 1, {}, tasks);
  Driver<Partitioned<E>> one(8, 1, {}, tasks);
  for (Index i = 0; i < tasks; ++i) {
    (void)two.enqueue(outside, i, Origin::spawn);
    (void)one.enqueue(outside, i, Origin::spawn);
  }
  const auto spread = [](const std::vector<std::size_t>& loads) {
    return std::ranges::max(loads) - std::ranges::min(loads);
  };
  EXPECT_LE(spread(loads(places(two, tasks), 8)), 6U);
  EXPECT_GE(spread(loads(places(one, tasks), 8)), 20U);  // the deviation of each is 21
}

TEST(TwoChoices, LetsAnIdleWorkerWaitUnlessItIsToldToSteal) {
  Driver<TwoChoices<E>> waits(2, 1, {}, 1);
  (void)waits.enqueue(0, 0, Origin::yield);
  EXPECT_FALSE(waits.has_work(1));
  EXPECT_EQ(waits.obtain(1), std::nullopt);
  Driver<TwoChoices<E>> steals(2, 1, {{"idle", std::string("steal")}}, 2);
  EXPECT_EQ(steals.enqueue(0, 0, Origin::yield), WakeHint::none());
  EXPECT_EQ(steals.enqueue(0, 1, Origin::spawn), WakeHint::near(1));
  EXPECT_TRUE(steals.has_work(0));
  for (Index i : {1, 0}) EXPECT_EQ(steals.obtain(1), Found(i));
}

TEST(Partitioned, DealsToAllWorkersAlikeFromInsideAndFromOutside) {
  for (const std::optional<WorkerId> by : {outside, std::optional<WorkerId>(2)}) {
    Driver<Partitioned<E>> policy(4, 7, {}, 4000);
    std::set<std::pair<WakeHint::Kind, WorkerId>> hints;
    for (Index i = 0; i < 4000; ++i) {
      const WakeHint hint = policy.enqueue(by, i, Origin::spawn);
      hints.insert({hint.kind(), hint.worker()});
    }
    EXPECT_EQ(hints.size(), 4U);
    EXPECT_EQ(hints.contains({WakeHint::Kind::none, 0}), by.has_value());  // to itself
    EXPECT_EQ(hints.contains({WakeHint::Kind::exactly, 2}), !by.has_value());
    for (const std::size_t load : loads(places(policy, 4000), 4)) EXPECT_NEAR(static_cast<double>(load), 1000, 120);
  }
}

TEST(Partitioned, NeverMovesATaskThatOnlyYields) {
  Driver<Partitioned<E>> policy(4, 3, {}, 40);
  for (Index i = 0; i < 40; ++i) (void)policy.enqueue(outside, i, Origin::spawn);
  std::vector<WorkerId> home(40, 4);
  for (int round = 0; round < 200; ++round) {
    const auto worker = static_cast<WorkerId>(round % 4);
    const auto task = policy.obtain(worker);
    if (!task) continue;
    if (home[*task] == 4) home[*task] = worker;
    EXPECT_EQ(home[*task], worker);
    EXPECT_EQ(policy.enqueue(worker, *task, Origin::yield), WakeHint::none());
  }
  EXPECT_EQ(places(policy, 40), home);
}

TEST(Partitioned, KeepsTheTasksOfAWorkerFromAllOthers) {
  Driver<Partitioned<E>> policy(2, 1, {}, 2);
  (void)policy.enqueue(0, 0, Origin::yield);
  EXPECT_FALSE(policy.has_work(1));
  EXPECT_EQ(policy.obtain(1), std::nullopt);
  EXPECT_EQ(policy.obtain(0), Found(0));
}

// P7: callers from outside have no stream of a worker's; theirs does not depend on the seed.
TEST(Partitioned, DealsTheSameFromOutsideWhateverTheSeed) {
  Driver<Partitioned<E>> one(8, 1, {}, 100), two(8, 2, {}, 100);
  for (Index i = 0; i < 100; ++i)
    EXPECT_EQ(one.enqueue(outside, i, Origin::spawn), two.enqueue(outside, i, Origin::spawn));
}

TEST(Chaos, LosesNothing) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Driver<Chaos<E>> policy(4, seed, {}, 100);
    std::set<Index> found;
    for (Index i = 0; i < 100; ++i) (void)policy.enqueue(static_cast<WorkerId>(i % 4), i, Origin::wake);
    for (std::size_t i = 0; i < 100; ++i) found.insert(policy.obtain(static_cast<WorkerId>(i % 3)).value());
    EXPECT_EQ(found.size(), 100U);
    EXPECT_FALSE(policy.has_work(0));
  }
}

TEST(Chaos, DrawsEveryHintThatIsRightAndNoOther) {
  std::map<WakeHint::Kind, int> of_spawns, of_yields;
  Driver<Chaos<E>> policy(3, 1, {}, 1000);
  for (Index i = 0; i < 500; ++i) ++of_spawns[policy.enqueue(1, i, Origin::spawn).kind()];
  for (Index i = 500; i < 1000; ++i) ++of_yields[policy.enqueue(1, i, Origin::yield).kind()];
  EXPECT_EQ(of_spawns.size(), 5U);
  EXPECT_FALSE(of_spawns.contains(WakeHint::Kind::none));
  EXPECT_EQ(of_yields.size(), 6U);
}

TEST(Chaos, PicksFromTheWrongQueueNowAndThen) {
  Driver<Chaos<E>> policy(4, 1, {}, 200);
  int in_vain = 0;
  for (Index i = 0; i < 200; ++i) {
    (void)policy.enqueue(0, i, Origin::spawn);
    if (!policy.pick(0)) ++in_vain;
  }
  EXPECT_GT(in_vain, 10);
}

}  // namespace
}  // namespace rota::schedulers
