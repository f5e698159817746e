// The table of policies: every policy is found by its name, and its settings are checked before anything starts.
#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/executor.hpp"
#include "schedulers/policies.hpp"
#include "schedulers/presets.hpp"
#include "worlds/real.hpp"
#include "worlds/topology.hpp"

namespace rota::schedulers {
namespace {

SettingError refusal(std::string_view policy, const SettingValues& values) {
  SettingValues all;
  SettingError error;
  const PolicyInfo* const entry = find(policies(), policy);
  EXPECT_NE(entry, nullptr) << policy;
  if (entry != nullptr) EXPECT_FALSE(entry->check(values, all, error));
  return error;
}

TEST(PolicyTable, HasThePoliciesSortedByName) {
  std::vector<std::string_view> names;
  for (const PolicyInfo& entry : policies()) names.push_back(entry.name);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (const std::string_view expected :
       {"chaos", "edf", "fifo", "hierarchical", "lifo-slot", "node-queues", "partitioned", "priorities",
        "processor-sharing", "round-robin", "srpt", "two-choices", "work-stealing"})
    EXPECT_TRUE(std::binary_search(names.begin(), names.end(), expected)) << expected;
}

TEST(PolicyTable, FindsEachPolicyByItsNameAndNoOther) {
  for (const PolicyInfo& entry : policies()) EXPECT_EQ(find(policies(), entry.name), &entry);
  EXPECT_EQ(find(policies(), "no-such-policy"), nullptr);
}

TEST(PolicyTable, FillsInTheDefaultsOfEveryPolicy) {
  for (const PolicyInfo& entry : policies()) {
    SettingValues all;
    SettingError error;
    ASSERT_TRUE(entry.check({}, all, error)) << error.sentence();
    ASSERT_EQ(all.size(), entry.settings.size());
    for (const SettingInfo& info : entry.settings)
      EXPECT_EQ(to_text(all.at(info.name)), info.default_value) << info.name;
  }
}

TEST(PolicyTable, StartsEachPolicyUnderTheNameOfItsFamily) {
  for (const PolicyInfo& entry : policies()) {
    SettingValues all;
    SettingError error;
    ASSERT_TRUE(entry.check({}, all, error));
    const auto executor =
        find(policies_in<env::Real>(), entry.family)->start(Placement(Topology::host(), "none", 2), {}, all);
    EXPECT_EQ(executor->policy(), entry.family);
    EXPECT_EQ(executor->workers(), 2U);
  }
}

TEST(Presets, AreDescribedWithTheirOwnDefaultsAndSource) {
  for (const Preset& preset : presets()) {
    const PolicyInfo* const info = find(policies(), preset.name);
    const PolicyInfo* const family = find(policies(), preset.family);
    ASSERT_TRUE(info != nullptr && family != nullptr) << preset.name;
    EXPECT_TRUE(family->source.empty()) << "a preset of a preset";
    EXPECT_EQ(info->family, preset.family);
    EXPECT_FALSE(preset.source.empty() || preset.summary.empty() ||
                 (preset.with.empty() && preset.runtime.empty() && !preset.one_thread));
    RuntimeConfig config;
    SettingError error;
    EXPECT_TRUE(bind(config, preset.runtime, error)) << error.sentence();
  }
}

TEST(Presets, ThatPlayOthersSayWhatTheyLeaveOutAndWhereTheyRun) {
  for (const char* name : {"tokio", "async-executor", "local-pool", "rayon", "go"}) {
    const PolicyInfo* const info = find(policies(), name);
    ASSERT_NE(info, nullptr) << name;
    EXPECT_FALSE(info->leaves_out.empty()) << name;
    const bool one_thread = std::string_view(name) == "local-pool";
    EXPECT_EQ(info->worlds.real, !one_thread) << name;
    EXPECT_TRUE(!one_thread || info->worlds.local) << name;
  }
  EXPECT_EQ(find(policies(), "async-executor")->runtime.at("driver"), SettingValue(std::string("thread")));
}

TEST(Presets, PromiseWhatTheirFamilyDoesWithTheirSettings) {
  const Guarantees family = find(policies(), "lifo-slot")->guarantees;
  const Guarantees preset = find(policies(), "private-slot")->guarantees;
  EXPECT_TRUE(family.work_conserving);
  EXPECT_EQ(family.starvation_factor, 4U * 128);
  EXPECT_FALSE(preset.work_conserving);
  EXPECT_EQ(preset.starvation_factor, 1001U * 128);
  EXPECT_EQ(find(policies(), "chase-lev")->guarantees.work_conserving, true);
}

TEST(Presets, FillInTheirSettingsUnlessAnotherIsGiven) {
  SettingValues all;
  SettingError error;
  ASSERT_TRUE(find(policies(), "chase-lev")->check({}, all, error));
  EXPECT_EQ(to_text(all.at("local")), "chase-lev");
  EXPECT_EQ(to_text(all.at("ring")), "256");
  ASSERT_TRUE(find(policies(), "chase-lev")->check({{"local", std::string("ring")}}, all, error));
  EXPECT_EQ(to_text(all.at("local")), "ring");
  EXPECT_EQ(refusal("private-slot", {{"limit", std::int64_t{0}}}).key, "limit");
}

TEST(PolicySettings, RefuseAChoiceThatDoesNotExist) {
  EXPECT_EQ(refusal("fifo", {{"queue", std::string("fast")}}).sentence(),
            "'queue': expected one of locked, lockfree, got fast");
  EXPECT_EQ(refusal("work-stealing", {{"victim", std::string("far")}}).key, "victim");
}

TEST(PolicySettings, RefuseANumberOutOfRangeAndAWrongType) {
  EXPECT_EQ(refusal("work-stealing", {{"ring", std::int64_t{1}}}).sentence(),
            "'ring': expected an integer from 2 to 65536, got 1");
  EXPECT_EQ(refusal("work-stealing", {{"ring", std::string("big")}}).key, "ring");
  EXPECT_EQ(refusal("lifo-slot", {{"limit", std::int64_t{0}}}).key, "limit");
}

TEST(PolicySettings, RefuseAnUnknownKey) {
  EXPECT_EQ(refusal("round-robin", {{"ring", std::int64_t{8}}}).key, "ring");
  EXPECT_NE(refusal("lifo-slot", {{"speed", true}}).sentence().find("limit"), std::string::npos);
}

TEST(PolicySettings, OfTheSlotIncludeThoseOfThePolicyBehindIt) {
  SettingValues all;
  SettingError error;
  ASSERT_TRUE(
      find(policies(), "lifo-slot")->check({{"ring", std::int64_t{64}}, {"limit", std::int64_t{5}}}, all, error));
  EXPECT_EQ(to_text(all.at("ring")), "64");
  EXPECT_EQ(to_text(all.at("limit")), "5");
  EXPECT_EQ(to_text(all.at("victim")), "random");
}

}  // namespace
}  // namespace rota::schedulers
