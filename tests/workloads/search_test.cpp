// The searches: UTS trees and their counts, and queens.
#include <fmt/format.h>

#include "tests/workloads/measuring.hpp"
#include "workloads/nqueens.hpp"
#include "workloads/uts.hpp"

namespace rota::workloads::testing {
namespace {

using graph::UtsCounts;
using graph::UtsTree;
using Kind = UtsTree::Kind;

UtsCounts count(const UtsTree& tree) {
  std::vector<graph::UtsNode> left{tree.root()};
  UtsCounts counts;
  while (!left.empty()) {
    const graph::UtsNode node = left.back();
    left.pop_back();
    const std::uint32_t children = tree.children_of(node);
    counts += {1, children == 0 ? 1U : 0U, node.depth};
    for (std::uint32_t i = 0; i < children; ++i) left.push_back(tree.child(node, i));
  }
  return counts;
}

std::string hex_sha1(std::string_view text) {
  std::string result;
  for (const std::uint8_t byte : host::sha1(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())))
    result += fmt::format("{:02x}", byte);
  return result;
}

// As FIPS 180 gives them; and the longest message, by another program.
TEST(Sha1, OfAMessageOfOneBlockIsWhatTheStandardSays) {
  EXPECT_EQ(hex_sha1(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(hex_sha1("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex_sha1(std::string(host::sha1_most, 'a')), "c1c8bbdc22796e28c0e15163d20899b65621d65a");
}

struct Stored {
  UtsTree tree;
  UtsCounts counts;
};

// Counted by another program, by the rules of the benchmark's own.
const std::vector<Stored> stored{
    {{Kind::geometric, 1, 3, 6}, {2101, 1593, 6}},
    {{Kind::geometric, 2, 3, 6}, {1, 1, 0}},
    {{Kind::geometric, 4, 3, 6}, {683, 522, 6}},
    {{Kind::geometric, 19, 3, 6}, {3503, 2606, 6}},
    {{Kind::geometric, 34, 3, 6}, {335, 255, 6}},
    {{Kind::binomial, 1, 100, 0, 8, 0.12}, {1037, 919, 18}},
    {{Kind::binomial, 3, 100, 0, 8, 0.12}, {6469, 5672, 68}},
    {{Kind::binomial, 4, 100, 0, 8, 0.12}, {5021, 4405, 54}},
    {{Kind::binomial, 34, 100, 0, 8, 0.12}, {1357, 1199, 25}},
    {{Kind::mix, 1, 2000, 0, 8, 0.1247}, {746441, 653385, 646}},
};

void expect_equal(const UtsCounts& expected, const UtsCounts& counts) {
  EXPECT_EQ(expected.nodes, counts.nodes);
  EXPECT_EQ(expected.leaves, counts.leaves);
  EXPECT_EQ(expected.depth, counts.depth);
}

TEST(Sha1, GivesTheDigestsOfTheStandard) {
  const std::array<std::uint8_t, 3> abc{'a', 'b', 'c'};
  EXPECT_EQ(host::sha1(abc), (host::Sha1Digest{0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81, 0x6a, 0xba, 0x3e,
                                               0x25, 0x71, 0x78, 0x50, 0xc2, 0x6c, 0x9c, 0xd0, 0xd8, 0x9d}));
  EXPECT_EQ(host::sha1({}), (host::Sha1Digest{0xda, 0x39, 0xa3, 0xee, 0x5e, 0x6b, 0x4b, 0x0d, 0x32, 0x55,
                                              0xbf, 0xef, 0x95, 0x60, 0x18, 0x90, 0xaf, 0xd8, 0x07, 0x09}));
}

TEST(Uts, TreesHaveTheStoredCounts) {
  for (const auto& [tree, counts] : stored) expect_equal(counts, count(tree));
}

TEST(Uts, SearchedByTasksHasTheSameCounts) {
  for (const auto& policy : real_policies()) {
    const auto executor = starter(policy, 2)();
    for (const auto& [tree, counts] : stored) {
      // A task for every node would be most of what the sanitizers do all day, if the tree is great.
      const bool great = counts.nodes > 100'000;
      for (const std::uint32_t chunk : great ? std::vector{1'000U} : std::vector{1U, 7U, 1'000'000U}) {
        SCOPED_TRACE(chunk);
        const UtsWork work{tree, chunk, Duration(0)};
        expect_equal(counts, executor->block_on(time_uts<env::Real>(*executor, work, UtsSplit::chunk)).counts);
      }
    }
  }
}

TEST(Uts, SearchedByForkedPartsHasTheSameCounts) {
  for (const unsigned workers : {1U, 2U, 4U}) {
    const auto executor = starter(real_policies().front(), workers)();
    for (const auto& [tree, counts] : stored) {
      const UtsWork work{tree, 1, Duration(0)};
      expect_equal(counts, executor->block_on(time_uts<env::Real>(*executor, work, UtsSplit::fork)).counts);
    }
  }
}

// Of a stack: what is given and what is kept together are all nodes, once.
TEST(Uts, GivesHalfOfWhatIsNearestToTheRoot) {
  const graph::UtsNode root = stored[0].tree.root();
  UtsStack stack({root, 0, 7});
  const graph::UtsRange half = stack.give_half();
  EXPECT_EQ(half.next, 3U);
  EXPECT_EQ(half.end, 7U);
  const graph::UtsRange again = stack.give_half();
  EXPECT_EQ(again.next, 1U);
  EXPECT_EQ(again.end, 3U);
  const graph::UtsRange none = stack.give_half();
  EXPECT_EQ(none.next, none.end);
  EXPECT_FALSE(stack.empty());
  UtsCounts counts;
  while (!stack.empty()) stack.visit_one(stored[0].tree, counts);
  for (const auto& range : {half, again}) {
    UtsStack other(range);
    while (!other.empty()) other.visit_one(stored[0].tree, counts);
  }
  UtsCounts expected;
  for (std::uint32_t i = 0; i < 7; ++i) {
    UtsStack one({root, i, i + 1});
    while (!one.empty()) one.visit_one(stored[0].tree, expected);
  }
  expect_equal(expected, counts);
}

TEST(Uts, SpawnsAsManyTasksForATreeWhateverThePolicy) {
  std::uint64_t tasks = 0;
  for (const auto& policy : real_policies()) {
    const auto executor = starter(policy, 2)();
    const UtsWork work{stored[6].tree, 10, Duration(0)};
    (void)executor->block_on(time_uts<env::Real>(*executor, work, UtsSplit::chunk));
    const std::uint64_t spawned = executor->counters().finished;
    EXPECT_GT(spawned, 50U);
    if (tasks == 0) tasks = spawned;
    EXPECT_EQ(spawned, tasks) << policy.name;
  }
}

TEST(Uts, CountsTheGreatTreesOfTheBenchmark) {
  for (const char* tree : {"T1", "T3", "mix"}) {
    const SettingValues values{{"tree", std::string(tree)}, {"chunk", 1000}};
    // The runner warms up: twice in all.
    const Result result = measure_with(workload("uts"), real_policies().back(), 2, values);
    for (const auto& check : result.checks) EXPECT_EQ(check.expected, check.got) << tree << " " << check.name;
  }
}

TEST(NQueens, HasTheSolutionsOfTheCatalogue) {
  for (std::int64_t n = 1; n <= 12; ++n) {
    const auto& policy = real_policies()[static_cast<std::size_t>(n) % real_policies().size()];
    const Result result = measure_with(workload("nqueens"), policy, 2, {{"n", n}, {"cutoff", 3}});
    for (const auto& check : result.checks) EXPECT_EQ(check.expected, check.got) << check.name << " n=" << n;
  }
}

TEST(NQueens, HasATaskForEachQueenOfTheFirstRows) {
  const std::vector<const char*> tasks{"9", "51",
                                       "191"};  // 8, 42 and 140 placements in the first rows, and one task more
  for (std::int64_t cutoff = 1; cutoff <= 3; ++cutoff) {
    const Result result = measure_with(workload("nqueens"), real_policies().front(), 1, {{"n", 8}, {"cutoff", cutoff}});
    EXPECT_EQ(got(result, "tasks"), tasks[static_cast<std::size_t>(cutoff) - 1]);
  }
  // The whole tree of eight queens has 2057 nodes, its root included.
  const Result all = measure_with(workload("nqueens"), real_policies().front(), 2, {{"n", 8}, {"cutoff", 8}});
  EXPECT_EQ(got(all, "tasks"), "2057");
}

TEST(NQueens, OfThirteenAndFourteenAreCountedByOneTaskToo) {
  EXPECT_EQ(place_queens(QueensBoard{13}, 13).solutions, queens_solutions[12]);
  EXPECT_EQ(place_queens(QueensBoard{14}, 14).solutions, queens_solutions[13]);
}

}  // namespace
}  // namespace rota::workloads::testing
