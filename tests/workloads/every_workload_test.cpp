// Every workload answers right under every policy: the registries are iterated, so new ones are covered.
#include <algorithm>
#include <map>
#include <set>

#include "tests/workloads/measuring.hpp"
#include "tests/workloads/script.hpp"

namespace rota::workloads::testing {
namespace {

// Sizes that take milliseconds. A workload that is not here runs with its defaults.
SettingValues small(std::string_view name) {
  static const Script probed(probe_answer);
  static const std::map<std::string_view, SettingValues> sizes{
      {"chained-spawn", {{"depth", 50}}},
      {"cholesky", {{"tiles", 4}, {"tile_size", 4}, {"gemm", std::string("1us")}}},
      {"cpu-hog", {{"chunk", std::string("10us")}, {"chunks", 5}, {"interval", std::string("20us")}}},
      {"echo", {{"connections", 5}, {"rounds", 5}}},
      {"fib", {{"n", 10}}},
      {"http", {{"connections", 5}, {"requests", 5}}},
      {"memory", {{"tasks", 500}}},
      {"metg", {{"width", 4}, {"steps", 4}, {"longest", std::string("2us")}, {"bytes", 256}}},
      {"nqueens", {{"n", 6}}},
      {"ping-pong", {{"pairs", 3}, {"rounds", 40}}},
      {"producer", {{"tasks", 100}, {"work", std::string("1us")}}},
      {"remote-spawn", {{"tasks", 100}}},
      {"service", {{"requests", 50}, {"mean", std::string("2us")}}},
      {"skynet", {{"leaves", 100}}},
      {"sleep-storm", {{"tasks", 50}}},
      {"spawn-join", {{"tasks", 200}}},
      {"startup", {{"program", probed.path()}}},
      {"task-graph", {{"width", 8}, {"steps", 6}, {"task_length", std::string("1us")}, {"bytes", 256}}},
      {"thread-ring", {{"tasks", 50}, {"hops", 333}}},
      {"wake-latency", {{"wakes", 20}, {"pause", std::string("20us")}, {"busy", std::string("5us")}}},
      {"yield", {{"tasks", 3}, {"yields", 100}}},
  };
  const auto found = sizes.find(name);
  return found == sizes.end() ? SettingValues{} : found->second;
}

// Millions of nodes each: search_test.cpp counts them, with one policy.
bool too_long(const SettingInfo& setting, const std::string& option) {
  return setting.name == "tree" && (option == "T1" || option == "T3");
}

// The small size, and for each choice and each switch every value that it may have.
std::vector<SettingValues> variants(const WorkloadInfo& entry) {
  std::vector<SettingValues> result;
  const SettingValues base = small(entry.name);
  auto with = [&](const std::string& key, SettingValue value) {
    SettingValues values = base;
    values.insert_or_assign(key, std::move(value));
    result.push_back(std::move(values));
  };
  for (const auto& setting : entry.settings) {
    for (const auto& option : setting.choices) {
      if (!too_long(setting, option)) with(setting.name, option);
    }
    if (setting.type == "bool") {
      with(setting.name, true);
      with(setting.name, false);
    }
  }
  if (result.empty()) result.push_back(base);
  return result;
}

std::string text(const SettingValues& values) {
  std::string result;
  for (const auto& [key, value] : values) result += key + "=" + to_text(value) + " ";
  return result;
}

void expect_as_declared(const WorkloadInfo& entry, const Result& result) {
  std::set<std::string> declared;
  std::set<std::string> measured;
  for (const auto& metric : entry.metrics) declared.emplace(metric.name);
  for (const auto& measurement : result.measurements) measured.insert(measurement.metric);
  declared.erase("warm");  // not for those that run once
  measured.erase("warm");
  EXPECT_EQ(measured, declared);
}

struct Pairing {
  const RealPolicy* policy;
  const WorkloadInfo* entry;
  friend void PrintTo(const Pairing& pairing, std::ostream* out) {
    *out << pairing.policy->name << "_" << pairing.entry->name;
  }
};

class EveryWorkload : public ::testing::TestWithParam<Pairing> {};

TEST_P(EveryWorkload, AnswersRightWithOneAndTwoWorkers) {
  const auto& [policy, entry] = GetParam();
  for (const unsigned workers : {1U, 2U}) {
    for (const auto& values : variants(*entry)) {
      SCOPED_TRACE(text(values) + "workers=" + std::to_string(workers));
      const Result result = measure_with(*entry, *policy, workers, values, iterations(3));
      EXPECT_FALSE(result.checks.empty());
      for (const auto& check : result.checks) EXPECT_EQ(check.expected, check.got) << check.name;
      expect_as_declared(*entry, result);
    }
  }
}

std::vector<Pairing> pairings() {
  std::vector<Pairing> result;
  for (const auto& policy : real_policies()) {
    for (const auto& entry : workloads()) result.push_back({&policy, &entry});
  }
  return result;
}

std::string title(const ::testing::TestParamInfo<Pairing>& info) {
  std::string name = ::testing::PrintToString(info.param);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(UnderEveryPolicy, EveryWorkload, ::testing::ValuesIn(pairings()), title);

const RealPolicy& some_policy() { return real_policies().front(); }

TEST(Workloads, GiveTheAnswersOfTheCatalogue) {
  const Result fib = measure_with(workload("fib"), some_policy(), 2, {{"n", 15}});
  EXPECT_EQ(got(fib, "fib"), "610");
  EXPECT_EQ(got(fib, "calls"), "1973");
  EXPECT_EQ(got(measure_with(workload("thread-ring"), some_policy(), 2, {{"hops", 1000}}), "holder"), "498");
  const Result skynet = measure_with(workload("skynet"), some_policy(), 2, {{"leaves", 1000}});
  EXPECT_EQ(got(skynet, "sum"), "499500");
  EXPECT_EQ(got(skynet, "tasks"), "1111");
}

TEST(Workloads, EchoLosesNoWakeWhenTwoWorkersShareTheSockets) {
  const SettingValues values{{"connections", 4}, {"rounds", 3}};
  const Result result = measure_with(workload("echo"), some_policy(), 2, values, {std::chrono::minutes(5), 150});
  EXPECT_EQ(result.measurements.front().iterations, 150U);
  EXPECT_EQ(got(result, "messages"), "12");
  EXPECT_EQ(got(result, "bytes"), "768");
}

}  // namespace
}  // namespace rota::workloads::testing
