// Allocators: in definitions, in manifests, and what cells are started with.
#include "experiments/peers/allocators.hpp"
#include "experiments/definition/read.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "experiments/definition/sweep.hpp"
#include "experiments/peers/catalogue.hpp"
#include "experiments/run/runner.hpp"
#include "peer_share.hpp"
#include "record/manifest_json.hpp"
#include "refused_definition.hpp"
#include "runs.hpp"
#include "shipped_machines.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;
using namespace testing;

const std::string workload = "[[workload]]\nlabel = \"allocator\"\nuse = \"spawn-join\"\n";
const std::string short_limits = "[sweep]\nrepetitions = 1\n[limits]\ntimeout = \"20s\"\nmin_time = \"1ms\"\n";

std::string policy(const std::string& use, const std::string& allocator = "") {
  return "[[policy]]\nuse = \"" + use + "\"\n" + (allocator.empty() ? "" : "allocator = \"" + allocator + "\"\n");
}

const std::string whole_catalogue = fake_catalogue + fake_allocators;

fs::path begin(const std::string& policies, const TemporaryFolder& out) {
  return begin_run(parse_definition(policies + workload + short_limits, "x.toml"), out.path());
}

const record::Cell& row_of(const record::Run& run, const std::string& label) {
  const auto row =
      std::ranges::find(run.cells, label, [](const record::Cell& one) { return one.plan.request.policy.label; });
  if (row == run.cells.end()) throw std::out_of_range(label);
  return *row;
}

// What the cell of this policy says that it was started with.
std::string answer_of(const record::Run& run, const std::string& label, const std::string& name) {
  for (const auto& answer : row_of(run, label).result.answers) {
    if (answer.name == name) return answer.got;
  }
  return "no answer: " + row_of(run, label).result.detail;
}

using Result = std::pair<std::string, std::string>;

Result result_of(const fs::path& folder, const std::string& label) {
  const auto run = record::read_run(folder);
  return {std::string(to_text(row_of(run, label).result.outcome)), row_of(run, label).result.detail};
}

// While it lives, this variable is in the environment.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

TEST(Allocators, GlibcComesFirstAndNeedsNoCatalogue) {
  const PeerShare none("");
  ASSERT_EQ(allocators().size(), 1U);
  EXPECT_EQ(allocators()[0].name, "glibc");
  EXPECT_TRUE(allocator_facts("glibc").library.empty());
  EXPECT_TRUE(allocator_facts("glibc").missing.empty());
}

TEST(Allocators, TheLibraryIsFoundThroughItsPackage) {
  const PeerShare share(whole_catalogue);
  const record::AllocatorFacts facts = allocator_facts("other");
  EXPECT_EQ(facts.missing, "");
  EXPECT_EQ(facts.package, "libc6");
  EXPECT_FALSE(facts.version.empty());
  EXPECT_EQ(fs::path(facts.library).filename(), "libBrokenLocale.so.1");
  EXPECT_EQ(facts.sha256, sha256_hex(record::read_file(facts.library)));
  EXPECT_EQ(allocator_facts("absent").missing, "package no-such-package-in-debian");
  EXPECT_EQ(allocator_facts("empty").missing, "no libabsent.so.1 in the package libc6");
}

TEST(Allocators, APolicyWithOneHasALabelThatTellsItApart) {
  const PeerShare share(whole_catalogue);
  const Definition d =
      parse_definition(policy("fifo") + policy("fifo", "other") + policy("peer:quick", "other") +
                           "[[policy]]\nlabel = \"mine\"\nuse = \"fifo\"\nallocator = \"glibc\"\n" + workload,
                       "x.toml");
  std::vector<std::string> labels, used;
  for (const auto& entry : d.policies) {
    labels.push_back(entry.choice.label);
    used.push_back(entry.allocator);
  }
  EXPECT_EQ(labels, (std::vector<std::string>{"fifo", "fifo other", "peer:quick other", "mine"}));
  EXPECT_EQ(used, (std::vector<std::string>{"glibc", "other", "other", "glibc"}));
  Definition only = d;
  keep_only(only, {"fifo other"});
  EXPECT_EQ(only.policies.size(), 1U);
  const Definition set =
      parse_definition(policy("fifo") + policy("fifo", "other") + workload, "x.toml", {"policy=fifo other"});
  ASSERT_EQ(set.policies.size(), 1U);
  EXPECT_EQ(set.policies[0].allocator, "other");
}

