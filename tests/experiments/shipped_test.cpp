// The shipped definitions against the policies and workloads that there really are.
#include <gtest/gtest.h>

#include "experiments/definition.hpp"
#include "experiments/find.hpp"
#include "experiments/sweep.hpp"

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

}  // namespace
}  // namespace rota::experiments
