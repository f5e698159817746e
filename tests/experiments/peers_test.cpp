// The catalogue of peers, the records of their builds, and peers in definitions.
#include "experiments/peers/records.hpp"

#include <gtest/gtest.h>

#include "experiments/definition/read.hpp"
#include "experiments/definition/sweep.hpp"
#include "experiments/peers/build.hpp"
#include "peer_share.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;
using testing::PeerShare;

std::string error_of(const auto& call) {
  try {
    call();
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Peers, TheCatalogueSaysWhatEachIs) {
  const PeerShare share;
  const auto peers = catalogue();
  ASSERT_EQ(peers.size(), 3U);
  EXPECT_EQ(peers[0].name, "quick");
  EXPECT_EQ(peers[0].packages, std::vector<std::string>{"bash"});
  EXPECT_TRUE(peers[0].speaks("spawn-join"));
  EXPECT_FALSE(peers[0].speaks("yield"));
  EXPECT_TRUE(peers[0].can_have(64));
  EXPECT_TRUE(peers[1].can_have(1));
  EXPECT_FALSE(peers[1].can_have(2));
}

TEST(Peers, WithoutACatalogueThereAreNone) {
  const PeerShare share;
  fs::remove(share.catalogue());
  EXPECT_TRUE(catalogue().empty());
}

TEST(Peers, ADamagedCatalogueIsRefusedWithFileLineAndKey) {
  const auto refused = [](const std::string& before, const std::string& after) {
    std::string text = testing::quick_peer;
    text.replace(text.find(before), before.size(), after);
    const PeerShare share(text);
    const std::string error = error_of([] { (void)catalogue(); });
    const std::string file = share.catalogue().string();
    return error.starts_with(file) ? error.substr(file.size()) : error;
  };
  EXPECT_EQ(refused("title =", "tittle ="),
            ":3: peer.tittle: expected one of the keys name, title, family, program, "
            "packages, version, plays, workloads, most_workers, own_memory, got an unknown key (did you mean title?)");
  EXPECT_EQ(refused("\"fake\"", "\"../x\""),
            ":4: peer.family: expected a text of letters, digits, . + and -, got \"../x\"");
  EXPECT_EQ(refused("[\"bash\"]", "[]"),
            ":6: peer.packages: expected an array of at least one Debian package, got an array");
  EXPECT_EQ(refused("[\"bash\"]", "[5]"), ":6: peer.packages: expected an array of at least one Debian package, got 5");
  EXPECT_EQ(refused("name = \"quick\"\n", ""),
            ":1: peer.name: expected a text of letters, digits, . + and -, got nothing");
  EXPECT_TRUE(refused("[[peer]]", "[[peer").starts_with(":1: expected TOML, got: "));
  const PeerShare twice(testing::quick_peer + testing::quick_peer);
  EXPECT_NE(error_of([] { (void)catalogue(); }).find(":11: peer.name: expected a name that no other peer has, got "),
            std::string::npos);
}

TEST(Peers, OneThatIsNotThereSaysWhy) {
  const PeerShare share;
  EXPECT_EQ(facts_of(catalogue()[0]).missing, "not built");
  EXPECT_EQ(facts_of(catalogue()[2]).missing, "package no-such-package-in-debian");
  share.build("quick");
  const record::PeerFacts facts = facts_of(catalogue()[0]);
  EXPECT_EQ(facts.missing, "");
  EXPECT_EQ(facts.title, "Quick");
  EXPECT_EQ(facts.version, "1.0");
  EXPECT_EQ(facts.packages.at("bash"), "1.0-1");
  EXPECT_EQ(facts.sha256, sha256_hex(record::read_file(share.program("quick"))));
  fs::remove(share.program("quick"));
  EXPECT_EQ(facts_of(catalogue()[0]).missing, "not built");
}

TEST(Peers, ADamagedRecordIsNamed) {
  const PeerShare share;
  share.build("quick");
  const fs::path record = share.peers() / "quick.json";
  record::write_file_whole(record, "{");
  EXPECT_TRUE(error_of([] { (void)facts_of(catalogue()[0]); }).starts_with(record.string() + ": expected "));
  record::write_file_whole(record, "{\"version\": 5}");
  EXPECT_EQ(error_of([] { (void)facts_of(catalogue()[0]); }), record.string() + ".version: expected a text, got 5");
}

TEST(Peers, ThePackagersPartOfAVersionIsLeftOut) {
  EXPECT_EQ(upstream_version("1.24.2-1"), "1.24.2");
  EXPECT_EQ(upstream_version("1.81.0-5+deb12u1"), "1.81.0");
  EXPECT_EQ(upstream_version("1:1.22.1-1"), "1.22.1");
  EXPECT_EQ(upstream_version("0.66.0+ds1-1"), "0.66.0");
  EXPECT_EQ(upstream_version("2:1.19~1"), "1.19");
  EXPECT_EQ(upstream_version("5"), "5");
  EXPECT_EQ(version_variable("tokio-current"), "ROTA_VERSION_TOKIO_CURRENT");
}

TEST(Peers, AFamilyIsBuiltAsOne) {
  const PeerShare share;
  const auto families = families_of({"single"});
  ASSERT_EQ(families.size(), 1U);
  EXPECT_EQ(families[0].peers.size(), 2U);
  EXPECT_EQ(packages_of(families_of({})), (std::vector<std::string>{"bash", "no-such-package-in-debian"}));
  EXPECT_EQ(error_of([] { (void)families_of({"quack"}); }),
            "peers build: expected one of the peers quick, single, absent, got \"quack\" (did you mean quick?)");
}

const std::string both = R"([[policy]]
use = "fifo"
[[policy]]
use = "peer:quick"
[[policy]]
label = "one"
use = "peer:single"
[[workload]]
use = "spawn-join"
[[workload]]
use = "yield"
[sweep]
workers = [1, 2]
repetitions = 1
)";

