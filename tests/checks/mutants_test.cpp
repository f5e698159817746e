// Tests of the mutants and of their kill matrix. That every mutant is caught takes minutes and is `rota check mutants`;
// here are the judging of a matrix, the table's contents, and a sample of kills.
#include "checks/mutants/mutants.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "checks/conformance/conformance.hpp"
#include "checks/mutants/kill_matrix.hpp"
#include "checks/oracle/ids.hpp"

namespace rota::checks {
namespace {

using explored::Method;

// A check that finds what the map says, by the mutant's name.
CheckSubject finding(std::map<std::string_view, std::string> ids) {
  return [ids = std::move(ids)](const Subject& subject, const explored::Options& options) {
    Report report;
    report.executions = 100;
    const auto id = ids.find(subject.name);
    if (id == ids.end() || options.method != Method::pct) return report;
    report.passed = false;
    report.found.emplace();
    report.found->id = id->second;
    report.found->executions = 7;
    return report;
  };
}

Mutant named(std::string_view name, std::string_view expect) {
  const Subject subject{.name = name, .guarantees = {}, .run = nullptr};
  return {.name = name,
          .defect = "",
          .seen_in = "",
          .expect = expect,
          .relaxed = false,
          .subject = subject,
          .check = nullptr};
}
const Mutant defect = named("broken", "W1, R2");
const Mutant harmless = named("sound", "");

TEST(KillMatrix, PassesIfOneStrategyFindsAnExpectedIdAndNothingHarmlessIsCaught) {
  const Mutant both[] = {defect, harmless};
  const KillMatrix matrix = kill_matrix(both, finding({{"broken", "R2"}}), {});
  EXPECT_TRUE(matrix.passed());
  ASSERT_EQ(matrix.kills.size(), 6U);
  EXPECT_EQ(matrix.kills[1].caught, "R2");
  EXPECT_EQ(matrix.kills[1].executions, 7U);
  EXPECT_EQ(matrix.kills[0].caught, "");
  EXPECT_EQ(matrix.kills[0].executions, 100U);
}

TEST(KillMatrix, ComplainsOfADefectThatNothingFinds) {
  const KillMatrix matrix = kill_matrix(std::span(&defect, 1), finding({}), {});
  ASSERT_EQ(matrix.complaints.size(), 1U);
  EXPECT_EQ(matrix.complaints[0], "broken is caught by nothing; W1, R2 should");
}

TEST(KillMatrix, ComplainsOfADefectThatIsFoundAsSomethingElse) {
  const KillMatrix matrix = kill_matrix(std::span(&defect, 1), finding({{"broken", "R"}}), {});
  ASSERT_EQ(matrix.complaints.size(), 1U);
  EXPECT_EQ(matrix.complaints[0], "broken is caught as R, but should be as W1, R2");
}

TEST(KillMatrix, ComplainsOfAFalseAlarm) {
  const KillMatrix matrix = kill_matrix(std::span(&harmless, 1), finding({{"sound", "P3"}}), {});
  ASSERT_EQ(matrix.complaints.size(), 1U);
  EXPECT_EQ(matrix.complaints[0], "sound is harmless, and pct calls it P3");
}

TEST(KillMatrix, SearchesAgainFromAnotherSeedForTheIdThatIsExpected) {
  const CheckSubject by_seed = [](const Subject&, const explored::Options& options) {
    Report report;
    report.found.emplace();
    report.found->id = options.seed < 3 ? "race" : "W1";
    report.found->executions = 10;
    return report;
  };
  const KillMatrix matrix = kill_matrix(std::span(&defect, 1), by_seed, {});
  EXPECT_TRUE(matrix.passed());
  EXPECT_EQ(matrix.kills[0].caught, "W1");
  EXPECT_EQ(matrix.kills[0].executions, 30U);
}

// Ten milliseconds for two: the harmless one uses its three shares up, and the defect is found by what is left only.
TEST(KillMatrix, GivesWhatIsLeftToTheDefectsThatWereNotCaught) {
  const CheckSubject slow = [](const Subject& subject, const explored::Options& options) {
    Report report;
    const bool long_enough = options.budget > std::chrono::milliseconds(2);
    report.time = subject.name == "broken" && !long_enough ? std::chrono::nanoseconds(1) : options.budget;
    if (subject.name == "broken" && long_enough) report.found.emplace().id = "W1";
    return report;
  };
  const Mutant both[] = {defect, harmless};
  MatrixOptions options;
  options.budget = std::chrono::milliseconds(10);
  const KillMatrix matrix = kill_matrix(both, slow, options);
  EXPECT_TRUE(matrix.passed());
  EXPECT_EQ(std::ranges::count_if(matrix.kills, [](const Kill& kill) { return kill.caught == "W1"; }), 1);
  options.budget = std::chrono::milliseconds(3);
  EXPECT_FALSE(kill_matrix(both, slow, options).passed());
}

TEST(KillMatrix, DoesNotAskOfScWhatOnlyWeakMemoryShows) {
  Mutant weak = defect;
  weak.relaxed = true;
  const CheckSubject in_vain = [](const Subject&, const explored::Options& options) {
    Report report;
    report.memory = options.memory;
    return report;
  };
  MatrixOptions options;
  EXPECT_FALSE(kill_matrix(std::span(&weak, 1), in_vain, options).passed());
  options.memory = explored::Memory::sc;
  EXPECT_TRUE(kill_matrix(std::span(&weak, 1), in_vain, options).passed());
  EXPECT_FALSE(kill_matrix(std::span(&defect, 1), in_vain, options).passed());
}

TEST(KillMatrix, PrintsALineForEachMutantWithACellForEachStrategy) {
  const Mutant both[] = {defect, harmless};
  const std::string table = to_table(kill_matrix(both, finding({{"broken", "W1"}}), {}));
  EXPECT_NE(table.find("broken    W1, R2    - 100"), std::string::npos) << table;
  EXPECT_NE(table.find("W1 7 0 us"), std::string::npos) << table;
  EXPECT_NE(table.find("sound     harmless"), std::string::npos) << table;
}

TEST(KillMatrix, UsesAMutantsOwnCheckWhereItHasOne) {
  Mutant own = defect;
  own.check = [](const explored::Options&) {
    Report report;
    report.found.emplace().id = "W1";
    return report;
  };
  EXPECT_TRUE(kill_matrix(std::span(&own, 1), finding({}), {}).passed());
}

TEST(Mutants, AreNamedOnceAndSayWhatIsWrongAndWhereItShipped) {
  std::set<std::string_view> names;
  for (const Mutant& mutant : mutants()) {
    EXPECT_TRUE(names.insert(mutant.name).second) << mutant.name;
    EXPECT_FALSE(mutant.defect.empty()) << mutant.name;
    EXPECT_EQ(mutant.seen_in.empty(), mutant.harmless()) << mutant.name;
  }
}

// The folders are looked through when the build is configured, which it is anew when a file comes or goes.
TEST(Mutants, AreAllThatLieInTheFolders) {
  std::set<std::string> built, lying;
  for (const Mutant& mutant : mutants())
    built.insert((mutant.harmless() ? "harmless/" : "defects/") + std::string(mutant.name) + ".cmake");
  for (const std::string folder : {"defects", "harmless"}) {
    for (const auto& file : std::filesystem::directory_iterator(ROTA_MUTANTS_FOLDER "/" + folder))
      lying.insert(folder + "/" + file.path().filename().string());
  }
  EXPECT_EQ(built, lying) << "configure the build anew";
}

TEST(Mutants, AreTwentyOneDefectsAndFiveHarmlessOnesAtLeast) {
  const auto harmless_ones = std::ranges::count_if(mutants(), &Mutant::harmless);
  EXPECT_GE(harmless_ones, 5);
  EXPECT_GE(static_cast<std::ptrdiff_t>(mutants().size()) - harmless_ones, 21);
}

TEST(Mutants, ExpectIdsThatExist) {
  for (const Mutant& mutant : mutants()) {
    const auto& known = invariants();
    const auto named_by = [&](const Invariant& invariant) { return expects(mutant, invariant.id); };
    EXPECT_EQ(mutant.harmless(), std::ranges::none_of(known, named_by)) << mutant.name;
  }
}

Report conformance(std::string_view name, explored::Memory memory) {
  const auto mutant = std::ranges::find(mutants(), name, &Mutant::name);
  CheckOptions options;
  options.memory = memory;
  options.method = Method::pct;
  options.max_programs = 40;
  options.shrink = false;
  return check(mutant->subject, options);
}

// The reason for the fence of runtime/parking.hpp (P3), which no test on this processor can give.
TEST(Mutants, WithoutTheFenceInParkingAWakeUpIsLostUnderWeakMemoryOnly) {
  const Report weak = conformance("submit-without-fence", explored::Memory::relaxed);
  ASSERT_TRUE(weak.found);
  EXPECT_EQ(weak.found->id, "P3");
  EXPECT_FALSE(conformance("submit-without-fence", explored::Memory::sc).found);
}

TEST(Mutants, WithAFenceMoreNothingIsFound) {
  EXPECT_FALSE(conformance("extra-fence", explored::Memory::relaxed).found);
}

// R2, R3, P2, P4, P5, P7: one defect each, by a check of its own.
TEST(Mutants, WithAnOwnCheckAreCaughtAtOnce) {
  for (const Mutant& mutant : mutants()) {
    if (mutant.check == nullptr || mutant.harmless()) continue;
    explored::Options options;
    options.max_executions = 10'000;
    const Report report = mutant.check(options);
    ASSERT_TRUE(report.found) << mutant.name;
    EXPECT_TRUE(expects(mutant, report.found->id)) << mutant.name << " is caught as " << report.found->id;
  }
}

}  // namespace
}  // namespace rota::checks
