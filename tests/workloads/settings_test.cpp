// The table of workloads, and what its settings accept and refuse.
#include <algorithm>

#include "tests/workloads/measuring.hpp"
#include "workloads/host/system.hpp"

namespace rota::workloads::testing {
namespace {

struct Refusal {
  const char* workload;
  SettingValues values;
  const char* key;
  friend void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.workload;
    for (const auto& [name, value] : refusal.values) *out << "_" << name << "_" << to_text(value);
  }
};

class Refused : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refused, WithTheKeyAndWhatWasExpected) {
  if (GetParam().values.contains("body") && host::most_fibers() >= 2'000'000)
    GTEST_SKIP() << "no lack of mappings here";
  SettingValues all;
  SettingError error;
  ASSERT_FALSE(workload(GetParam().workload).check(GetParam().values, all, error));
  EXPECT_EQ(error.key, GetParam().key);
  EXPECT_FALSE(error.expected.empty());
  EXPECT_FALSE(error.got.empty());
}

const SettingValue fiber = std::string("fiber");

INSTANTIATE_TEST_SUITE_P(
    Settings, Refused,
    ::testing::Values(
        Refusal{"spawn-join", {{"tasks", 0}}, "tasks"}, Refusal{"spawn-join", {{"task", 10}}, "task"},
        Refusal{"spawn-join", {{"body", std::string("thread")}}, "body"},
        Refusal{"spawn-join", {{"body", fiber}, {"tasks", 20'000'000}}, "tasks"},
        Refusal{"sleep-storm", {{"delay", 100}}, "delay"},
        Refusal{"sleep-storm", {{"delay", std::string("-1us")}}, "delay"},
        Refusal{"sleep-storm", {{"body", fiber}, {"tasks", 20'000'000}}, "tasks"},
        Refusal{"yield", {{"yields", 0}}, "yields"},
        Refusal{"yield", {{"body", fiber}, {"tasks", 20'000'000}}, "tasks"},
        Refusal{"ping-pong", {{"pairs", 0}}, "pairs"}, Refusal{"ping-pong", {{"via", true}}, "via"},
        Refusal{"ping-pong", {{"body", fiber}, {"pairs", 1'000'000}}, "pairs"},
        Refusal{"chained-spawn", {{"depth", 0}}, "depth"}, Refusal{"remote-spawn", {{"busy", 1}}, "busy"},
        Refusal{"thread-ring", {{"tasks", 1}}, "tasks"}, Refusal{"fib", {{"n", 51}}, "n"},
        Refusal{"fib", {{"n", 40}, {"body", fiber}}, "n"}, Refusal{"skynet", {{"leaves", 12}}, "leaves"},
        Refusal{"memory", {{"tasks", 90'000'000}, {"body", fiber}}, "tasks"},
        Refusal{"memory", {{"on", std::string("socket")}}, "on"},
        Refusal{"wake-latency", {{"how", std::string("event")}}, "how"},
        Refusal{"wake-latency", {{"wakes", 0}}, "wakes"},
        Refusal{"wake-latency", {{"pause", std::string("0ns")}}, "pause"},
        Refusal{"wake-latency", {{"busy", std::string("0ns")}}, "busy"}, Refusal{"echo", {{"size", 0}}, "size"},
        Refusal{"http", {{"size", 0}}, "size"}, Refusal{"http", {{"connections", 30'001}}, "connections"},
        Refusal{"echo", {{"connections", 30'001}}, "connections"}, Refusal{"service", {{"load", 1.0}}, "load"},
        Refusal{"service", {{"distribution", std::string("normal")}}, "distribution"},
        Refusal{"service", {{"mean", std::string("0ns")}}, "mean"},
        Refusal{"task-graph", {{"width", 1000}, {"steps", 100'000}}, "steps"},
        Refusal{"metg", {{"kernel", std::string("empty")}}, "kernel"},
        Refusal{"cholesky", {{"kernel", std::string("real")}, {"tiles", 128}, {"tile_size", 99}}, "tile_size"},
        Refusal{"uts", {{"tree", std::string("T2")}}, "tree"}, Refusal{"uts", {{"chunk", 0}}, "chunk"},
        Refusal{"nqueens", {{"n", 15}}, "n"}, Refusal{"startup", {{"probe", std::string("yes")}}, "probe"}),
    [](const auto& info) {
      std::string name = ::testing::PrintToString(info.param);
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

TEST(Settings, AreRecordedWithTheirDefaults) {
  SettingValues all;
  SettingError error;
  ASSERT_TRUE(workload("spawn-join").check({{"tasks", 5}}, all, error));
  EXPECT_EQ(all, (SettingValues{{"tasks", std::int64_t{5}}, {"body", std::string("coroutine")}}));
}

TEST(Settings, OfMemoryDependOnTheBody) {
  for (const auto& [body, tasks] : {std::pair{"coroutine", 1'000'000}, std::pair{"fiber", 10'000}}) {
    SettingValues all;
    SettingError error;
    ASSERT_TRUE(workload("memory").check({{"body", std::string(body)}}, all, error)) << error.sentence();
    EXPECT_EQ(all.at("tasks"), SettingValue(std::int64_t{tasks}));
  }
}

TEST(Settings, NameTheLimitOfMappingsWhenFibersDoNotFit) {
  SettingError error;
  EXPECT_TRUE(host::fibers_fit(host::most_fibers(), "tasks", "n", error));
  EXPECT_FALSE(host::fibers_fit(host::most_fibers() + 1, "tasks", "n", error));
  EXPECT_NE(error.expected.find("vm.max_map_count"), std::string::npos);
  EXPECT_NE(error.expected.find(std::to_string(host::most_fibers())), std::string::npos);
}

TEST(WorkloadTable, IsSortedAndFindsEachByItsName) {
  ASSERT_FALSE(workloads().empty());
  EXPECT_TRUE(std::ranges::is_sorted(workloads(), std::ranges::less_equal{}, &WorkloadInfo::name));
  for (const auto& entry : workloads()) EXPECT_EQ(find(workloads(), entry.name), &entry);
  EXPECT_EQ(find(workloads(), "no-such-workload"), nullptr);
}

// A workload that cannot be simulated says why, and its row leaves that world out; others leave out none.
TEST(WorkloadTable, HasInTheSimulatedWorldAllWorkloadsButThoseThatSayWhyNot) {
  for (const auto& info : workloads()) {
    EXPECT_EQ(info.worlds.simulated, info.real_only.empty()) << info.name;
    EXPECT_TRUE(info.worlds.real) << info.name;
    EXPECT_FALSE(info.worlds.explored) << info.name;
  }
}

TEST(WorkloadTable, SaysInWordsWhatEverythingIs) {
  for (const auto& entry : workloads()) {
    EXPECT_FALSE(entry.summary.empty()) << entry.name;
    for (const auto& setting : entry.settings) EXPECT_FALSE(setting.help.empty()) << entry.name << " " << setting.name;
    for (const auto& metric : entry.metrics) {
      EXPECT_FALSE(metric.help.empty() || metric.unit.empty()) << entry.name << " " << metric.name;
      const auto same = std::ranges::count(entry.metrics, metric.name, &MetricInfo::name);
      EXPECT_EQ(same, 1) << entry.name << " " << metric.name;
    }
  }
}

TEST(WorkloadTable, AcceptsTheDefaultsOfEveryWorkload) {
  for (const auto& entry : workloads()) {
    SettingValues all;
    SettingError error;
    EXPECT_TRUE(entry.check({}, all, error)) << error.sentence();
    EXPECT_EQ(all.size(), entry.settings.size()) << entry.name;
  }
}

}  // namespace
}  // namespace rota::workloads::testing
