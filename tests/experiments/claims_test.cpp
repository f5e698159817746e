// Claims in definitions: what they mean, the exact line that a bad one gets, and what overrides leave of them.
#include "record/claim.hpp"

#include <gtest/gtest.h>

#include "experiments/definition/read.hpp"

namespace rota::experiments {
namespace {

const std::string base = R"([[policy]]
use = "fifo"
[[policy]]
use = "stealing"
[[workload]]
use = "spawn-join"
[[workload]]
use = "yield"
[sweep]
workers = [1, 2]
)";  // a claim begins at line 11

const std::string figure = R"([[claim]]
says = "a task takes 10 to 50 ns"
where = "section 1"
policy = "fifo"
plays = "stealing"
workload = "yield"
workers = 1
metric = "ns_per_yield"
low = 10
high = 50.5
unit = "us"
why = "because"
)";

const std::string line = R"([[claim]]
row = "spawn"
workload = "spawn-join"
workers = 2
metric = "ns_per_task"
ours = ["fifo"]
against = ["stealing"]
at_least = 5.0
)";

TEST(Claims, AFigureIsRead) {
  const Definition d = parse_definition(base + figure, "x.toml");
  ASSERT_EQ(d.claims.size(), 1U);
  record::Claim expected;
  expected.says = "a task takes 10 to 50 ns";
  expected.where = "section 1";
  expected.policy = "fifo";
  expected.plays = "stealing";
  expected.workload = "yield";
  expected.workers = 1;
  expected.metric = "ns_per_yield";
  expected.low = 10;
  expected.high = 50.5;
  expected.unit = "us";
  expected.why = "because";
  EXPECT_EQ(d.claims[0], expected);
  EXPECT_FALSE(expected.is_line());
  EXPECT_TRUE(expected.is_measured());
}

TEST(Claims, LinesAreRatiosOrBounds) {
  const Definition d = parse_definition(base + line + R"([[claim]]
row = "bytes"
workload = "yield"
workers = 1
metric = "ns_per_yield"
ours = ["fifo", "stealing"]
at_most = 96
unit = "ns"
[[claim]]
says = "an hour of work"
unmeasured = "nobody can tell"
)",
                                        "x.toml");
  ASSERT_EQ(d.claims.size(), 3U);
  EXPECT_TRUE(d.claims[0].is_line());
  EXPECT_EQ(d.claims[0].at_least, 5.0);
  EXPECT_EQ(d.claims[0].against, std::vector<std::string>{"stealing"});
  EXPECT_EQ(d.claims[1].at_most, 96.0);
  EXPECT_FALSE(d.claims[1].at_least);
  EXPECT_FALSE(d.claims[2].is_measured());
}

