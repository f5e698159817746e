// Definitions: what a good one means, and the exact line that each kind of bad one gets.
#include "experiments/definition/read.hpp"

#include <gtest/gtest.h>

#include "refused_definition.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments {
namespace {

const std::string small = R"([[policy]]
use = "fifo"
[[workload]]
use = "spawn-join"
)";

TEST(Definition, ASmallOneHasDefaults) {
  const Definition d = parse_definition(small, "dir/small.toml");
  EXPECT_EQ(d.name, "small");
  EXPECT_EQ(d.file, "dir/small.toml");
  ASSERT_EQ(d.policies.size(), 1U);
  EXPECT_EQ(d.policies[0].choice.label, "fifo");
  EXPECT_EQ(d.workloads[0].choice.with, (SettingValues{{"tasks", std::int64_t{1000}}, {"body", std::string("job")}}));
  EXPECT_EQ(d.workers, std::vector<std::uint32_t>{1});
  EXPECT_EQ(d.placements, std::vector<std::string>{"compact"});
  EXPECT_FALSE(d.seed.has_value());
  EXPECT_EQ(d.limits.timeout, std::chrono::seconds(60));
}

constexpr std::string_view every_key = R"(
question = "Q"
analysis = "A"
[world]
kind = "real"
[[policy]]
label = "near"
use = "stealing"
with = { victim = "nearest" }
[[workload]]
label = "many"
use = "spawn-join"
with = { tasks = 5 }
expect = { tasks = 5, text = "yes" }
[sweep]
workers = [1, 4]
placement = ["compact", "none"]
repetitions = 7
seed = 99
[runtime]
budget = 64
[limits]
timeout = "2s"
min_time = "5ms"
max_iterations = 12
[[report]]
chart = "lines"
metric = "ns_per_task"
x = "tasks"
y = "workers"
against = "near"
title = "T"
)";

TEST(Definition, EveryKeyIsRead) {
  const Definition d = parse_definition(every_key, "x.toml");
  EXPECT_EQ(d.question, "Q");
  EXPECT_EQ(d.analysis, "A");
  EXPECT_EQ(d.policies[0].choice,
            (record::Choice{"near", "stealing", {{"ring", std::int64_t{256}}, {"victim", "nearest"}}}));
  EXPECT_EQ(d.workloads[0].expect, (std::map<std::string, std::string>{{"tasks", "5"}, {"text", "yes"}}));
  EXPECT_EQ(d.workers, (std::vector<std::uint32_t>{1, 4}));
  EXPECT_EQ(d.placements, (std::vector<std::string>{"compact", "none"}));
  EXPECT_EQ(d.repetitions, 7U);
  EXPECT_EQ(d.seed, 99U);
  EXPECT_EQ(std::get<std::int64_t>(d.runtime.at("budget")), 64);
  EXPECT_TRUE(d.runtime.contains("poll_interval"));
  EXPECT_EQ(d.limits.timeout, std::chrono::seconds(2));
  EXPECT_EQ(d.limits.min_time, std::chrono::milliseconds(5));
  EXPECT_EQ(d.limits.max_iterations, 12U);
  EXPECT_EQ(d.report, (std::vector<record::ReportChart>{{"lines", "ns_per_task", "tasks", "workers", "near", "T"}}));
}

TEST(Definition, ASweepOfSettingsBecomesOneEntryForEachCombination) {
  const Definition d = parse_definition(R"([[policy]]
use = "stealing"
sweep = { ring = [2, 4], victim = ["random", "nearest"] }
[[workload]]
label = "spawn"
use = "spawn-join"
sweep = { tasks = [10, 20] }
)",
                                        "x.toml");
  std::vector<std::string> labels;
  for (const auto* entries : {&d.policies, &d.workloads}) {
    for (const auto& entry : *entries) labels.push_back(entry.choice.label);
  }
  EXPECT_EQ(labels, (std::vector<std::string>{"stealing ring=2 victim=random", "stealing ring=2 victim=nearest",
                                              "stealing ring=4 victim=random", "stealing ring=4 victim=nearest",
                                              "spawn tasks=10", "spawn tasks=20"}));
  EXPECT_EQ(std::get<std::int64_t>(d.workloads[1].choice.with.at("tasks")), 20);
  EXPECT_EQ(d.workloads[1].family, "spawn");
}

struct Bad {
  const char* name;
  std::string text;
  std::string message;  // the beginning of the one line
};

class BadDefinition : public ::testing::TestWithParam<Bad> {};

