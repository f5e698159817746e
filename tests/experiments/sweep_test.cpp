// Randomised complete blocks: whatever the definition, every block holds every cell once, in an order that the seed
// gives.
#include "experiments/definition/sweep.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "experiments/host/host_facts.hpp"

namespace rota::experiments {
namespace {

Definition definition_of(unsigned policies, unsigned workloads, unsigned workers, unsigned repetitions) {
  Definition d;
  d.name = "made";
  for (unsigned i = 0; i < policies; ++i) d.policies.push_back({"", {"p" + std::to_string(i), "fifo", {}}, {}});
  for (unsigned i = 0; i < workloads; ++i) d.workloads.push_back({"", {"l" + std::to_string(i), "yield", {}}, {}});
  d.workers.clear();
  for (unsigned i = 1; i <= workers; ++i) d.workers.push_back(i);
  d.repetitions = repetitions;
  return d;
}

// A cell without its block.
std::string cell_name(const record::PlannedCell& cell) { return cell.key.substr(0, cell.key.rfind("/b")); }

std::vector<std::string> order(const std::vector<record::PlannedCell>& cells) {
  std::vector<std::string> result;
  for (const auto& cell : cells) result.push_back(cell.key);
  return result;
}

RC_GTEST_PROP(Sweep, EveryBlockRunsEveryCellOnceAndATwinForEachWorkload, (std::uint64_t seed)) {
  const unsigned policies = *rc::gen::inRange(1U, 5U), workloads = *rc::gen::inRange(1U, 5U);
  const unsigned workers = *rc::gen::inRange(1U, 4U), repetitions = *rc::gen::inRange(1U, 5U);
  const auto cells = plan_cells(definition_of(policies, workloads, workers, repetitions), seed);
  std::map<unsigned, std::multiset<std::string>> blocks;
  std::map<unsigned, int> twins;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    blocks[cells[i].block].insert(cell_name(cells[i]));
    twins[cells[i].block] += cells[i].aa ? 1 : 0;
    if (i > 0) RC_ASSERT(cells[i - 1].block <= cells[i].block);
  }
  RC_ASSERT(blocks.size() == repetitions);
  for (const auto& [block, names] : blocks) {
    RC_ASSERT(names == blocks.at(0));
    RC_ASSERT(names.size() == std::set<std::string>(names.begin(), names.end()).size());
    RC_ASSERT(names.size() == policies * workloads * workers + workloads);
    RC_ASSERT(twins.at(block) == static_cast<int>(workloads));
  }
}

RC_GTEST_PROP(Sweep, TheSameSeedGivesTheSamePlan, (std::uint64_t seed)) {
  const Definition d = definition_of(3, 3, 2, 3);
  RC_ASSERT(plan_cells(d, seed) == plan_cells(d, seed));
}

RC_GTEST_PROP(Sweep, AnotherSeedGivesAnotherOrder, (std::uint64_t seed)) {
  const Definition d = definition_of(4, 3, 2, 2);  // 25! orders of a block: two that are equal by chance are not seen
  RC_ASSERT(order(plan_cells(d, seed)) != order(plan_cells(d, seed + 1)));
}

TEST(Sweep, BlocksDifferInOrderAndSeedButCellsOfABlockShareTheSeed) {
  const auto cells = plan_cells(definition_of(4, 3, 2, 2), 1);
  std::vector<std::string> first, second;
  std::set<std::uint64_t> seeds[2];
  for (const auto& cell : cells) {
    (cell.block == 0 ? first : second).push_back(cell_name(cell));
    seeds[cell.block].insert(cell.request.seed);
    EXPECT_LT(cell.request.seed, std::uint64_t{1} << 53);
    EXPECT_EQ(std::get<std::int64_t>(cell.request.runtime.at("seed")), static_cast<std::int64_t>(cell.request.seed));
  }
  EXPECT_NE(first, second);
  EXPECT_EQ(seeds[0].size(), 1U);
  EXPECT_EQ(seeds[1].size(), 1U);
  EXPECT_NE(seeds[0], seeds[1]);
}

TEST(Sweep, EveryPlaceOfABlockIsTakenByEveryCellNowAndThen) {
  const Definition d = definition_of(2, 2, 1, 200);
  std::map<std::string, std::set<std::size_t>> places;
  const auto cells = plan_cells(d, 5);
  for (std::size_t i = 0; i < cells.size(); ++i) places[cell_name(cells[i])].insert(i % 6);
  for (const auto& [name, seen] : places) EXPECT_EQ(seen.size(), 6U) << name;
}

TEST(Sweep, ATwinAsksForTheSameAsTheFirstPolicysCell) {
  const auto block = block_of(definition_of(2, 2, 2, 1), 0, 3);
  record::PlannedCell twin = block[block.size() - 2];
  EXPECT_TRUE(twin.aa);
  EXPECT_EQ(twin.request.policy.label, "p0 (A/A)");
  twin.request.policy.label = "p0";
  EXPECT_EQ(twin.request, block.front().request);
}

TEST(Sweep, IdsFollowTheOrderOfExecutionAndKeysNameTheCell) {
  const auto cells = plan_cells(definition_of(1, 1, 1, 2), 1);
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[0].id, "c0001");
  EXPECT_EQ(cells[3].id, "c0004");
  std::vector<std::string> keys = order(cells);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(keys, (std::vector<std::string>{"p0 (A/A)/l0/w1/compact/b0", "p0 (A/A)/l0/w1/compact/b1",
                                            "p0/l0/w1/compact/b0", "p0/l0/w1/compact/b1"}));
}