std::string error_of(std::string claim, const std::string& before, const std::string& after) {
  const std::size_t at = claim.find(before);
  if (at == std::string::npos) return "the test is wrong: " + before;
  claim.replace(at, before.size(), after);
  try {
    (void)parse_definition(base + claim, "x.toml");
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Claims, ABadFigureIsRefusedWithLineAndKey) {
  const auto refused = [](const std::string& before, const std::string& after) {
    return error_of(figure, before, after);
  };
  EXPECT_EQ(refused("\"fifo\"", "\"filo\""),
            "x.toml:14: claim.policy: expected one of fifo, stealing, got \"filo\" (did you mean fifo?)");
  EXPECT_EQ(refused("plays = \"stealing\"", "plays = \"s\""),
            "x.toml:15: claim.plays: expected one of fifo, stealing, got \"s\"");
  EXPECT_EQ(refused("\"yield\"", "\"fib\""),
            "x.toml:16: claim.workload: expected one of spawn-join, yield, got \"fib\"");
  EXPECT_EQ(refused("workers = 1", "workers = 3"), "x.toml:17: claim.workers: expected one of 1, 2, got \"3\"");
  EXPECT_EQ(refused("workers = 1\n", ""), "x.toml:11: claim.workers: expected one of 1, 2, got nothing");
  EXPECT_EQ(refused("\"ns_per_yield\"", "\"ns_per_task\""),
            "x.toml:18: claim.metric: expected one of ns_per_yield, got \"ns_per_task\"");
  EXPECT_EQ(refused("low = 10", "low = 60"),
            "x.toml:19: claim.low: expected a number from 0 to high, which is 50.5, got 60");
  EXPECT_EQ(refused("low = 10", "low = \"10\""), "x.toml:19: claim.low: expected a number, got \"10\"");
  EXPECT_EQ(refused("high = 50.5\n", ""), "x.toml:11: claim.high: expected a number, got nothing");
  EXPECT_EQ(refused("\"us\"", "\"KiB\""),
            "x.toml:21: claim.unit: expected a unit of ns_per_yield, which is in ns, got \"KiB\"");
  EXPECT_TRUE(refused("\"us\"", "\"hours\"").starts_with("x.toml:21: claim.unit: expected one of ns, us, "));
  EXPECT_TRUE(
      refused("why", "at_most = 5\nwhy").starts_with("x.toml:22: claim.at_most: expected one of the keys says, "));
  EXPECT_TRUE(refused("says", "said").starts_with("x.toml:12: claim.said: expected one of the keys says, "));
}

TEST(Claims, ABadLineIsRefusedWithLineAndKey) {
  const auto refused = [](const std::string& before, const std::string& after) {
    return error_of(line, before, after);
  };
  EXPECT_EQ(refused("[\"fifo\"]", "[\"filo\"]"),
            "x.toml:16: claim.ours: expected one of fifo, stealing, got \"filo\" (did you mean fifo?)");
  EXPECT_EQ(refused("[\"fifo\"]", "\"fifo\""),
            "x.toml:16: claim.ours: expected an array of at least one policy's label, got \"fifo\"");
  EXPECT_EQ(refused("[\"stealing\"]", "[]"),
            "x.toml:17: claim.against: expected an array of at least one policy's label, got an array");
  EXPECT_EQ(refused("at_least = 5.0\n", ""),
            "x.toml:11: claim.at_least: expected either at_least or at_most, got nothing");
  EXPECT_EQ(refused("at_least = 5.0", "at_least = 0"), "x.toml:18: claim.at_least: expected a number above 0, got 0");
  EXPECT_EQ(refused("at_least = 5.0", "at_least = 5.0\nunit = \"ns\""),
            "x.toml:19: claim.unit: expected no unit beside against: the bound is a ratio, got \"ns\"");
  EXPECT_EQ(refused("against = [\"stealing\"]\nat_least = 5.0", "at_most = 5.0"),
            "x.toml:11: claim.unit: expected one of ns, us, ms, s, bytes, KB, KiB, MB, MiB, 1, 1/s, got nothing");
  EXPECT_EQ(refused("at_least = 5.0", "at_least = 5.0\nat_most = 6"),
            "x.toml:18: claim.at_least: expected either at_least or at_most, got both");
  EXPECT_EQ(refused("at_least = 5.0", "at_most = 1.3"), "no error");
  EXPECT_EQ(error_of("[[claim]]\nunmeasured = \"x\"\n", "x", "y"),
            "x.toml:11: claim.says: expected what is claimed, got nothing");
  EXPECT_TRUE(error_of("[[claim]]\nsays = \"a\"\nunmeasured = \"x\"\nlow = 5\n", "x", "y")
                  .starts_with("x.toml:14: claim.low: expected one of the keys says, row, where, why, unmeasured, "));
}

TEST(Claims, TheOnlyWorkerCountNeedNotBeNamed) {
  std::string text = base + figure;
  text.replace(text.find("workers = [1, 2]"), 16, "workers = 1     ");
  text.erase(text.rfind("workers = 1\n"), 12);
  EXPECT_EQ(parse_definition(text, "x.toml").claims.at(0).workers, 0U);
}

TEST(Claims, OnesAboutWhatOverridesTookAwayAreLeftOut) {
  const auto left = [](const std::vector<std::string>& sets) {
    return parse_definition(base + figure + line, "x.toml", sets).claims.size();
  };
  EXPECT_EQ(left({"sweep.repetitions=1"}), 2U);
  EXPECT_EQ(left({"workload=yield"}), 1U);
  EXPECT_EQ(left({"sweep.workers=2"}), 1U);
  EXPECT_EQ(left({"policy=stealing"}), 0U);
  const Definition d = parse_definition(base + figure, "x.toml", {"policy=fifo"});
  ASSERT_EQ(d.claims.size(), 1U);
  EXPECT_EQ(d.claims[0].plays, "");
}

TEST(Claims, OnlyKeepsThoseAboutWhatIsKept) {
  Definition d = parse_definition(base + figure + line, "x.toml");
  keep_only(d, {"yield"});
  ASSERT_EQ(d.claims.size(), 1U);
  EXPECT_EQ(d.claims[0].workload, "yield");
  keep_only(d, {"fifo"});
  EXPECT_EQ(d.claims.at(0).plays, "");
}

}  // namespace
}  // namespace rota::experiments
