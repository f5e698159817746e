// The conformance suite on policies: right ones pass, planted defects are found under their id, shrunk and replayed.
#include <gtest/gtest.h>

#include <set>

#include "checks/conformance/conformance.hpp"
#include "checks/conformance/generate.hpp"
#include "checks/conformance/replay.hpp"
#include "checks/conformance/subject_of.hpp"
#include "schedulers/lifo_slot.hpp"
#include "schedulers/processor_sharing.hpp"
#include "schedulers/work_stealing.hpp"
#include "tests/checks/marks.hpp"
#include "tests/checks/planted_policies.hpp"
#include "worlds/explored/world.hpp"

namespace rota::checks {
namespace {

using E = env::Explored;
using explored::Memory;
using explored::Method;

const Subject fifo = make_subject<E, schedulers::Fifo<E>>("fifo");
const Subject blind = make_subject<E, NeverSeesWork<E>>("blind");

// By number of programs, never by time.
CheckOptions some(Method method, std::uint64_t programs = 40, std::uint64_t executions = 100) {
  CheckOptions options;
  options.method = method;
  options.budget = std::chrono::minutes(5);
  options.max_programs = programs;
  options.executions_per_program = executions;
  return options;
}

Report found(const Subject& subject, CheckOptions options = some(Method::random)) {
  Report report = check(subject, options);
  EXPECT_FALSE(report.passed);
  if (!report.found) report.found.emplace();
  return report;
}

Program read(std::string_view text) {
  const auto [program, error] = parse_program(text);
  EXPECT_EQ(error, "");
  return program;
}

// The marks of one execution that passes.
std::vector<Mark> marks_of(std::string_view program) {
  explored::Options options;
  options.max_executions = 1;
  options.trace = true;
  const auto verdict = explore_program(fifo, read(program), options);
  EXPECT_TRUE(verdict.passed) << verdict.failure.id << ": " << verdict.failure.sentence;
  return checks::marks_of(verdict);
}

TEST(Interpreter, DoesWhatTheStepsSay) {
  EXPECT_EQ(times(marks_of("w1:t0=y,y,y"), Mark::yield), 3U);
  EXPECT_EQ(times(marks_of("w1:t0=s1:t1=s2:t2="), Mark::spawn), 3U);
  EXPECT_EQ(times(marks_of("w1:t0=z2"), Mark::complete), 1U);
  EXPECT_EQ(times(marks_of("w1:t0=i,i"), Mark::collect), 2U);
  EXPECT_EQ(times(marks_of("w1:t0=s1,y,x1:t1=u"), Mark::cancel), 1U);
  EXPECT_GE(times(marks_of("w1:t0=u:t1=kk0"), Mark::stale), 1U);
}

TEST(Interpreter, LetsThePolicyCutWorkIntoQuanta) {
  const Subject shares = make_subject<E, schedulers::ProcessorSharing<E>>("shares");
  explored::Options options;
  options.max_executions = 1;
  options.trace = true;
  std::set<std::size_t> yields;
  for (std::uint64_t seed = 2; seed < 40; ++seed) {
    for (const char* body : {"t0=q3", "t0f=q3"}) {
      Program program = read(std::string("w1:") + body);
      program.seed = seed;  // draws the quantum
      const auto verdict = explore_program(shares, program, options);
      EXPECT_TRUE(verdict.passed) << verdict.failure.sentence;
      const auto marks = checks::marks_of(verdict);
      EXPECT_EQ(times(marks, Mark::yield), times(marks, Mark::preempt));
      yields.insert(times(marks, Mark::yield));
    }
  }
  EXPECT_EQ(yields, (std::set<std::size_t>{0, 1, 2}));  // quanta of 3 and more, of 2 and of 1 us
}

TEST(Subjects, PromiseByTheSettingsThatAProgramDraws) {
  const Subject slot = make_subject<E, schedulers::LifoSlot<E, schedulers::Fifo<E>>>("slot");
  std::set<bool> conserving;
  std::set<std::uint32_t> factors;
  for (std::uint64_t seed = 1; seed < 40; ++seed) {
    Program program = read("w2:t0=s1:t1=");
    program.seed = seed;
    const Guarantees promised = slot.promises(program);
    conserving.insert(promised.work_conserving);
    factors.insert(promised.starvation_factor);
    EXPECT_EQ(asks_too_much(slot, read("w2:r" + std::to_string(seed) + ":t0=s1,h1:t1=")), !promised.work_conserving);
  }
  EXPECT_EQ(conserving, (std::set<bool>{false, true}));
  EXPECT_GT(factors.size(), 2U);
}

TEST(Interpreter, WakesWhatNobodyWokeOnceEverythingIsAtRest) {
  const auto marks = marks_of("w2:t0=u,u:t1=u");
  EXPECT_EQ(times(marks, Mark::wake), 3U);
  EXPECT_EQ(times(marks, Mark::finish), 2U);
}

TEST(Interpreter, ShutsDownEarlyOnlyIfTheProgramSaysSo) {
  EXPECT_EQ(times(marks_of("w1:t0=u,u,u,u"), Mark::wake), 4U);
  EXPECT_EQ(times(marks_of("w1:early:t0=u,u,u,u"), Mark::wake), 0U);
}

class RightPolicies : public ::testing::TestWithParam<std::tuple<Method, Memory>> {};

TEST_P(RightPolicies, Pass) {
  for (const Subject& subject : {fifo, make_subject<E, schedulers::WorkStealing<E>>("work-stealing")}) {
    auto options = some(std::get<Method>(GetParam()), 20, 50);
    options.memory = std::get<Memory>(GetParam());
    const Report report = check(subject, options);
    EXPECT_TRUE(report.passed) << report.found->sentence << "\n" << report.found->replay;
    EXPECT_EQ(report.programs, 20U);
    EXPECT_GE(report.executions, 20U * 4);
  }
}
INSTANTIATE_TEST_SUITE_P(Conformance, RightPolicies,
                         ::testing::Combine(::testing::Values(Method::random, Method::pct, Method::dfs),
                                            ::testing::Values(Memory::sc, Memory::relaxed)));

TEST(Conformance, FindsThatHasWorkIsFalseTooOftenWithTheSmallestProgram) {
  for (const Method method : {Method::random, Method::pct, Method::dfs}) {
    const Report report = found(blind, some(method));
    EXPECT_EQ(report.found->id, "P3");
    EXPECT_EQ(report.found->program, "w1:t0=");
    EXPECT_NE(report.found->sentence.find("no lost wake-up"), std::string::npos);
    EXPECT_FALSE(report.found->failure.trace.empty());
  }
}

TEST(Conformance, FindsThatHasWorkIsTrueForEver) {
  const Report report = found(make_subject<E, AlwaysSeesWork<E>>("awake"));
  EXPECT_EQ(report.found->id, "endless");
  EXPECT_NE(report.found->sentence.find("has_work() does not become false"), std::string::npos);
}

TEST(Conformance, FindsAWorkerThatSleepsBesideWork) {
  const Report report = found(make_subject<E, KeepsItsOwn<E>>("keeps-its-own"), some(Method::pct));
  EXPECT_EQ(report.found->id, "P2");
  EXPECT_EQ(report.found->program, "w2:t0=s1,h1:t1=");
}

TEST(Conformance, FindsThatALongTaskIsLeftToAWorkerThatMayNotRunIt) {
  for (const Memory memory : {Memory::sc, Memory::relaxed}) {
    auto options = some(Method::pct, 2000, 200);
    options.memory = memory;
    const Report report = found(make_subject<E, DarcNear<E>>("darc-near"), options);
    EXPECT_EQ(report.found->id, "P3");
    EXPECT_NE(report.found->program.find('@'), std::string::npos) << report.found->program;
  }
}

TEST(Conformance, FindsABrokenOrderAndStarvationOnlyWhereTheyArePromisedNotToBe) {
  using Ordered = NewestFirst<E, Ordering::per_producer_fifo, 0>;
  using Fair = NewestFirst<E, Ordering::none, 1>;
  using Free = NewestFirst<E, Ordering::none, 0>;
  auto options = some(Method::pct, 60, 300);
  options.memory = Memory::sc;
  EXPECT_EQ(found(make_subject<E, Ordered>("ordered"), options).found->id, "P5");
  EXPECT_EQ(found(make_subject<E, Fair>("fair"), options).found->id, "P4");
  options.executions_per_program = 50;
  EXPECT_TRUE(check(make_subject<E, Free>("free"), options).passed);
}

TEST(Conformance, CallsWhatDependsOnEarlierExecutionsALeakAndP7WhereDeterminismIsPromised) {
  EXPECT_EQ(found(make_subject<E, Remembers<E, false>>("remembers")).found->id, "leak");
  EXPECT_EQ(found(make_subject<E, Remembers<E, true>>("remembers")).found->id, "P7");
}

TEST(Conformance, GivesTheSameReportForTheSameSeed) {
  const Report first = found(blind), second = found(blind);
  EXPECT_EQ(first.executions, second.executions);
  EXPECT_EQ(first.found->replay.substr(0, 20), second.found->replay.substr(0, 20));
}

TEST(Conformance, ReachesEverySituationThatItClaimsToCheck) {
  const Report report =
      check(make_subject<E, schedulers::WorkStealing<E>>("work-stealing"), some(Method::random, 400, 10));
  EXPECT_TRUE(report.passed);
  for (const std::string& below : below_floors(report)) ADD_FAILURE() << below;
  EXPECT_GT(report.classes.at("steal"), 0.2);
}

TEST(Conformance, SaysWhichFloorIsNotReached) {
  Report report;
  report.programs = 1000;
  EXPECT_FALSE(below_floors(report).empty());
  EXPECT_NE(below_floors(report).front().find("park"), std::string::npos);
  report.programs = 10;
  EXPECT_TRUE(below_floors(report).empty());
}

TEST(Replay, OfAFailureGivesTheSameFailureAndTheSameTrace) {
  const Report report = found(blind);
  const Replayed again = replay(blind, report.found->replay);
  EXPECT_EQ(again.error, "");
  ASSERT_TRUE(again.failed);
  EXPECT_EQ(again.failure.id, "P3");
  EXPECT_EQ(again.failure.trace_hash, report.found->failure.trace_hash);
  EXPECT_EQ(again.failure.trace.size(), report.found->failure.trace.size());
}

TEST(Replay, OfAScheduleThatNoLongerFailsSaysSo) {
  const std::string text = replay_text(fifo, Memory::sc, read("w1:t0="), "");
  const Replayed again = replay(fifo, text);
  EXPECT_EQ(again.error, "");
  EXPECT_FALSE(again.failed);
}

TEST(Replay, RefusesWhatIsFromElsewhereAndSaysWhichPartDiffers) {
  const std::string good = replay_text(fifo, Memory::sc, read("w1:t0=y"), "012");
  const auto refused = [&](std::string_view part, std::string_view other) {
    std::string text = good;
    text.replace(text.find(part), part.size(), other);
    return replay(fifo, text).error;
  };
  EXPECT_NE(refused("rota2/", "rota1/").find("another version"), std::string::npos);
  EXPECT_NE(refused("/fifo/", "/lifo/").find("checksum"), std::string::npos);
  EXPECT_NE(refused("/sc/", "/tso/").find("expected sc or relaxed"), std::string::npos);
  EXPECT_NE(refused("t0=y", "t0=q").find("'q' is no step"), std::string::npos);
  EXPECT_NE(refused("t0=y", "t0=u").find("another subject or program"), std::string::npos);
  EXPECT_NE(replay(blind, good).error.find("of the subject fifo, not of blind"), std::string::npos);
  EXPECT_NE(replay(fifo, "rota2/fifo").error.find("cut off"), std::string::npos);
}

}  // namespace
}  // namespace rota::checks