Definition definition_in(const std::vector<Site>& worlds) {
  Definition d = definition_of(2, 2, 1, 2);
  d.worlds = worlds;
  return d;
}

TEST(Sweep, EveryCellRunsInEveryWorld) {
  const auto block =
      block_of(definition_in(
                   {{record::World::simulated, "big"}, {record::World::real, ""}, {record::World::simulated, "small"}}),
               0, 3);
  ASSERT_EQ(block.size(), 2U * 2 * 3 + 2);
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < 3; ++i) keys.push_back(block[i].key);
  EXPECT_EQ(keys, (std::vector<std::string>{"p0/l0/w1/compact/b0/sim:big", "p0/l0/w1/compact/b0/real",
                                            "p0/l0/w1/compact/b0/sim:small"}));
  EXPECT_EQ(block[0].request.world, record::World::simulated);
  EXPECT_EQ(block[0].request.machine_name, "big");
  EXPECT_EQ(block[1].request.machine_name, "");
  EXPECT_EQ(record::machine_of(block[0].request), "big");
  EXPECT_EQ(record::machine_of(block[1].request), "host");
}

TEST(Sweep, OnlyRealCellsHaveTwins) {
  for (const auto& cell : plan_cells(definition_in({{record::World::simulated, "big"}}), 1)) EXPECT_FALSE(cell.aa);
  std::size_t twins = 0;
  for (const auto& cell :
       plan_cells(definition_in({{record::World::simulated, "big"}, {record::World::real, ""}}), 1)) {
    twins += cell.aa ? 1 : 0;
    if (cell.aa) EXPECT_EQ(cell.request.world, record::World::real);
  }
  EXPECT_EQ(twins, 4U);
}

TEST(Sweep, KeysOfARunInOneWorldDoNotNameIt) {
  EXPECT_EQ(block_of(definition_in({{record::World::simulated, "big"}}), 0, 1)[0].key, "p0/l0/w1/compact/b0");
}

TEST(Sweep, SimulatedCellsShareTheProcessingUnitsInTheEstimate) {
  Definition d = definition_in({{record::World::simulated, "big"}});
  d.limits.timeout = std::chrono::seconds(6);
  const auto cells = plan_cells(d, 1);
  const auto cpus = static_cast<std::int64_t>(usable_cpus());
  EXPECT_EQ(longest(cells), static_cast<std::int64_t>(cells.size()) * d.limits.timeout / cpus);
  EXPECT_EQ(estimate(cells), static_cast<std::int64_t>(cells.size()) * Duration(std::chrono::seconds(1)) / cpus);
  d.worlds = {{record::World::real, ""}};
  EXPECT_EQ(longest(plan_cells(d, 1)), 12 * d.limits.timeout);  // with the twins
}

TEST(Sweep, AGivenRuntimeSeedIsKept) {
  Definition d = definition_of(1, 1, 1, 1);
  d.runtime["seed"] = std::int64_t{77};
  EXPECT_EQ(std::get<std::int64_t>(plan_cells(d, 1)[0].request.runtime.at("seed")), 77);
}

}  // namespace
}  // namespace rota::experiments
