// Requests and manifests survive being written and read; damaged ones are refused with the key.
#include "record/manifest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <utility>

#include "experiments/host/sha256.hpp"
#include "record/input_error.hpp"
#include "record/manifest_json.hpp"
#include "record/request_json.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rota::experiments {
namespace {

// Texts as people write them: UTF-8, quotes, line breaks.
rc::Gen<std::string> text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "a", "Z", "\"", "\\", "\n", "é", "€", " ", "/", "{", "\x01", "7")),
                      [](const auto& parts) {
                        std::string all;
                        for (const auto& part : parts) all += part;
                        return all;
                      });
}

SettingValues any_settings() {
  SettingValues values;
  values[*text()] = *rc::gen::arbitrary<bool>();
  values[*text()] = *rc::gen::arbitrary<std::int64_t>();
  values[*text()] = static_cast<double>(*rc::gen::arbitrary<std::int32_t>()) / 7;
  values[*text()] = static_cast<double>(*rc::gen::arbitrary<std::int32_t>());
  values[*text()] = *text();
  return values;
}

record::CellRequest any_request() {
  record::CellRequest r;
  r.experiment = *text();
  r.policy = {*text(), *text(), any_settings()};
  r.workload = {*text(), *text(), any_settings()};
  r.policy.use = *rc::gen::element<std::string>("", "local:", "peer:") + r.policy.use;
  r.world = *rc::gen::arbitrary<bool>() ? record::World::simulated : record::world_of(r.policy.use);
  r.machine_name = *text();
  r.machine = *text();
  r.workers = *rc::gen::arbitrary<std::uint32_t>();
  r.placement = *text();
  r.repetition = *rc::gen::arbitrary<std::uint32_t>();
  r.seed = *rc::gen::arbitrary<std::uint64_t>() >> 11;
  r.min_time = std::chrono::milliseconds(*rc::gen::inRange(0, 100000));
  r.max_iterations = *rc::gen::arbitrary<std::uint32_t>();
  r.runtime = any_settings();
  r.expect[*text()] = *text();
  return r;
}

record::Claim any_claim() {
  record::Claim claim;
  for (std::string record::Claim::* member :
       {&record::Claim::says, &record::Claim::where, &record::Claim::why, &record::Claim::unmeasured,
        &record::Claim::row, &record::Claim::policy, &record::Claim::plays, &record::Claim::workload,
        &record::Claim::metric, &record::Claim::unit, &record::Claim::placement})
    claim.*member = *text();
  claim.workers = *rc::gen::arbitrary<std::uint32_t>();
  for (std::optional<double> record::Claim::* member :
       {&record::Claim::low, &record::Claim::high, &record::Claim::at_least, &record::Claim::at_most}) {
    if (*rc::gen::arbitrary<bool>()) claim.*member = static_cast<double>(*rc::gen::arbitrary<std::int32_t>()) / 7;
  }
  claim.ours = {*text(), *text()};
  if (*rc::gen::arbitrary<bool>()) claim.against = {*text()};
  return claim;
}

record::Manifest any_manifest() {
  record::Manifest m;
  m.experiment = *text();
  m.question = *text();
  m.analysis = *text();
  m.definition = *text();
  m.overrides = {*text(), *text()};
  m.created = *text();
  m.seed = *rc::gen::arbitrary<std::uint64_t>();
  m.binary_sha256 = *text();
  m.build = {{*text(), *text()}};
  m.host = {{*text(), *text()}};
  m.report.push_back({*text(), *text(), *text(), *text(), *text(), *text()});
  m.claims.push_back(any_claim());
  m.not_spoken.push_back({*text(), *text(), *rc::gen::arbitrary<std::uint32_t>()});
  m.peers[*text()] = {*text(), *text(), *text(), *text(), *text(), *text(), {{*text(), *text()}}};
  const std::string allocator = *text();
  m.allocators[allocator] = {*text(), *text(), *text(), *text(), *text()};
  for (int i = 0; i < 3; ++i) {
    m.cells.push_back({*text(), *rc::gen::arbitrary<std::uint32_t>(), *text(), *rc::gen::arbitrary<bool>(),
                       static_cast<double>(*rc::gen::inRange(1, 1000)) / 8, any_request()});
    m.cells.back().allocator = allocator;
    record::CellRequest& request = m.cells.back().request;
    m.machines[request.machine_name] = {std::exchange(request.machine, ""), *text(), {{*text(), *text()}}};
    m.policies.push_back({record::original_label(request.policy.label), *text()});
    m.workloads.push_back({request.workload.label, *text()});
    if (const auto peer = record::peer_name(request.policy.use)) m.peers.try_emplace(*peer);
  }
  return m;
}

RC_GTEST_PROP(Request, SurvivesBeingWrittenAndRead, ()) {
  const record::CellRequest request = any_request();
  const std::string json = to_json(request);
  RC_ASSERT(json.find('\n') == std::string::npos);
  RC_ASSERT(record::request_from_json(json) == request);
}

RC_GTEST_PROP(Manifest, SurvivesBeingWrittenAndRead, ()) {
  const record::Manifest manifest = any_manifest();
  RC_ASSERT(record::manifest_from_json(to_json(manifest), "m") == manifest);
}

