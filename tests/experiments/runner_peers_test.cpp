// Whole runs with peers: ones that misbehave, ones that are not built, ones that are built anew in between.
#include <gtest/gtest.h>

#include <map>

#include "experiments/definition/read.hpp"
#include "experiments/run/runner.hpp"
#include "peer_share.hpp"
#include "record/manifest_json.hpp"
#include "runs.hpp"
#include "worlds/topology.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::string with_peer(const std::string& policy, const std::vector<std::string>& labels, int repetitions = 1,
                      const std::string& workers = "1") {
  std::string text = definition_with(labels, repetitions);
  text.insert(text.find("[limits]"), "[[policy]]\nuse = \"" + policy + "\"\n");
  text.insert(text.find("repetitions"), "workers = " + workers + "\n");
  return text;
}

fs::path begin(const std::string& text, const TemporaryFolder& out, const std::string& timeout = "20s") {
  return begin_run(parse_definition(text, "x.toml", {"limits.timeout=" + timeout}), out.path());
}

// The outcome and the detail of the only cell with this policy and workload.
std::pair<std::string, std::string> result_of(const fs::path& folder, const std::string& policy,
                                              const std::string& workload = "ok") {
  for (const auto& row : record::read_run(folder).cells) {
    const auto& request = row.plan.request;
    if (request.policy.label == policy && request.workload.label == workload)
      return {std::string(to_text(row.result.outcome)), row.result.detail};
  }
  return {"no such cell", ""};
}

using Result = std::pair<std::string, std::string>;

TEST(PeerRun, OneThatIsBuiltRunsBesideThePolicies) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder = begin(with_peer("peer:quick", {"ok"}), out);
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_TRUE(end.failed.empty());
  EXPECT_TRUE(end.missing.empty());
  EXPECT_EQ(result_of(folder, "peer:quick"), (Result{"ok", ""}));
  EXPECT_EQ(result_of(folder, "fifo"), (Result{"ok", ""}));
  const record::PeerFacts facts = record::read_manifest(folder).peers.at("quick");
  EXPECT_EQ(facts.version, "1.0");
  EXPECT_EQ(facts.program, "fake/bin/quick");
  EXPECT_EQ(facts.sha256, sha256_hex(record::read_file(share.program("quick"))));
  EXPECT_EQ(facts.compiler, "by hand");
  EXPECT_EQ(facts.packages, (std::map<std::string, std::string>{{"bash", "1.0-1"}}));
}

TEST(PeerRun, OneThatMisbehavesIsRecordedLikeACellOfRotasOwn) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder =
      begin(with_peer("peer:quick", {"ok", "crash", "hang", "wrong", "garbage", "refused"}), out, "300ms");
  const RunEnd end = continue_run(folder, fake, nullptr);
  for (const char* label : {"ok", "crash", "hang", "wrong", "garbage", "refused"})
    EXPECT_EQ(result_of(folder, "peer:quick", label), result_of(folder, "fifo", label)) << label;
  EXPECT_EQ(result_of(folder, "peer:quick", "crash"), (Result{"crashed", "signal 11 (Segmentation fault)"}));
  EXPECT_EQ(result_of(folder, "peer:quick", "hang"), (Result{"hung", "still running after 0.3 s"}));
  EXPECT_EQ(result_of(folder, "peer:quick", "wrong"), (Result{"wrong", "tasks: expected 1000, got 999"}));
  EXPECT_EQ(end.failed.size(), 15U);  // five labels: the policy, its twin, the peer
}

TEST(PeerRun, OneWhoseStartLineNamesAnotherVersionIsRefused) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder = begin(with_peer("peer:quick", {"ok", "another version", "no version"}), out);
  (void)continue_run(folder, fake, nullptr);
  EXPECT_EQ(result_of(folder, "peer:quick", "another version"),
            (Result{"refused", "expected version 1.0, as the manifest says, got fake 9.9"}));
  EXPECT_EQ(result_of(folder, "peer:quick", "no version"),
            (Result{"refused", "expected version 1.0, as the manifest says, got a start line without a runtime"}));
  EXPECT_EQ(result_of(folder, "fifo", "another version"), (Result{"ok", ""}));
}

