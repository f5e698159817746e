// From claims and cells to verdicts: which figures a claim is about, the direction of ratios, what is missing.
#include "analysis/claims/claims.hpp"
#include "analysis/claims/claim_words.hpp"

#include <gtest/gtest.h>

#include "fabricated_claims.hpp"
#include "record/input_error.hpp"

namespace rota::analysis {
namespace {

using record::Claim;
using testing::bound_claim;
using testing::FabricatedCell;
using testing::line_claim;
using testing::stated_claim;
using testing::TemporaryFolder;
using testing::yield_cell;

// A run, its summary, and what it says of one claim.
class Judged {
 public:
  Judged(const Claim& claim, const std::vector<FabricatedCell>& cells, record::Manifest manifest = {}) {
    const record::Manifest plain = testing::plain_manifest();
    manifest.experiment = plain.experiment;
    manifest.created = plain.created;
    manifest.binary_sha256 = plain.binary_sha256;
    manifest.claims = {claim};
    testing::write_run(folder_.path(), cells, manifest);
    run_ = record::read_run(folder_.path());
    summary_ = summarise(run_);
    all_ = judge_claims(run_, summary_);
  }
  const JudgedClaim* operator->() const { return &all_.at(0); }
  const JudgedClaim& operator*() const { return all_.at(0); }

