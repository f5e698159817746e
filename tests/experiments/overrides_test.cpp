// --set and --only: what they change, and what they refuse.
#include <gtest/gtest.h>

#include "experiments/definition/read.hpp"

namespace rota::experiments {
namespace {

const std::string base = R"([[policy]]
use = "fifo"
[[policy]]
label = "near"
use = "stealing"
with = { victim = "nearest" }
[[workload]]
label = "spawn"
use = "spawn-join"
sweep = { tasks = [10, 20] }
[[workload]]
use = "yield"
[sweep]
workers = [1, 2]
[[report]]
metric = "ns_per_yield"
against = "fifo"
)";

Definition with_sets(const std::vector<std::string>& sets) { return parse_definition(base, "x.toml", sets); }

std::vector<std::string> labels(const std::vector<Entry>& entries) {
  std::vector<std::string> result;
  for (const auto& entry : entries) result.push_back(entry.choice.label);
  return result;
}

std::string error_of(const std::vector<std::string>& sets) {
  try {
    (void)with_sets(sets);
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "no error";
}

using Words = std::vector<std::string>;

TEST(Set, ReplacesSweepLimitsAndRuntimeValues) {
  const Definition d = with_sets({"sweep.workers=[3,4]", "sweep.repetitions=2", "sweep.placement=none", "sweep.seed=5",
                                  "limits.timeout=5s", "runtime.budget=7"});
  EXPECT_EQ(d.workers, (std::vector<std::uint32_t>{3, 4}));
  EXPECT_EQ(d.repetitions, 2U);
  EXPECT_EQ(d.placements, Words{"none"});
  EXPECT_EQ(d.seed, 5U);
  EXPECT_EQ(d.limits.timeout, std::chrono::seconds(5));
  EXPECT_EQ(std::get<std::int64_t>(d.runtime.at("budget")), 7);
  EXPECT_EQ(d.overrides.front(), "--set sweep.workers=[3,4]");
}

TEST(Set, PolicyReplacesTheListAndAKnownLabelKeepsItsSettings) {
  EXPECT_EQ(labels(with_sets({"policy=near"}).policies), Words{"near"});
  EXPECT_EQ(labels(with_sets({"policy=near,fifo"}).policies), (Words{"near", "fifo"}));
  EXPECT_EQ(std::get<std::string>(with_sets({"policy=near"}).policies[0].choice.with.at("victim")), "nearest");
}

// Whoever asks for a policy by its name means it as it is, and not a row that the file has set otherwise.
TEST(Set, PolicyNeverTakesARowOfThatFamilyUnderAnotherLabel) {
  const Definition d = with_sets({"policy=stealing", "workload=spawn-join"});
  EXPECT_EQ(labels(d.policies), Words{"stealing"});
  EXPECT_EQ(std::get<std::string>(d.policies[0].choice.with.at("victim")), "random");
  EXPECT_EQ(labels(d.workloads), Words{"spawn-join"});
}

TEST(Set, WorkersCanBeListedWithoutBrackets) {
  EXPECT_EQ(with_sets({"sweep.workers=1,2,4"}).workers, (std::vector<std::uint32_t>{1, 2, 4}));
  EXPECT_EQ(with_sets({"sweep.workers=3"}).workers, std::vector<std::uint32_t>{3});
}

TEST(Set, PolicyCanBeOneThatTheFileDoesNotHave) {
  const std::string without = "[[policy]]\nuse = \"fifo\"\n[[workload]]\nuse = \"yield\"\n";
  EXPECT_EQ(labels(parse_definition(without, "x.toml", {"policy=stealing"}).policies), Words{"stealing"});
}

TEST(Set, AChartForgetsABaselineThatIsNoLongerThere) {
  EXPECT_EQ(with_sets({"policy=near"}).report[0].against, "");
  EXPECT_EQ(with_sets({"policy=near,fifo"}).report[0].against, "fifo");
}

TEST(Set, ChangesOneSettingOfOneEntryOrOfAll) {
  const Definition d = with_sets({"policy.near.with.ring=8", "workload.spawn.with.body=fiber"});
  EXPECT_EQ(std::get<std::int64_t>(d.policies[1].choice.with.at("ring")), 8);
  EXPECT_EQ(std::get<std::string>(d.policies[1].choice.with.at("victim")), "nearest");
  EXPECT_EQ(std::get<std::string>(d.workloads[0].choice.with.at("body")), "fiber");
  EXPECT_EQ(labels(with_sets({"workload=spawn", "workload.*.with.tasks=3"}).workloads), Words{"spawn"});
}

TEST(Set, AnArrayOfSettingsIsASweepAndAValueEndsOne) {
  EXPECT_EQ(labels(with_sets({"workload.spawn.with.tasks=[1,2,3]"}).workloads),
            (Words{"spawn tasks=1", "spawn tasks=2", "spawn tasks=3", "yield"}));
  EXPECT_EQ(labels(with_sets({"workload.spawn.with.tasks=7"}).workloads), (Words{"spawn", "yield"}));
}

TEST(Set, ErrorsNameTheSetInsteadOfALine) {
  EXPECT_EQ(error_of({"sweep.workers=[0]"}),
            "--set sweep.workers=[0]: sweep.workers: expected an integer from 1 to 1024, or an array of them, got 0");
  EXPECT_EQ(
      error_of({"policy=lifo"}),
      "--set policy=lifo: policy.use: expected one of fifo, local-pool, stealing, got \"lifo\" (did you mean fifo?)");
  EXPECT_EQ(error_of({"sweep.worker=1"}).find("--set sweep.worker=1: sweep.worker: expected one of the keys"), 0U);
  EXPECT_EQ(error_of({"policy.near.with.ring=1"}),
            "--set policy.near.with.ring=1: policy.with.ring: expected an integer from 2 to 65536, got 1");
  EXPECT_EQ(error_of({"policy.far.with.ring=4"}),
            "--set policy.far.with.ring=4: expected one of the policy labels fifo, near, got \"far\"");
  EXPECT_EQ(error_of({"policy="}), "--set policy=: expected names with commas between them, got \"\"");
  EXPECT_EQ(error_of({"colour=red"}).find("--set colour=red: expected policy=NAME, "), 0U);
  EXPECT_EQ(error_of({"sweep.workers"}), "--set sweep.workers: expected KEY=VALUE, got \"sweep.workers\"");
  EXPECT_EQ(error_of({"limits.timeout=\"5"}).find("--set limits.timeout=\"5: limits.timeout: expected a duration"), 0U);
}

TEST(Set, AKeptEntryStillKnowsItsLine) {
  const std::string text = "[[policy]]\nuse = \"fifo\"\n[[policy]]\nuse = \"stealing\"\nlable = 1\n";
  try {
    (void)parse_definition(text, "x.toml", {"policy=stealing"});
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    EXPECT_EQ(std::string(error.what()).find("x.toml:5: policy.lable: expected one of the keys"), 0U) << error.what();
  }
}

TEST(Only, KeepsWhatALabelNamesAndTheOtherKindWhole) {
  Definition d = with_sets({});
  keep_only(d, {"near"});
  EXPECT_EQ(labels(d.policies), Words{"near"});
  EXPECT_EQ(d.workloads.size(), 3U);
  EXPECT_EQ(d.report[0].against, "");
  keep_only(d, {"spawn tasks=20"});
  EXPECT_EQ(labels(d.workloads), Words{"spawn tasks=20"});
  EXPECT_TRUE(d.report.empty());  // its metric is measured no more
  EXPECT_EQ(d.overrides, (Words{"--only near", "--only spawn tasks=20"}));
}

TEST(Only, TheLabelOfASweepNamesAllItsEntries) {
  Definition d = with_sets({});
  keep_only(d, {"spawn", "fifo"});
  EXPECT_EQ(labels(d.workloads), (Words{"spawn tasks=10", "spawn tasks=20"}));
  EXPECT_EQ(labels(d.policies), Words{"fifo"});
}

TEST(Only, AnUnknownLabelListsTheLabels) {
  Definition d = with_sets({});
  try {
    keep_only(d, {"spwan"});
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    EXPECT_STREQ(error.what(),
                 "--only spwan: expected one of the labels fifo, near, spawn tasks=10, spawn tasks=20, "
                 "yield, got \"spwan\"");
  }
}

}  // namespace
}  // namespace rota::experiments