TEST_P(BadDefinition, IsRefusedInOneLineWithFileLineKeyAndWhatWasExpected) {
  const std::string message = error_of(GetParam().text);
  EXPECT_EQ(message.substr(0, GetParam().message.size()), GetParam().message);
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadDefinition,
    ::testing::Values(
        Bad{"NotToml", "question = \"a\"\n[[policy\n", "x.toml:2: expected TOML, got: "},
        Bad{"Empty", "", "x.toml:1: policy: expected at least one [[policy]], got none"},
        Bad{"NoWorkload", "[[policy]]\nuse = \"fifo\"\n",
            "x.toml:1: workload: expected at least one [[workload]], got none"},
        Bad{"UnknownTopKey", small + "colour = 1\n",
            "x.toml:5: workload.colour: expected one of the keys label, use, "
            "with, sweep, expect, policies, workers, got an unknown key"},
        Bad{"UnknownTable", small + "[swep]\nworkers = 1\n",
            "x.toml:5: swep: expected one of the keys question, analysis, world, policy, workload, sweep, runtime, "
            "limits, report, claim, got an unknown key"},
        Bad{"UnknownSweepKey", small + "[sweep]\n\nworker = 1\n",
            "x.toml:7: sweep.worker: expected one of the keys workers, placement, repetitions, seed, got an unknown "
            "key"},
        Bad{"UnknownSetting", small + "with = { taks = 1 }\n",
            "x.toml:5: workload.with.taks: expected one of the settings tasks, body, got an unknown key (did you mean "
            "tasks?)"},
        Bad{"UnknownSettingInATable", small + "[workload.with]\ntasks = 5\ntaks = 1\n",
            "x.toml:7: workload.with.taks: expected one of the settings tasks, body, got an unknown key (did you mean "
            "tasks?)"},
        Bad{"SettingWhereThereAreNone", "[[policy]]\nuse = \"fifo\"\nwith.ring = 1\n[[workload]]\nuse = \"yield\"\n",
            "x.toml:3: policy.with.ring: expected no settings at all, got an unknown key"},
        Bad{"UnknownPolicy", "[[policy]]\nuse = \"lifo\"\n",
            "x.toml:2: policy.use: expected one of fifo, local-pool, stealing, got \"lifo\""},
        Bad{"NoUse", "\n[[policy]]\nlabel = \"a\"\n",
            "x.toml:2: policy.use: expected one of fifo, local-pool, stealing, got nothing"},
        Bad{"UnknownWorkload", "[[policy]]\nuse = \"fifo\"\n[[workload]]\nuse = \"spawn\"\n",
            "x.toml:4: workload.use: expected one of sockets, spawn-join, yield, got \"spawn\""},
        Bad{"PolicyIsATable", "[policy]\nuse = \"fifo\"\n",
            "x.toml:1: policy: expected tables that begin with [[policy]], got a table"},
        Bad{"WrongTypeOfSetting", small + "with.tasks = \"many\"\n",
            "x.toml:5: workload.with.tasks: expected an integer from 1 to 10000000, got \"many\""},
        Bad{"SettingOutOfRange", small + "with.tasks = 0\n",
            "x.toml:5: workload.with.tasks: expected an integer from 1 to 10000000, got 0"},
        Bad{"WrongChoice", "[[policy]]\nuse = \"stealing\"\nwith.victim = \"friend\"\n[[workload]]\nuse = \"yield\"\n",
            "x.toml:3: policy.with.victim: expected one of random, nearest, got friend"},
        Bad{"ArrayAsSetting", small + "with.tasks = [1, 2]\n",
            "x.toml:5: workload.with.tasks: expected a text, a number, true or false (several values go under sweep, "
            "as "
            "arrays), got an array"},
        Bad{"WrongSweptValue", small + "[workload.sweep]\ntasks = [\n 1,\n 0]\n",
            "x.toml:8: workload.sweep.tasks: expected an integer from 1 to 10000000, got 0"},
        Bad{"SweptScalar", small + "sweep.tasks = 5\n",
            "x.toml:5: workload.sweep.tasks: expected an array of values, got 5"},
        Bad{"EmptySweptArray", small + "sweep.tasks = []\n",
            "x.toml:5: workload.sweep.tasks: expected at least one value, got an empty array"},
        Bad{"EmptySweptTable", small + "sweep = {}\n",
            "x.toml:5: workload.sweep: expected at least one setting with its values, got none"},
        Bad{"SweptAndSet", small + "with.tasks = 1\nsweep.tasks = [2]\n",
            "x.toml:6: workload.sweep.tasks: expected a setting that is not also under with, got both"},
        Bad{"DuplicateLabel", small + "[[workload]]\nlabel = \"spawn-join\"\nuse = \"yield\"\n",
            "x.toml:6: workload.label: expected a label that no other workload has, got \"spawn-join\" again"},
        Bad{"DuplicateUse", small + "[[policy]]\nuse = \"fifo\"\n",
            "x.toml:6: policy.use: expected a label that no other policy has, got \"fifo\" again"},
        Bad{"SlashInLabel", small + "label = \"a/b\"\n",
            "x.toml:5: workload.label: expected a text in one line without /"},
        Bad{"ExpectOfPolicy", "[[policy]]\nuse = \"fifo\"\nexpect = {}\n",
            "x.toml:3: policy.expect: expected one of the keys"},
        Bad{"NoWorkers", small + "[sweep]\nworkers = []\n",
            "x.toml:6: sweep.workers: expected at least one value, got an empty array"},
        Bad{"ZeroWorkers", small + "[sweep]\nworkers = [1,\n0]\n",
            "x.toml:7: sweep.workers: expected an integer from 1 to 1024, or an array of them, got 0"},
        Bad{"TooManyWorkers", small + "[sweep]\nworkers = 1025\n",
            "x.toml:6: sweep.workers: expected an integer from 1 to 1024, or an array of them, got 1025"},
        Bad{"WorkersTwice", small + "[sweep]\nworkers = [2, 2]\n",
            "x.toml:6: sweep.workers: expected each count once, got 2 again"},
        Bad{"TextWorkers", small + "[sweep]\nworkers = \"all\"\n",
            "x.toml:6: sweep.workers: expected an integer from 1"},
        Bad{"UnknownPlacement", small + "[sweep]\nplacement = \"nowhere\"\n",
            "x.toml:6: sweep.placement: expected compact, scatter, per-node, none or a list such as \"0,2,4-7\", got "
            "\"nowhere\""},
        Bad{"NoRepetition", small + "[sweep]\nrepetitions = 0\n",
            "x.toml:6: sweep.repetitions: expected an integer from 1 to 10000, got 0"},
        Bad{"FractionalRepetitions", small + "[sweep]\nrepetitions = 1.5\n",
            "x.toml:6: sweep.repetitions: expected an integer"},
        Bad{"TooManyCells", small + "sweep.tasks = [1,2,3,4,5,6,7,8,9,10,11]\n[sweep]\nrepetitions = 10000\n",
            "x.toml:6: sweep: expected at most 100000 cells, got 110000"},
        Bad{"UnknownRuntimeSetting", small + "[runtime]\nbudgt = 1\n",
            "x.toml:6: runtime.budgt: expected one of the settings "},
        Bad{"WrongRuntimeSetting", small + "[runtime]\nbudget = true\n",
            "x.toml:6: runtime.budget: expected an integer from 1 to 1000000, got true"},
        Bad{"TimeoutWithoutUnit", small + "[limits]\ntimeout = \"60\"\n",
            "x.toml:6: limits.timeout: expected a duration such as"},
        Bad{"TimeoutAsNumber", small + "[limits]\ntimeout = 60\n",
            "x.toml:6: limits.timeout: expected a duration such as"},
        Bad{"MinTimeAboveTimeout", small + "[limits]\ntimeout = \"1s\"\nmin_time = \"2s\"\n",
            "x.toml:7: limits.min_time: expected less than limits.timeout, which is 1s, got 2s"},
        Bad{"UnknownLimit", small + "[limits]\nmemory = 1\n",
            "x.toml:6: limits.memory: expected one of the keys timeout"},
        Bad{"UnknownChart", small + "[[report]]\nchart = \"pie\"\n",
            "x.toml:6: report.chart: expected one of bars, lines, heat, got \"pie\""},
        Bad{"UnknownMetric", small + "[[report]]\nmetric = \"ns_per_yield\"\n",
            "x.toml:6: report.metric: expected one of ns_per_task, got \"ns_per_yield\""},
        Bad{"UnknownAxis", small + "[[report]]\nx = \"ring\"\n",
            "x.toml:6: report.x: expected one of policy, workload, workers, placement, body, tasks, got \"ring\""},
        Bad{"UnknownBaseline", small + "[[report]]\nagainst = \"stealing\"\n",
            "x.toml:6: report.against: expected one of fifo, got \"stealing\""},
        Bad{"QuestionIsANumber", "question = 5\n", "x.toml:1: question: expected a text, got 5"},
        Bad{"WithIsAText", small + "with = \"x\"\n", "x.toml:5: workload.with: expected a table, got \"x\""}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(Definition, AFileThatIsNotThereIsNamed) {
  rota::testing::TemporaryFolder folder;
  const auto path = folder.path() / "none.toml";
  try {
    (void)read_definition(path);
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    EXPECT_EQ(error.what(), path.string() + ": expected a file that can be read, got: No such file or directory");
  }
}

}  // namespace
}  // namespace rota::experiments