TEST(Allocators, EveryCellOfAPolicyHasItsAllocatorTheTwinToo) {
  const PeerShare share(whole_catalogue);
  const auto cells = block_of(parse_definition(policy("fifo", "other") + policy("fifo") + workload, "x.toml"), 0, 0);
  std::map<std::string, std::string> seen;
  for (const auto& cell : cells) seen[cell.request.policy.label] = cell.allocator;
  EXPECT_EQ(seen, (std::map<std::string, std::string>{
                      {"fifo other", "other"}, {"fifo other (A/A)", "other"}, {"fifo", "glibc"}}));
}

TEST(Allocators, ABadOneIsRefusedWithItsLine) {
  const PeerShare share(fake_catalogue + "own_memory = true\n" + fake_allocators);
  EXPECT_EQ(
      error_of(policy("fifo", "oter") + workload),
      "x.toml:3: policy.allocator: expected one of glibc, other, absent, empty, got \"oter\" (did you mean other?)");
  EXPECT_EQ(error_of("[[policy]]\nuse = \"fifo\"\nallocator = [\"other\"]\n" + workload),
            "x.toml:3: policy.allocator: expected one of glibc, other, absent, empty, got an array");
  EXPECT_EQ(error_of(policy("peer:absent", "other") + workload),
            "x.toml:3: policy.allocator: expected glibc: Absent does not use malloc, got \"other\"");
  EXPECT_EQ(error_of(policy("fifo", "other") + policy("fifo", "other") + workload),
            "x.toml:5: policy.use: expected a label that no other policy has, got \"fifo other\" again");
  EXPECT_EQ(error_of(policy("fifo") + workload + "allocator = \"other\"\n").find("x.toml:6: workload.allocator: "), 0U);
}

TEST(Allocators, OneIsPreloadedOnRealThreadsOnly) {
  const PeerShare share(whole_catalogue);
  const TemporaryFolder folder;
  const std::string machine = "machine = \"" + folder.write("four.toml", machine_text(four_cores)).string() + "\"\n";
  const std::string policies = policy("fifo") + policy("fifo", "other") + workload;
  EXPECT_EQ(
      error_of(policies + "[world]\nkind = \"sim\"\n" + machine),
      "x.toml:5: policy.allocator: expected glibc: nothing is preloaded where threads are simulated, got \"other\"");
  std::multiset<std::string> seen;
  for (const auto& cell :
       block_of(parse_definition(policies + "[world]\nkind = [\"real\", \"sim\"]\n" + machine, "x.toml"), 0, 0))
    seen.insert(cell.request.policy.label + " " + std::string(to_text(cell.request.world)));
  EXPECT_EQ(seen, (std::multiset<std::string>{"fifo real", "fifo sim", "fifo other real", "fifo (A/A) real"}));
}

TEST(Allocators, AMistakeInTheCatalogueIsRefusedWithItsLine) {
  const PeerShare share("[[allocator]]\nname = \"x\"\npackage = \"../y\"\nlibrary = \"libx.so\"\n");
  const std::string error = error_of(policy("fifo") + workload);
  EXPECT_NE(error.find("catalogue.toml:3: allocator.package: expected a text of letters, digits, . + and -"),
            std::string::npos)
      << error;
}

TEST(AllocatorRun, CellsAreStartedWithTheLibraryPreloadedPeersToo) {
  const PeerShare share(whole_catalogue);
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder =
      begin(policy("fifo") + policy("fifo", "other") + policy("peer:quick") + policy("peer:quick", "other"), out);
  EXPECT_TRUE(continue_run(folder, fake, nullptr).failed.empty());
  const auto run = record::read_run(folder);
  const std::string library = fs::canonical(allocator_facts("other").library).filename();
  for (const char* label : {"fifo other", "peer:quick other"}) EXPECT_EQ(answer_of(run, label, "preloaded"), library);
  for (const char* label : {"fifo", "fifo (A/A)", "peer:quick"})
    EXPECT_EQ(answer_of(run, label, "preloaded"), "nothing") << label;
}