 private:
  TemporaryFolder folder_;
  record::Run run_;
  Summary summary_;
  std::vector<JudgedClaim> all_;
};

std::vector<FabricatedCell> three_blocks(const std::vector<std::pair<std::string, double>>& figures) {
  std::vector<FabricatedCell> cells;
  for (unsigned block = 0; block < 3; ++block) {
    // The host gets slower from block to block, which a ratio inside blocks does not see.
    for (const auto& [policy, ns] : figures) cells.push_back(yield_cell(policy, block, ns * (1 + block * 0.5)));
  }
  return cells;
}

TEST(Claims, PutAStatedFigureBesideThoseOfBothPolicies) {
  const Judged judged(stated_claim("peer:tokio", 10, 50, "lifo-slot"),
                      three_blocks({{"peer:tokio", 80}, {"lifo-slot", 10}}));
  EXPECT_EQ(judged->verdict.word, "within a factor of 5");
  EXPECT_DOUBLE_EQ(judged->theirs.figure->value.median, 120);
  EXPECT_DOUBLE_EQ(judged->ours.figure->value.median, 15);
  EXPECT_EQ(asked(judged->claim), "10 – 50 ns");
  EXPECT_EQ(judged->verdict.detail, "2.40× above what is stated");
  EXPECT_GT(judged->place->median, 0.5);
  EXPECT_LT(*judged->our_place, 0);
}

TEST(Claims, AreInUnitsOfTheirOwn) {
  Claim claim = stated_claim("peer:tokio", 0.01, 0.05);
  claim.unit = "us";
  EXPECT_EQ(Judged(claim, {yield_cell("peer:tokio", 0, 30)})->verdict.word, "holds");
  EXPECT_EQ(asked(claim), "0.01 – 0.05 µs");
  claim.unit = "MB";
  const Judged other(claim, {yield_cell("peer:tokio", 0, 30)});
  EXPECT_EQ(other->verdict.standing, Standing::unknown);
  EXPECT_EQ(other->verdict.detail, "ns_per_yield is in \"ns\", the claim in \"MB\"");
}

TEST(Claims, AreAboutTheirNumberOfWorkersAlone) {
  Claim claim = stated_claim("peer:tokio", 10, 50);
  claim.workers = 2;
  const std::vector<FabricatedCell> cells{yield_cell("peer:tokio", 0, 20, 1), yield_cell("peer:tokio", 0, 7000, 2)};
  EXPECT_EQ(Judged(claim, cells)->verdict.word, "does not hold here");
  claim.workers = 1;
  EXPECT_EQ(Judged(claim, cells)->verdict.word, "holds");
  claim.workers = 4;
  EXPECT_EQ(Judged(claim, cells)->verdict.detail, "peer:tokio: the run has no such cells");
}

TEST(Claims, AreNotAboutSimulatedCells) {
  FabricatedCell cell = yield_cell("fifo", 0, 20);
  cell.machine = "2s-64c";
  EXPECT_EQ(Judged(stated_claim("fifo", 10, 50), {cell})->verdict.standing, Standing::unknown);
}

TEST(Claims, OfALineCompareInsideBlocks) {
  const Judged judged(line_claim({"lifo-slot"}, {"peer:tokio"}, 5),
                      three_blocks({{"peer:tokio", 60}, {"lifo-slot", 10}}));
  EXPECT_EQ(judged->verdict.word, "met");
  EXPECT_DOUBLE_EQ(judged->value->median, 6);
  EXPECT_DOUBLE_EQ(judged->value->low, 6) << "the host's drift is in every figure and in no ratio";
  EXPECT_DOUBLE_EQ(judged->value->high, 6);
  EXPECT_GT(judged->place->median, 0);
  EXPECT_EQ(asked(judged->claim), "5× better");
}

TEST(Claims, OfALineTakeTheBestOfBothSides) {
  const auto cells = three_blocks({{"peer:tokio", 60}, {"peer:smol", 40}, {"lifo-slot", 10}, {"fifo", 30}});
  const Judged judged(line_claim({"fifo", "lifo-slot"}, {"peer:tokio", "peer:smol"}, 5), cells);
  EXPECT_EQ(judged->ours.policy, "lifo-slot");
  EXPECT_EQ(judged->theirs.policy, "peer:smol");
  EXPECT_DOUBLE_EQ(judged->value->median, 4);
  EXPECT_EQ(judged->verdict.word, "not met");
}

TEST(Claims, OfRatesCallMoreBetter) {
  std::vector<FabricatedCell> cells = three_blocks({{"peer:tokio", 100}, {"peer:smol", 150}, {"lifo-slot", 600}});
  for (FabricatedCell& cell : cells) cell.metrics[0] = {"requests", "1/s", cell.metrics[0].value};
  Claim claim = line_claim({"lifo-slot"}, {"peer:tokio", "peer:smol"}, 3.9);
  claim.metric = "requests";
  const Judged judged(claim, cells);
  EXPECT_EQ(judged->theirs.policy, "peer:smol");
  EXPECT_DOUBLE_EQ(judged->value->median, 4);
  EXPECT_EQ(judged->verdict.word, "met");
}

TEST(Claims, OfALineMayAllowToBeBehind) {
  const auto cells = three_blocks({{"peer:threads", 100}, {"lifo-slot", 125}});
  const Claim claim = line_claim({"lifo-slot"}, {"peer:threads"}, 1 / 1.3);
  EXPECT_EQ(asked(claim), "within 1.3×");
  EXPECT_EQ(Judged(claim, cells)->verdict.word, "met");
  EXPECT_EQ(Judged(line_claim({"lifo-slot"}, {"peer:threads"}, 1 / 1.2), cells)->verdict.word, "not met");
  EXPECT_EQ(asked(line_claim({"a"}, {"b"}, 1)), "ahead");
}

TEST(Claims, OfABoundAreInItsUnit) {
  const auto cells = three_blocks({{"lifo-slot", 1000}, {"fifo", 2000}});
  Claim claim = bound_claim({"fifo", "lifo-slot"}, 2.5);
  claim.unit = "us";
  EXPECT_EQ(asked(claim), "at most 2.5 µs");
  EXPECT_EQ(Judged(claim, cells)->verdict.word, "met");
  EXPECT_GT(Judged(claim, cells)->place->median, 0) << "below the bound is the right side";
  claim.at_most = 1.9;
  EXPECT_EQ(Judged(claim, cells)->verdict.word, "met, within noise");
  claim.at_most = 1.4;
  EXPECT_EQ(Judged(claim, cells)->verdict.word, "not met");
  EXPECT_LT(Judged(claim, cells)->place->median, 0);
}

TEST(Claims, SayWhyThereIsNoFigure) {
  FabricatedCell cell = yield_cell("peer:tokio", 0, 20);
  cell.outcome = "missing";
  cell.detail = "peer tokio: not built";
  const Claim claim = stated_claim("peer:tokio", 10, 50);
  EXPECT_EQ(Judged(claim, {cell})->verdict.detail, "peer:tokio: missing: not built");
  EXPECT_EQ(Judged(claim, {cell})->verdict.word, "not measured");
  record::Manifest manifest;
  manifest.not_spoken = {{"peer:tokio", "yield", 0}};
  EXPECT_EQ(Judged(claim, {yield_cell("fifo", 0, 20)}, manifest)->verdict.detail, "peer:tokio: does not speak yield");
  manifest.not_spoken = {{"peer:tokio", "yield", 2}};
  EXPECT_EQ(Judged(claim, {yield_cell("fifo", 0, 20)}, manifest)->verdict.detail,
            "peer:tokio: the run has no such cells");
  Claim other = claim;
  other.metric = "bytes";
  EXPECT_EQ(Judged(other, {yield_cell("peer:tokio", 0, 20)})->verdict.detail, "peer:tokio: its cells report no bytes");
  Claim none;
  none.says = "150K requests";
  none.unmeasured = "no HTTP here";
  EXPECT_EQ(explanation(*Judged(none, {yield_cell("fifo", 0, 20)})), "no HTTP here");
}

// An opponent that is not there cannot be beaten; but one that is there and wins decides.
TEST(Claims, OfALineAreNotMetWhileAnOpponentIsMissing) {
  auto cells = three_blocks({{"peer:tokio", 60}, {"lifo-slot", 10}});
  const std::vector<std::string> both{"peer:tokio", "peer:onetbb"};
  const Judged open(line_claim({"lifo-slot"}, both, 5), cells);
  EXPECT_EQ(open->verdict.standing, Standing::unknown);
  EXPECT_EQ(open->verdict.detail, "met against the others, but peer:onetbb: the run has no such cells");
  EXPECT_EQ(Judged(line_claim({"lifo-slot"}, both, 7), cells)->verdict.word, "not met");
  EXPECT_EQ(Judged(line_claim({"lifo-slot", "fifo"}, {"peer:tokio"}, 5), cells)->verdict.word, "met")
      << "of our own the best is enough";
}

TEST(Claims, AreRefusedIfTheManifestHasNoBoundForThem) {
  for (Claim claim : {stated_claim("fifo", 1, 2), line_claim({"fifo"}, {"peer:tokio"}, 1), bound_claim({"fifo"}, 1)}) {
    claim.low = claim.at_least = claim.at_most = std::nullopt;
    try {
      const Judged judged(claim, {yield_cell("fifo", 0, 20)});
      ADD_FAILURE() << claim.says << claim.row;
    } catch (const record::InputError& error) {
      EXPECT_NE(std::string(error.what()).find("manifest.json: claim \"" + claim.says + claim.row), std::string::npos);
    }
  }
}

TEST(Claims, ExplainOnlyWhatDoesNotHold) {
  Claim claim = stated_claim("peer:tokio", 10, 50);
  claim.why = "queues";
  EXPECT_EQ(explanation(*Judged(claim, {yield_cell("peer:tokio", 0, 20)})), "");
  EXPECT_EQ(explanation(*Judged(claim, {yield_cell("peer:tokio", 0, 100)})), "2.00× above what is stated: queues");
  Claim line = line_claim({"fifo"}, {"peer:tokio"}, 5);
  line.why = "a floor";
  EXPECT_EQ(explanation(*Judged(line, three_blocks({{"peer:tokio", 20}, {"fifo", 10}}))), "a floor");
  EXPECT_EQ(explanation(*Judged(line, three_blocks({{"peer:tokio", 60}, {"fifo", 10}}))), "");
}

TEST(Claims, AreCountedByVerdict) {
  const TemporaryFolder folder;
  testing::write_claims(folder.path());
  const record::Run run = record::read_run(folder.path());
  const Summary summary = summarise(run);
  EXPECT_EQ(claims_sentence(judge_claims(run, summary)),
            "7 stated figures: 2 hold, 1 within a factor of ten, 1 does not hold here, 3 not measured. "
            "5 lines: 2 met, 1 met within noise, 1 not met, 1 not measured.");
  EXPECT_EQ(claims_sentence({}), "");
}

}  // namespace
}  // namespace rota::analysis