TEST(PeersInDefinitions, StandWhereAPolicyStands) {
  const PeerShare share;
  const Definition d = parse_definition(both, "x.toml");
  EXPECT_EQ(d.policies[1].choice, (record::Choice{"peer:quick", "peer:quick", {}}));
  EXPECT_EQ(d.policies[2].choice.label, "one");
  EXPECT_EQ(d.policies[2].peer->name, "single");
  EXPECT_FALSE(d.policies[0].peer);
}

TEST(PeersInDefinitions, WhatOneDoesNotSpeakIsLeftOutAndSaid) {
  const PeerShare share;
  const Definition d = parse_definition(both, "x.toml");
  std::vector<std::string> keys;
  for (const auto& cell : block_of(d, 0, 1)) {
    if (!cell.aa) keys.push_back(cell.key);
  }
  EXPECT_EQ(keys,
            (std::vector<std::string>{"fifo/spawn-join/w1/compact/b0", "fifo/spawn-join/w2/compact/b0",
                                      "fifo/yield/w1/compact/b0", "fifo/yield/w2/compact/b0",
                                      "peer:quick/spawn-join/w1/compact/b0", "peer:quick/spawn-join/w2/compact/b0",
                                      "one/spawn-join/w1/compact/b0", "one/yield/w1/compact/b0"}));
  EXPECT_EQ(not_spoken(d), (std::vector<record::NotSpoken>{
                               {"peer:quick", "yield", 0}, {"one", "spawn-join", 2}, {"one", "yield", 2}}));
}

TEST(PeersInDefinitions, AWorkloadMayNameItsPoliciesAndWorkerCounts) {
  const PeerShare share;
  const auto planned = [](const std::string& keys) {
    std::string text = both;
    text.insert(text.find("[sweep]"), keys);
    std::vector<std::string> result;
    for (const auto& cell : block_of(parse_definition(text, "x.toml"), 0, 1)) {
      if (cell.request.workload.use == "yield") result.push_back(cell.key);
    }
    return result;
  };
  EXPECT_EQ(planned("policies = [\"one\"]\nworkers = 1\n"), std::vector<std::string>{"one/yield/w1/compact/b0"});
  EXPECT_EQ(planned("workers = [2]\n"),
            (std::vector<std::string>{"fifo/yield/w2/compact/b0", "fifo (A/A)/yield/w2/compact/b0"}));
  const auto refused = [&](const std::string& keys) { return error_of([&] { (void)planned(keys); }); };
  EXPECT_EQ(refused("policies = [\"two\"]\n"),
            "x.toml:12: workload.policies: expected labels out of fifo, one, peer:quick, got \"two\"");
  EXPECT_EQ(refused("policies = []\n"),
            "x.toml:12: workload.policies: expected an array of at least one policy's label, got an array");
  EXPECT_EQ(refused("workers = [1, 3]\n"),
            "x.toml:12: workload.workers: expected counts out of sweep.workers, 1, 2, got 3");
}

TEST(PeersInDefinitions, BadOnesAreRefusedWithLineAndKey) {
  const PeerShare share;
  const auto refused = [](const std::string& policy, const std::string& rest = "[[workload]]\nuse = \"spawn-join\"\n") {
    return error_of([&] { (void)parse_definition("[[policy]]\n" + policy + rest, "x.toml"); });
  };
  EXPECT_EQ(refused("use = \"peer:quack\"\n"),
            "x.toml:2: policy.use: expected one of the peers peer:quick, peer:single, peer:absent, got \"peer:quack\" "
            "(did you mean peer:quick?)");
  EXPECT_EQ(refused("use = \"peer:quick\"\nwith.ring = 4\n"),
            "x.toml:3: policy.with.ring: expected no settings: a peer has none, got 4");
  EXPECT_EQ(refused("use = \"peer:quick\"\nsweep.ring = [4]\n"),
            "x.toml:3: policy.sweep.ring: expected no settings: a peer has none, got 4");
  EXPECT_EQ(refused("use = \"peer:quick\"\n", "[[workload]]\nuse = \"yield\"\n"),
            "x.toml: expected a workload that one of its policies can play, got none");
  EXPECT_EQ(refused("use = \"fifo\"\n", "[[workload]]\nuse = \"peer:quick\"\n"),
            "x.toml:4: workload.use: expected one of sockets, spawn-join, yield, got \"peer:quick\"");
}

TEST(PeersInDefinitions, OnesFromTheCommandLineAreTaken) {
  const PeerShare share;
  const Definition d = parse_definition(both, "x.toml", {"policy=peer:single,fifo", "workload=spawn-join"});
  ASSERT_EQ(d.policies.size(), 2U);
  EXPECT_EQ(d.policies[0].peer->name, "single");
  Definition only = parse_definition(both, "x.toml");
  EXPECT_EQ(error_of([&] { keep_only(only, {"peer:quick", "yield"}); }),
            "x.toml: expected a workload that one of its policies can play, got none");
}

}  // namespace
}  // namespace rota::experiments