TEST(AllocatorRun, WhatTheEnvironmentSaysOfAllocatorsDoesNotReachACell) {
  const PeerShare share(whole_catalogue);
  const TemporaryFolder out;
  const fs::path folder = begin(policy("fifo") + policy("fifo", "other"), out);
  const std::string library = allocator_facts("other").library;
  {
    const Variable preload("LD_PRELOAD", library.c_str()), arenas("MALLOC_ARENA_MAX", "1"),
        pages("MIMALLOC_LARGE_OS_PAGES", "1"), tunables("GLIBC_TUNABLES", "glibc.malloc.arena_max=1");
    EXPECT_EQ(left_out_variables(), (std::vector<std::string>{"GLIBC_TUNABLES", "LD_PRELOAD", "MALLOC_ARENA_MAX",
                                                              "MIMALLOC_LARGE_OS_PAGES"}));
    (void)continue_run(folder, fake, nullptr);
  }
  EXPECT_TRUE(left_out_variables().empty());
  const auto run = record::read_run(folder);
  EXPECT_EQ(answer_of(run, "fifo", "preloaded"), "nothing");
  EXPECT_EQ(answer_of(run, "fifo other", "preloaded"), fs::canonical(library).filename());
  for (const char* label : {"fifo", "fifo other"}) EXPECT_EQ(answer_of(run, label, "settings"), "") << label;
}

TEST(AllocatorRun, TheManifestSaysWhichLibraryItWas) {
  const PeerShare share(whole_catalogue);
  const TemporaryFolder out;
  const record::Manifest manifest = record::read_manifest(begin(policy("fifo") + policy("fifo", "other"), out));
  ASSERT_EQ(manifest.allocators.size(), 2U);
  EXPECT_EQ(manifest.allocators.at("other"), allocator_facts("other"));
  EXPECT_EQ(manifest.allocators.at("glibc"), allocator_facts("glibc"));
  for (const auto& cell : manifest.cells)
    EXPECT_EQ(cell.allocator, cell.request.policy.label == "fifo other" ? "other" : "glibc");
}

TEST(AllocatorRun, OneThatIsNotInstalledIsRecordedAsMissingAndTheRestIsMeasured) {
  const PeerShare share(whole_catalogue);
  const TemporaryFolder out;
  share.build("quick");
  const fs::path folder = begin(
      policy("fifo") + policy("fifo", "absent") + policy("peer:quick", "empty") + policy("peer:single", "absent"), out);
  for (int i = 0; i < 2; ++i) {
    const RunEnd end = continue_run(folder, fake, nullptr);
    EXPECT_TRUE(end.failed.empty());
    EXPECT_EQ(end.missing, (std::map<std::string, std::size_t>{{"single", 1}}));
    EXPECT_EQ(end.missing_allocators, (std::map<std::string, std::size_t>{{"absent", 1}, {"empty", 1}}));
  }
  EXPECT_EQ(result_of(folder, "fifo"), (Result{"ok", ""}));
  EXPECT_EQ(result_of(folder, "fifo absent"),
            (Result{"missing", "allocator absent: package no-such-package-in-debian"}));
  EXPECT_EQ(result_of(folder, "peer:quick empty"),
            (Result{"missing", "allocator empty: no libabsent.so.1 in the package libc6"}));
  EXPECT_EQ(result_of(folder, "peer:single absent"), (Result{"missing", "peer single: not built"}));
}

TEST(AllocatorRun, AnotherLibraryThanTheManifestSaysIsRefused) {
  const PeerShare share(whole_catalogue);
  const TemporaryFolder out;
  const fs::path folder = begin(policy("fifo") + policy("fifo", "other"), out);
  record::Manifest manifest = record::read_manifest(folder);
  record::AllocatorFacts& facts = manifest.allocators.at("other");
  const std::string now = facts.sha256.substr(0, 12), version = facts.version;
  facts.sha256 = std::string(64, '0');
  record::write_manifest(folder, manifest);
  EXPECT_EQ(continue_run(folder, fake, nullptr).failed.size(), 1U);
  EXPECT_EQ(result_of(folder, "fifo"), (Result{"ok", ""}));
  EXPECT_EQ(result_of(folder, "fifo other"),
            (Result{"refused", "allocator other: expected libc6 " + version +
                                   " (sha256 000000000000), as the manifest says, got another (sha256 " + now + ")"}));
}

}  // namespace
}  // namespace rota::experiments
