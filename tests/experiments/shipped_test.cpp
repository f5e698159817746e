// The shipped definitions against the policies and workloads that there really are.
#include <gtest/gtest.h>

#include <map>

#include "experiments/definition/find.hpp"
#include "experiments/definition/read.hpp"
#include "experiments/definition/sweep.hpp"
#include "experiments/input/share.hpp"
#include "experiments/peers/catalogue.hpp"
#include "experiments/peers/records.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

namespace rota::experiments {
namespace {

TEST(Shipped, EveryDefinitionCanBeRun) {
  for (const auto& shipped : shipped_definitions()) {
    const Definition definition = read_definition(shipped.file);
    EXPECT_FALSE(definition.question.empty()) << shipped.name;
    EXPECT_FALSE(plan_cells(definition, 1).empty()) << shipped.name;
  }
}

TEST(Shipped, QuickstartIsTheMainJob) {
  const Definition definition = read_definition(find_definition("quickstart"));
  EXPECT_EQ(definition.policies.size(), 4U);
  EXPECT_EQ(definition.workloads.size(), 6U);
  EXPECT_EQ(definition.workers, (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(definition.repetitions, 3U);
  EXPECT_LT(estimate(plan_cells(definition, 1)), std::chrono::seconds(60));
}

TEST(Shipped, AllocatorsHasEveryPolicyOnceWithGlibcAndOnceWithAnother) {
  const Definition definition = read_definition(find_definition("allocators"));
  std::map<std::string, std::vector<std::string>> used;
  for (const auto& policy : definition.policies) used[policy.choice.use].push_back(policy.allocator);
  EXPECT_GE(used.size(), 9U);
  for (const auto& [use, allocators] : used)
    EXPECT_EQ(allocators, (std::vector<std::string>{"glibc", "mimalloc"})) << use;
}

TEST(Shipped, TheCatalogueOfPeersNamesWhatThereIs) {
  const auto peers = catalogue();
  EXPECT_FALSE(peers.empty());
  for (const auto& peer : peers) {
    EXPECT_NE(find(schedulers::policies(), peer.plays), nullptr) << peer.name << " plays " << peer.plays;
    for (const auto& workload : peer.workloads)
      EXPECT_NE(find(workloads::workloads(), workload), nullptr) << peer.name << " speaks " << workload;
    const auto sources = share_folder() / "peers" / peer.family;
    EXPECT_TRUE(std::filesystem::is_directory(sources)) << sources;
  }
}

}  // namespace
}  // namespace rota::experiments
