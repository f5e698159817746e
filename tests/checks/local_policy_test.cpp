// Policies in the explored world of one thread: right ones pass, planted defects are found under their id.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "checks/conformance/conformance.hpp"
#include "checks/conformance/generate.hpp"
#include "checks/conformance/replay.hpp"
#include "checks/conformance/subject_of.hpp"
#include "checks/subjects.hpp"
#include "tests/checks/marks.hpp"
#include "tests/checks/planted_policies.hpp"
#include "worlds/explored/local_world.hpp"

namespace rota::checks {
namespace {

using E = env::ExploredLocal;

const Subject fifo = make_subject<E, schedulers::Fifo<E>>("local:fifo");
const Subject forgets = make_subject<E, ForgetsWhoYields<E>>("local:forgets");

Report checked(const Subject& subject, std::uint64_t programs = 100) {
  CheckOptions options;
  options.memory = explored::Memory::sc;
  options.budget = std::chrono::minutes(5);
  options.max_programs = programs;
  return check(subject, options);
}

Report found(const Subject& subject) {
  Report report = checked(subject);
  EXPECT_FALSE(report.passed);
  if (!report.found) report.found.emplace();
  return report;
}

// The marks of the one execution that there is.
std::vector<Mark> marks_of(std::string_view text) {
  explored::Options options;
  options.trace = true;
  const auto verdict = explore_program(fifo, parse_program(text).program, options);
  EXPECT_TRUE(verdict.passed) << verdict.failure.id << ": " << verdict.failure.sentence;
  EXPECT_TRUE(verdict.complete);
  EXPECT_EQ(verdict.executions, 1U);
  return checks::marks_of(verdict);
}

TEST(LocalInterpreter, DoesWhatTheStepsSay) {
  EXPECT_EQ(times(marks_of("w1:t0=s1:t1=y,y"), Mark::yield), 2U);
  EXPECT_EQ(times(marks_of("w1:t0=z2:t1=z1"), Mark::complete), 2U);
  EXPECT_EQ(times(marks_of("w1:t0=s1,y,x1:t1=u"), Mark::cancel), 1U);
  EXPECT_GE(times(marks_of("w1:t0=u:t1=kk0"), Mark::stale), 1U);
}

TEST(LocalInterpreter, WakesAndCompletesOnceEverythingIsAtRest) {
  const auto marks = marks_of("w1:t0=u,u:t1=i,z1");
  EXPECT_EQ(times(marks, Mark::wake), 4U);
  EXPECT_EQ(times(marks, Mark::collect), 2U);
  EXPECT_EQ(times(marks, Mark::finish), 2U);
}

TEST(LocalInterpreter, ShutsDownWhileTasksStillGoOn) {
  const auto marks = marks_of("w1:early:r3:t0=y,y,y,y,y,y:t1=u");
  EXPECT_GE(times(marks, Mark::yield), 2U);
  EXPECT_EQ(times(marks, Mark::cancel), 2U);
}

class EveryLocalPolicy : public testing::TestWithParam<const Subject*> {};

TEST_P(EveryLocalPolicy, PassesInOneScheduleOfEachProgram) {
  const Report report = checked(*GetParam(), 400);
  EXPECT_TRUE(report.passed) << report.found->sentence << "\n" << report.found->replay;
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.executions, 400U);
  for (const std::string& below : below_floors(report)) ADD_FAILURE() << below;
}

std::vector<const Subject*> local_subjects() {
  std::vector<const Subject*> all;
  for (const Subject& subject : subjects()) {
    if (subject.one_thread) all.push_back(&subject);
  }
  return all;
}
INSTANTIATE_TEST_SUITE_P(Policies, EveryLocalPolicy, testing::ValuesIn(local_subjects()), [](const auto& info) {
  std::string name(info.param->name);
  std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
  return name;
});

TEST(LocalConformance, FindsATaskThatIsLostWhenItYieldsWithTheSmallestProgram) {
  const Report report = found(forgets);
  EXPECT_EQ(report.found->id, "P1");
  EXPECT_EQ(report.found->program, "w1:t0=y");
  const Replayed again = replay(forgets, report.found->replay);
  EXPECT_TRUE(again.failed);
  EXPECT_EQ(again.failure.id, "P1");
  EXPECT_EQ(again.failure.trace_hash, report.found->failure.trace_hash);
}

TEST(LocalConformance, FindsWhatOneThreadCanBreak) {
  using Ordered = NewestFirst<E, Ordering::fifo, 0>;
  EXPECT_EQ(found(make_subject<E, Ordered>("local:ordered")).found->id, "P5");
  EXPECT_EQ(found(make_subject<E, AlwaysSeesWork<E>>("local:awake")).found->id, "endless");
  EXPECT_EQ(found(make_subject<E, Remembers<E, true>>("local:remembers")).found->id, "P7");
}

TEST(LocalConformance, DoesNotSeeALostWakeUpSinceWhoeverWakesIsAwake) {
  EXPECT_TRUE(checked(make_subject<E, NeverSeesWork<E>>("local:blind")).passed);
}

RC_GTEST_PROP(LocalPrograms, HaveOneWorkerAndNoOutside, (std::uint64_t seed)) {
  const auto drawn = programs_for(fifo)(rc::Random(seed), static_cast<int>(seed % 101)).value();
  RC_ASSERT(problem(drawn) == "");
  RC_ASSERT(problem_in_one_thread(drawn) == "");
}

TEST(LocalReplay, RefusesAProgramThatNeedsThreads) {
  for (const std::string_view text : {"w2:t0=", "w1:t0=:out=k0"}) {
    const std::string word = replay_text(fifo, explored::Memory::sc, parse_program(text).program, "");
    EXPECT_NE(replay(fifo, word).error.find("does not fit local:fifo"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace rota::checks