TEST(Manifest, HoldsTheTextOfAMachineOnce) {
  record::Manifest manifest;
  manifest.machines["m"].text = "summary of it";
  manifest.policies = manifest.workloads = {{"", ""}};
  manifest.cells.resize(3);
  for (auto& cell : manifest.cells) {
    cell.request.world = record::World::simulated;
    cell.request.machine_name = "m";
  }
  const std::string json = to_json(manifest);
  EXPECT_EQ(json.find("summary of it"), json.rfind("summary of it"));
  EXPECT_NE(json.find("summary of it"), std::string::npos);
  EXPECT_EQ(record::whole_request(record::manifest_from_json(json, "m"), manifest.cells[2]).machine, "summary of it");
}

TEST(Manifest, APeerThatACellNeedsMustBeInIt) {
  record::Manifest manifest;
  manifest.cells.resize(1);
  manifest.cells[0].id = "c0001";
  manifest.cells[0].request.policy.use = "peer:lost";
  try {
    (void)record::manifest_from_json(to_json(manifest), "m");
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    EXPECT_STREQ(error.what(), "m.peers: expected the facts of \"lost\", which c0001 needs, got none");
  }
}

TEST(Manifest, AnAllocatorThatACellNeedsMustBeInIt) {
  record::Manifest manifest;
  manifest.cells.resize(1);
  manifest.cells[0].id = "c0001";
  manifest.cells[0].allocator = "lost";
  try {
    (void)record::manifest_from_json(to_json(manifest), "m");
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    EXPECT_STREQ(error.what(), "m.allocators: expected the facts of \"lost\", which c0001 needs, got none");
  }
}

TEST(Manifest, TheLabelOfEachCellMustBeInIt) {
  record::Manifest manifest;
  manifest.policies = {{"fifo", "fifo"}};
  manifest.cells.resize(1);
  manifest.cells[0].id = "c0001";
  manifest.cells[0].request.policy.label = "fifo (A/A)";
  manifest.cells[0].request.workload.label = "lost";
  try {
    (void)record::manifest_from_json(to_json(manifest), "m");
    FAIL() << "no error";
  } catch (const record::InputError& error) {
    EXPECT_STREQ(error.what(), "m.workloads: expected the label \"lost\", which c0001 has, got none");
  }
}

TEST(Manifest, IsWrittenToAFolder) {
  const rota::testing::TemporaryFolder folder;
  record::Manifest manifest;
  manifest.experiment = "e";
  record::write_manifest(folder.path(), manifest);
  EXPECT_EQ(record::read_manifest(folder.path()), manifest);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "manifest.json.tmp"));
}

std::string request_error(const std::string& text) {
  try {
    (void)record::request_from_json(text);
  } catch (const record::InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Request, ABadOneIsRefusedWithItsKey) {
  EXPECT_EQ(request_error("nonsense").find("request: expected one JSON object, got: "), 0U);
  EXPECT_EQ(request_error("[]"), "request: expected a JSON object, got []");
  EXPECT_EQ(request_error("{}"), "request.protocol: expected an integer from 0 to 1000000, got nothing");
  EXPECT_EQ(request_error(R"({"protocol":2})"), "request.protocol: expected 1, got 2");
  EXPECT_EQ(request_error(R"({"protocol":1,"worker":2})").find("request.worker: expected one of the keys protocol, "),
            0U);
  EXPECT_EQ(request_error(R"({"protocol":1,"experiment":"e","policy":{"label":"a","use":5,"with":{}}})"),
            "request.policy.use: expected a text, got 5");
  record::CellRequest request;
  std::string text = to_json(request);
  text.replace(text.find("\"100ms\""), 7, "\"soon\"");
  EXPECT_EQ(request_error(text), "request.min_time: expected a duration such as \"100ms\", got \"soon\"");
  EXPECT_EQ(request_error(R"({"protocol":1,"experiment":"e","policy":{"label":"a","use":"u","with":{"k":[1]}}})"),
            "request.policy.with.k: expected a text, a number, true or false, got [1]");
}

TEST(Request, OfAnUnknownWorldIsRefused) {
  std::string text = to_json(record::CellRequest());
  text.replace(text.find("\"real\""), 6, "\"moon\"");
  EXPECT_EQ(request_error(text), "request.world: expected real or sim, got \"moon\"");
}

TEST(Manifest, ADamagedOneIsRefused) {
  const auto error_of = [](const std::string& text) -> std::string {
    try {
      (void)record::manifest_from_json(text, "m.json");
    } catch (const record::InputError& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(error_of("{").find("m.json: expected the manifest of a run, got: "), 0U);
  EXPECT_EQ(error_of("{\"format\":1}"),
            "m.json.format: expected 2, which this version of Rota reads, got 1, which another version wrote");
  record::Manifest manifest;
  manifest.cells.resize(1);
  manifest.cells[0].id = "c0001";
  manifest.cells[0].request.world = record::World::simulated;
  manifest.cells[0].request.machine_name = "lost";
  EXPECT_EQ(error_of(to_json(manifest)),
            "m.json.machines: expected the file of \"lost\", on which c0001 runs, got none");
  manifest.cells[0] = {};
  manifest.policies = manifest.workloads = {{"", ""}};
  std::string text = to_json(manifest);
  text.replace(text.find("\"workers\": 1"), 12, "\"workers\": -1");
  EXPECT_EQ(error_of(text), "m.json.cells[0].request.workers: expected an integer from 0 to 4294967295, got -1");
}

TEST(Sha256, GivesThePublishedAnswers) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace rota::experiments
