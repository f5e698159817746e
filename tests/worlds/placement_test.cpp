// Placement: where workers stand, and whom they are near.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "tests/worlds/machines.hpp"
#include "worlds/topology.hpp"

namespace rota {
namespace {

struct Case {
  Shape shape = any_shape();
  Topology machine = Topology::synthetic(shape.text());
  unsigned workers = *rc::gen::inRange(1U, shape.all_units() * 2 + 1);
};

template <class Part> std::size_t different(const Placement& placement, unsigned workers, Part part) {
  std::set<unsigned> seen;
  for (unsigned worker = 0; worker < workers; ++worker)
    seen.insert(part(placement.topology().pus()[placement.pu(worker)]));
  return seen.size();
}

std::string refusal_of(const Topology& machine, std::string_view words, unsigned workers = 1) {
  try {
    (void)Placement(machine, words, workers);
  } catch (const TopologyError& error) {
    return error.what();
  }
  return "nothing was refused";
}

RC_GTEST_PROP(Placement, UsesEveryUnitBeforeItUsesOneTwice, ()) {
  const Case c;
  for (const auto* words : {"compact", "scatter", "per-node", "none"}) {
    const Placement placement(c.machine, words, c.workers);
    RC_ASSERT(placement.workers() == c.workers);
    const unsigned first_round = std::min(c.workers, c.shape.all_units());
    std::set<unsigned> seen;
    for (unsigned worker = 0; worker < first_round; ++worker) seen.insert(placement.pu(worker));
    RC_ASSERT(seen.size() == first_round);
    for (unsigned worker = first_round; worker < c.workers; ++worker)
      RC_ASSERT(placement.pu(worker) == placement.pu(worker - c.shape.all_units()));
  }
}

RC_GTEST_PROP(Placement, CompactFillsNeighbouringCoresBeforeHyperThreads, ()) {
  const Case c;
  const Placement placement(c.machine, "compact", c.workers);
  const unsigned cores = c.shape.all_cores();
  for (unsigned worker = 0; worker < std::min(c.workers, cores); ++worker)
    RC_ASSERT(c.machine.pus()[placement.pu(worker)].core == worker);
}

RC_GTEST_PROP(Placement, ScatterReachesAsManyPartsAsItHasWorkers, ()) {
  const Case c;
  const Placement placement(c.machine, "scatter", c.workers);
  for (unsigned k = 1; k <= c.workers; ++k) {
    const auto most = [&](unsigned parts) { return std::size_t{std::min(k, parts)}; };
    RC_ASSERT(different(placement, k, [](const Pu& pu) { return pu.package; }) == most(c.shape.packages));
    RC_ASSERT(different(placement, k, [](const Pu& pu) { return pu.node; }) == most(c.shape.all_nodes()));
    RC_ASSERT(different(placement, k, [](const Pu& pu) { return pu.core; }) == most(c.shape.all_cores()));
  }
}

TEST(Placement, ScatterReachesEveryPackageEvenWhereANodeSpansTwo) {
  const Topology machine = Topology::synthetic("numa:2 pack:2 l3:2 core:1 pu:1");
  const Placement placement(machine, "scatter", 4);
  EXPECT_EQ(different(placement, 4, [](const Pu& pu) { return pu.package; }), 4U);
}

RC_GTEST_PROP(Placement, PerNodeFillsNodesEvenlyInTurn, ()) {
  const Case c;
  const Placement placement(c.machine, "per-node", c.workers);
  std::vector<unsigned> on_node(c.machine.node_count());
  for (unsigned worker = 0; worker < c.workers; ++worker) {
    RC_ASSERT(placement.node(worker) == worker % c.machine.node_count());
    ++on_node[placement.node(worker)];
  }
  RC_ASSERT(std::ranges::max(on_node) - std::ranges::min(on_node) <= 1U);
}

// What one node sees of it is compact: its workers stand as on a machine that has no other node.
RC_GTEST_PROP(Placement, PerNodeIsCompactInsideANode, ()) {
  const Case c;
  const Placement placement(c.machine, "per-node", c.workers);
  const Placement compact(c.machine, "compact", c.shape.all_units());
  for (unsigned node = 0; node < c.machine.node_count(); ++node) {
    std::vector<unsigned> expected;
    std::vector<unsigned> seen;
    for (unsigned worker = 0; worker < compact.workers(); ++worker) {
      if (compact.node(worker) == node) expected.push_back(compact.pu(worker));
    }
    for (unsigned worker = 0; worker < std::min(c.workers, c.shape.all_units()); ++worker) {
      if (placement.node(worker) == node) seen.push_back(placement.pu(worker));
    }
    RC_ASSERT(std::equal(seen.begin(), seen.end(), expected.begin()));
  }
}

TEST(Placement, PerNodeDealsTheUnitsOfTwoNodes) {
  const Topology machine = Topology::synthetic("pack:2 numa:1 core:2 pu:1");
  const Placement placement(machine, "per-node", 4);
  const std::vector<unsigned> expected{0, 2, 1, 3};
  for (unsigned worker = 0; worker < 4; ++worker) EXPECT_EQ(placement.pu(worker), expected[worker]);
}

RC_GTEST_PROP(Placement, NearestNamesAllOthersByDistanceInRotation, ()) {
  const Case c;
  const Placement placement(c.machine, *rc::gen::element("compact", "scatter", "per-node", "none"), c.workers);
  for (unsigned worker = 0; worker < c.workers; ++worker) {
    const auto nearest = placement.nearest(worker);
    std::set<std::uint32_t> others(nearest.begin(), nearest.end());
    others.insert(worker);
    RC_ASSERT(nearest.size() == c.workers - 1U);
    RC_ASSERT(others.size() == c.workers && *others.rbegin() == c.workers - 1U);
    const auto key = [&](std::uint32_t other) {
      return std::pair(placement.distance(worker, other), (other + c.workers - worker) % c.workers);
    };
    RC_ASSERT(std::is_sorted(nearest.begin(), nearest.end(),
                             [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); }));
  }
}

TEST(Placement, NearestFollowsNodeDistances) {
  const std::vector<std::uint64_t> line{10, 12, 30, 12, 10, 12, 30, 12, 10};
  const Topology machine = Topology::synthetic("numa:3 core:1 pu:1").with_distances(line);
  const Placement placement(machine, "compact", 3);
  EXPECT_EQ(placement.nearest(2)[0], 1U);  // in rotation after 2 it would be 0
  EXPECT_EQ(placement.nearest(2)[1], 0U);
}

TEST(Placement, TakesAListWithRangesAndWrapsAround) {
  const Topology machine = Topology::synthetic("core:8 pu:1");
  const Placement placement(machine, "6,1-3", 6);
  const std::vector<unsigned> expected{6, 1, 2, 3, 6, 1};
  for (unsigned worker = 0; worker < 6; ++worker) EXPECT_EQ(placement.pu(worker), expected[worker]);
  EXPECT_EQ(placement.distance(0, 4), 0U);  // two workers on one unit
}

TEST(Placement, RefusesWordsItDoesNotKnow) {
  const Topology machine = Topology::synthetic("core:4 pu:1");
  for (const std::string bad : {"", "spread", "0,", ",1", "2-1", "1-", "-1", "0x1", "1 2", "99999999999"}) {
    EXPECT_EQ(refusal_of(machine, bad),
              "placement '" + bad +
                  "': expected compact, scatter, per-node, none, or a list of processing units such as 0,2,4-7");
  }
}

TEST(Placement, RefusesAUnitThatIsNotThereAndNoWorkers) {
  const Topology machine = Topology::synthetic("core:4 pu:1");
  EXPECT_EQ(refusal_of(machine, "2-4"), "placement '2-4': there is no processing unit 4, core:4 pu:1 has 0 to 3");
  EXPECT_EQ(refusal_of(machine, "compact", 0), "a placement needs at least one worker");
}

TEST(Placement, IsPinnedOnlyOnThisSystemAndUnlessNone) {
  EXPECT_TRUE(Placement(Topology::host(), "compact", 1).pinned());
  EXPECT_FALSE(Placement(Topology::host(), "none", 1).pinned());
  EXPECT_FALSE(Placement(Topology::synthetic("core:4 pu:1"), "compact", 1).pinned());
}

TEST(Placement, GivesTheKernelsNameOfAUnit) {
  const Topology host = Topology::host();
  const Placement placement(host, "compact", host.pu_count());
  for (unsigned worker = 0; worker < placement.workers(); ++worker)
    EXPECT_EQ(placement.os_pu(worker), host.pus()[placement.pu(worker)].os_index);
}

}  // namespace
}  // namespace rota