TEST(PeerRun, AnotherBuildThanTheManifestSaysIsRefusedWithBothVersions) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder = begin(with_peer("peer:quick", {"ok"}, 2), out);
  const std::string then = sha256_hex(record::read_file(share.program("quick"))).substr(0, 12);
  share.build("quick", "2.0", "another build");
  const std::string now = sha256_hex(record::read_file(share.program("quick"))).substr(0, 12);
  const RunEnd end = continue_run(folder, fake, nullptr);
  EXPECT_EQ(end.failed.size(), 2U);
  EXPECT_EQ(result_of(folder, "fifo"), (Result{"ok", ""}));
  EXPECT_EQ(result_of(folder, "peer:quick"),
            (Result{"refused", "peer quick: expected version 1.0 (sha256 " + then +
                                   "), as the manifest says, got version 2.0 (sha256 " + now + ")"}));
}

TEST(PeerRun, AProgramThatNoRecordKnowsIsRefused) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder = begin(with_peer("peer:quick", {"ok"}), out);
  record::write_file_whole(share.program("quick"), "#!/bin/sh\n");
  (void)continue_run(folder, fake, nullptr);
  EXPECT_EQ(result_of(folder, "peer:quick").first, "refused");
  EXPECT_NE(result_of(folder, "peer:quick").second.find(", got an unknown version (sha256 "), std::string::npos);
}

TEST(PeerRun, ARunThatGoesOnRefusesAPeerThatWasBuiltAnewMeanwhile) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder = begin(with_peer("peer:quick", {"ok"}, 3), out);
  (void)continue_run(folder, fake, nullptr);
  std::string again;
  for (const auto& row : record::read_run(folder).cells) {
    if (row.plan.request.policy.label == "peer:quick") again = row.plan.id;
  }
  fs::remove(folder / "cells" / (again + ".jsonl"));
  fs::remove(share.program("quick"));
  const RunEnd end = continue_run(folder, fake, nullptr);
  ASSERT_EQ(end.failed.size(), 1U);
  EXPECT_EQ(end.failed[0].plan.id, again);
  EXPECT_EQ(end.failed[0].result.outcome, record::Outcome::refused);
  EXPECT_TRUE(end.failed[0].result.detail.ends_with(", got no program")) << end.failed[0].result.detail;
}

TEST(PeerRun, OneThatIsNotBuiltIsRecordedAsMissingForGood) {
  const PeerShare share;
  const TemporaryFolder out;
  const fs::path folder = begin(with_peer("peer:quick", {"ok", "fine"}, 2), out);
  const auto expected = std::map<std::string, std::size_t>{{"quick", 4}};
  for (int i = 0; i < 2; ++i) {
    const RunEnd end = continue_run(folder, fake, nullptr);
    EXPECT_TRUE(end.failed.empty());
    EXPECT_EQ(end.missing, expected);
    EXPECT_EQ(end.done, record::read_run(folder).cells.size());
    EXPECT_EQ(result_of(folder, "peer:quick"), (Result{"missing", "peer quick: not built"}));
    EXPECT_EQ(result_of(folder, "fifo"), (Result{"ok", ""}));
    share.build("quick");  // too late: the manifest has no version of it
  }
  EXPECT_EQ(record::read_manifest(folder).peers.at("quick").missing, "not built");
}

TEST(PeerRun, TheManifestSaysWhatIsNotSpoken) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("single");
  const fs::path folder = begin(with_peer("peer:single", {"ok"}, 1, "[1, 2]"), out);
  EXPECT_EQ(record::read_manifest(folder).not_spoken, (std::vector<record::NotSpoken>{{"peer:single", "ok", 2}}));
  EXPECT_EQ(continue_run(folder, fake, nullptr).done, 4U);  // two of the policy, its twin, one of the peer
}

std::string units_seen(const std::string& placement) {
  const PeerShare share;
  const TemporaryFolder out;
  share.build("quick");
  std::string text = with_peer("peer:quick", {"units"});
  text.insert(text.find("repetitions"), "placement = \"" + placement + "\"\n");
  const fs::path folder = begin(text, out);
  (void)continue_run(folder, fake, nullptr);
  for (const auto& row : record::read_run(folder).cells) {
    if (row.plan.request.policy.label != "peer:quick") continue;
    for (const auto& answer : row.result.answers) {
      if (answer.name == "units") return answer.got;
    }
  }
  return "no answer";
}

TEST(PeerRun, OneIsConfinedToTheProcessingUnitsOfItsPlacement) {
  const Topology host = Topology::host();
  if (!host.why_not_bindable().empty()) GTEST_SKIP() << host.why_not_bindable();
  const unsigned last = host.pu_count() - 1;
  const Placement placement(host, std::to_string(last), 1);
  EXPECT_EQ(units_seen(std::to_string(last)), std::to_string(placement.os_pu(0)));
  if (host.pu_count() > 1) EXPECT_NE(units_seen("none").find(','), std::string::npos);
}

}  // namespace
}  // namespace rota::experiments
