// Tests of the litmus oracle against what the literature says, and of the explored world against the oracle.
#include "checks/litmus/axiomatic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "checks/litmus/run.hpp"
#include "checks/litmus/table.hpp"
#include "checks/litmus/tests.hpp"
#include "worlds/explored/memory.hpp"

namespace {

using namespace rota::checks::litmus;  // NOLINT: the subject of this file
using rota::explored::Memory;

bool shows(const LitmusTest& test, Model model) {
  const Outcomes outcomes = allowed(test.program, model);
  return std::any_of(outcomes.begin(), outcomes.end(), [&](const auto& one) { return answers(one, test.asked); });
}

Outcomes of(const char* text, const char* finals = "", Model model = Model::rc11) {
  return allowed(parse(text, finals), model);
}

void expect(const char* name, const std::vector<std::string>& orders, bool seen) {
  for (const std::string& each : orders) {
    EXPECT_EQ(shows(find_test(name, each), Model::rc11), seen) << name << " (" << each << ")";
  }
}

TEST(LitmusOracle, StoreBufferingHasFourOutcomesAndThreeWithFencesInBothThreads) {
  EXPECT_EQ(of("W x 1; R y r0 || W y 1; R x r1"), (Outcomes{"r0=0 r1=0", "r0=0 r1=1", "r0=1 r1=0", "r0=1 r1=1"}));
  EXPECT_EQ(of("W x 1; F; R y r0 || W y 1; F; R x r1"), (Outcomes{"r0=0 r1=1", "r0=1 r1=0", "r0=1 r1=1"}));
  expect("SB", {"rlx, rlx", "rel-acq, rel-acq", "rlx, fence", "xchg, xchg"}, true);
  expect("SB", {"fence, fence"}, false);
}

TEST(LitmusOracle, AMessageIsNeverStaleWhenReleasedAndAcquiredByOrdersOrFences) {
  expect("MP", {"rlx, rlx", "rel, rlx", "rlx, acq", "rlx, fence", "fence, rlx"}, true);
  expect("MP", {"rel, acq", "rel, fence", "fence, acq", "fence, fence"}, false);
  EXPECT_EQ(of("W x 1; Wrel y 1 || Racq y r0; R x r1"), (Outcomes{"r0=0 r1=0", "r0=0 r1=1", "r0=1 r1=1"}));
}

TEST(LitmusOracle, IndependentReadersMayDisagreeUnlessBothFence) {
  expect("IRIW", {"rlx, rlx, rlx", "rel, acq, acq", "rel, acq, acq+fence"}, true);
  expect("IRIW", {"rlx, fence, fence", "rel, acq+fence, acq+fence"}, false);
}

TEST(LitmusOracle, StoresMayEndInAnOrderThatNoInterleavingHas) {
  expect("2+2W", {"rlx, rlx", "rel, rel", "rel, fence"}, true);
  expect("2+2W", {"fence, fence"}, false);
  expect("R", {"rlx, rlx", "rel, rel-acq", "rel, fence", "fence, rel-acq"}, true);
  expect("R", {"fence, fence"}, false);
  expect("S", {"rlx, rlx", "rlx, acq", "rel, rlx"}, true);
  expect("S", {"rel, acq", "fence, fence"}, false);
}

// The named limit: processors and C++20 allow it, RC11 and so the explored world do not.
TEST(LitmusOracle, LoadBufferingIsAllowedOnlyWithoutTheAxiomAgainstThinAir) {
  const LitmusTest& relaxed = find_test("LB", "rlx, rlx");
  EXPECT_FALSE(shows(relaxed, Model::stepwise));
  EXPECT_FALSE(shows(relaxed, Model::rc11));
  EXPECT_TRUE(shows(relaxed, Model::buffering));
  EXPECT_FALSE(shows(find_test("LB", "acq-rel, acq-rel"), Model::buffering));
}

// The other face of that limit: a relaxed load and the store after it change places, and only fences in two other
// threads show it. RC11 allows this one, since those loads and stores do not synchronise.
TEST(LitmusOracle, StepsForbidOneOutcomeThatTheAxiomsAllow) {
  std::vector<std::string> differ;
  for (const LitmusTest& test : all_tests()) {
    if (allowed(test.program, Model::stepwise) != allowed(test.program, Model::rc11)) {
      differ.push_back(test.name + " (" + test.orders + ")");
    }
  }
  EXPECT_EQ(differ, std::vector<std::string>{"ISA2 (fence, rlx, fence)"});
  const LitmusTest& test = find_test("ISA2", "fence, rlx, fence");
  EXPECT_TRUE(shows(test, Model::rc11));
  EXPECT_FALSE(shows(test, Model::stepwise));
}

TEST(LitmusOracle, ReleaseSequencesGoThroughUpdatesAndNotThroughStores) {
  expect("RS+fetch_add", {"rel, rlx, acq", "fence, rlx, fence"}, false);
  expect("RS+fetch_add", {"rlx, rlx, acq", "rel, rlx, rlx", "rlx, acq_rel, acq"}, true);
  expect("RS+two updates", {"rel, acq"}, false);
  expect("RS+own store", {"rel, acq"}, true);  // since C++20
  expect("RS+own store", {"fence, acq"}, false);
  expect("RS+foreign store", {"rel, acq"}, true);
  expect("RS+failed compare_exchange", {"rel, acq", "rel, acq_rel"}, false);
  expect("RS+failed compare_exchange", {"rel, rlx", "rel, rel"}, true);
}

TEST(LitmusOracle, HappensBeforeIsTransitiveOverThreads) {
  expect("WRC", {"acq-rel, acq", "fence, fence"}, false);
  expect("WRC", {"rlx, acq", "acq-rel, rlx"}, true);
  expect("ISA2", {"rel, acq-rel, acq"}, false);
  expect("ISA2", {"rel, rlx, acq"}, true);
  expect("RWC", {"rlx, fence, fence"}, false);
  expect("RWC", {"rlx, fence, rel-acq", "rel, acq, fence"}, true);
  expect("W+RWC", {"rel, acq+fence, fence"}, false);
  expect("W+RWC", {"rel, acq, fence"}, true);
}

TEST(LitmusOracle, AnUpdateReadsTheStoreJustBeforeItself) {
  EXPECT_EQ(of("A x 1 r0 || A x 1 r1", "x"), (Outcomes{"r0=0 r1=1 x=2", "r0=1 r1=0 x=2"}));
  EXPECT_EQ(of("X x 1 r0 || W x 2", "x"), (Outcomes{"r0=0 x=2", "r0=2 x=1"}));
  EXPECT_EQ(of("C x 0 1 r0 || C x 0 2 r1", "x"), (Outcomes{"r0=0 r1=1 x=1", "r0=2 r1=0 x=2"}));
  EXPECT_EQ(of("W x 1; A y 0 r0 || W y 1; A x 0 r1").count("r0=0 r1=0"), 1U);
}

TEST(LitmusOracle, CoherenceAndAtomicityHoldUnderEveryOrder) {
  for (const LitmusTest& test : all_tests()) {
    const bool coherence = test.name.starts_with("Co") || test.name.starts_with("RMW") || test.name.starts_with("X+") ||
                           test.name.starts_with("C+");
    if (coherence) {
      EXPECT_FALSE(shows(test, Model::buffering)) << test.name << " (" << test.orders << ")";
    }
  }
}

TEST(LitmusOracle, AWeakerModelAllowsWhatAStrongerOneDoes) {
  constexpr Model weaker[] = {Model::sc, Model::stepwise, Model::rc11, Model::buffering};
  for (const LitmusTest& test : all_tests()) {
    for (std::size_t i = 1; i < std::size(weaker); ++i) {
      const Outcomes strong = allowed(test.program, weaker[i - 1]);
      const Outcomes weak = allowed(test.program, weaker[i]);
      EXPECT_TRUE(std::includes(weak.begin(), weak.end(), strong.begin(), strong.end())) << test.text;
    }
  }
}

// A program of two or three threads over two locations. Without `orders` all are relaxed and there are no fences but
// those in `between`.
std::string drawn(const std::string& between, bool orders) {
  const auto threads = *rc::gen::inRange(2, 4);
  std::string text;
  int registers = 0;
  const auto suffix = [&](const char* names) {
    if (!orders) return std::string();
    std::istringstream in(names);
    const std::vector<std::string> all{std::istream_iterator<std::string>(in), {}};
    const auto at = *rc::gen::inRange<std::size_t>(0, all.size() + 1);
    return at == 0 ? std::string() : all[at - 1];
  };
  for (int thread = 0; thread < threads; ++thread) {
    const auto length = *rc::gen::inRange(1, threads == 2 ? 4 : 3);
    for (int i = 0; i < length; ++i) {
      text += i != 0 ? between : thread != 0 ? " || " : "";
      const std::string at = *rc::gen::element<std::string>(" x", " y");
      const std::string to = " r" + std::to_string(registers);
      const auto kind = *rc::gen::inRange(0, orders ? 5 : 4);
      if (kind == 0) text += "W" + suffix("rel") + at + " " + std::to_string(*rc::gen::inRange(1, 3));
      if (kind == 1) text += "R" + suffix("acq") + at + to;
      if (kind == 2) text += "A" + suffix("acq rel ar") + at + " 1" + to;
      if (kind == 3) text += "C" + suffix("acq rel ar") + at + " 0 3" + to;
      if (kind == 4) text += "F";
      if (kind >= 1 && kind <= 3) ++registers;
    }
  }
  return text;
}

// A property of RC11, and so of an oracle that implements it.
RC_GTEST_PROP(LitmusOracle, FencesBetweenAllAccessesGiveBackInterleavings, ()) {
  const std::string text = drawn("; F; ", false);
  RC_LOG() << text;
  const Program program = parse(text, "xy");
  RC_ASSERT(allowed(program, Model::rc11) == allowed(program, Model::sc));
}

TEST(LitmusProgram, RefusesWhatItDoesNotUnderstandAndNamesIt) {
  for (const char* text : {"Q x 1", "W x", "Wacq x 1", "Rrel x r0", "R x", "R q r0", "W x 1 r0", "R x r0; R y r0",
                           "R x r1", "W x 1 || W x 1 || W x 1 || W x 1 || W x 1", "W x 12", "R x r9", "Far", ""}) {
    EXPECT_THROW(static_cast<void>(parse(text, "")), std::invalid_argument) << text;
  }
  EXPECT_THROW(static_cast<void>(parse("W x 1", "q")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(find_test("SB", "sideways")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(run_all("BS")), std::invalid_argument);
}

class LitmusShape : public ::testing::TestWithParam<std::string> {};

TEST_P(LitmusShape, IsShownExactlyAsTheModelAllows) {
  const std::vector<Row> rows = run_all(GetParam());
  for (const Row& row : rows) {
    EXPECT_TRUE(row.passed) << table_line(row);
    EXPECT_TRUE(row.complete) << table_line(row);
    EXPECT_EQ(row.seen, row.allowed) << table_line(row);
  }
}

std::vector<std::string> shapes() {
  std::vector<std::string> names;
  for (const LitmusTest& test : all_tests()) {
    if (names.empty() || names.back() != test.name) names.push_back(test.name);
  }
  return names;
}

std::string identifier(const ::testing::TestParamInfo<std::string>& shape) {
  std::string text = shape.param;
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return text;
}

TEST(LitmusExplorer, EverySearchStaysWithinTheModel) {
  std::vector<rota::explored::Options> searches;
  for (const Memory memory : {Memory::sc, Memory::relaxed}) {
    rota::explored::Options options = exhaustive(memory);
    options.preemptions = 1;
    searches.push_back(options);
    options.method = rota::explored::Method::random;
    options.max_executions = 200;
    options.twice = true;
    searches.push_back(options);
    options.method = rota::explored::Method::pct;
    searches.push_back(options);
  }
  for (const Row& row : run_all({}, searches)) EXPECT_TRUE(row.passed) << table_line(row);
}

// The named limit on stale values: three reads of one are shown, a fourth reads a newer one.
TEST(LitmusExplorer, AThreadReadsOneStaleValueThreeTimesAndNoMore) {
  static_assert(rota::explored::WeakMemory::stale_reads == 3);
  LitmusTest test{.name = "stale", .orders = "", .text = "W x 1; W y 1 || R y r0", .asked = "", .program = {}};
  for (int reads = 1; reads <= 4; ++reads) {
    test.text += "; R x r" + std::to_string(reads);
    test.program = parse(test.text, "");
    const Row row = run(test, exhaustive(Memory::relaxed));
    EXPECT_EQ(row.passed, reads <= 3) << table_line(row);
    if (reads == 4) EXPECT_EQ(row.problem, "never seen: r0=1 r1=0 r2=0 r3=0 r4=0");
  }
}

// A bound that no execution reaches is none.
TEST(LitmusExplorer, AWideBoundOnPreemptionsHidesNothing) {
  for (const Memory memory : {Memory::sc, Memory::relaxed}) {
    rota::explored::Options options = exhaustive(memory);
    options.preemptions = 20;
    for (const Row& row : run_all("MP", {options})) EXPECT_EQ(row.seen, row.allowed) << table_line(row);
    for (const Row& row : run_all("WRC", {options})) EXPECT_EQ(row.seen, row.allowed) << table_line(row);
  }
}

// Programs nobody thought of, too.
RC_GTEST_PROP(LitmusExplorer, ShowsOfDrawnProgramsExactlyWhatTheModelAllows, ()) {
  LitmusTest test{.name = "drawn", .orders = "", .text = drawn("; ", true), .asked = "", .program = {}};
  test.program = parse(test.text, "xy");
  for (const Memory memory : {Memory::sc, Memory::relaxed}) {
    const Row row = run(test, exhaustive(memory));
    RC_LOG() << table_line(row);
    RC_ASSERT(row.passed);
  }
}

INSTANTIATE_TEST_SUITE_P(Every, LitmusShape, ::testing::ValuesIn(shapes()), identifier);

TEST(LitmusTable, GroupsOrdersThatAgreeAndSaysWhatIsWrong) {
  Row good{.test = "SB", .orders = "rlx", .text = "W x 1; R y r0 || W y 1; R x r1", .asked = "r0=0 r1=0"};
  good.seen = good.allowed = {"r0=0 r1=0", "r0=1 r1=1"};
  good.passed = true;
  Row same = good;
  same.orders = "acq";
  Row bad = good;
  bad.orders = "fence";
  bad.passed = false;
  bad.problem = "the model forbids r0=0 r1=0";
  const std::string markdown = markdown_table({good, same, bad});
  EXPECT_NE(markdown.find("| relaxed | rlx<br>acq | 2: `0 0` `1 1` | seen | exact |"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("| outcomes (r0 r1) |"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("| fence | 2: `0 0` `1 1` | seen | **wrong** |"), std::string::npos) << markdown;
  const std::string text = text_table({good, bad}, true);
  EXPECT_EQ(text.find(" rlx "), std::string::npos) << text;
  EXPECT_NE(text.find("the model forbids r0=0 r1=0"), std::string::npos) << text;
  EXPECT_NE(text.find("2 litmus rows: 1 right, 1 wrong"), std::string::npos) << text;
}

}  // namespace
