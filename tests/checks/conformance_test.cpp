// Programs of the conformance suite: their text form, their rules, drawing and shrinking them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "checks/conformance/generate.hpp"
#include "checks/conformance/program.hpp"

namespace rota::checks {
namespace {

constexpr Guarantees conserving{.work_conserving = true};

std::size_t steps_in(const Program& program) {
  std::size_t sum = program.outside.size();
  for (const Steps& steps : program.tasks) sum += steps.size();
  return sum;
}

Program drawn(std::uint64_t seed, int size = 60, Guarantees guarantees = conserving) {
  const Subject subject{.name = "", .guarantees = guarantees, .run = nullptr};
  return programs_for(subject)(rc::Random(seed), size).value();
}

std::string error_of(std::string_view text) { return parse_program(text).error; }

TEST(ProgramText, IsReadAsItIsWritten) {
  const auto [program, error] = parse_program("w3:early:r7:t0=s1,h1,u,y:t1=k0,kk0,ko0,z3:t2=:out=x2,c");
  ASSERT_EQ(error, "");
  EXPECT_EQ(program.workers, 3U);
  EXPECT_TRUE(program.early_shutdown);
  EXPECT_EQ(program.seed, 7U);
  ASSERT_EQ(program.tasks.size(), 3U);
  EXPECT_EQ(program.tasks[0], (Steps{{Do::spawn, 1}, {Do::hold, 1}, {Do::suspend}, {Do::yield}}));
  EXPECT_EQ(program.tasks[1], (Steps{{Do::wake, 0}, {Do::wake_twice, 0}, {Do::wake_older, 0}, {Do::sleep, 3}}));
  EXPECT_EQ(program.outside, (Steps{{Do::cancel, 2}, {Do::complete}}));
}

TEST(ProgramText, TellsOfATaskWhatItsAuthorToldAndThatItIsAFiber) {
  const auto [program, error] = parse_program("w2:t0@r3d9p1w4g2n1=q2,p:t1f=y:t2f@=:t3=");
  ASSERT_EQ(error, "");
  EXPECT_EQ(program.tasks[0], (Steps{{Do::work, 2}, {Do::checkpoint}}));
  const Telling told{.remaining = 3, .deadline = 9, .priority = 1, .weight = 4, .group = 2, .home = 1};
  EXPECT_EQ(program.kind(0), (Kind{.fiber = false, .told = told}));
  EXPECT_EQ(program.kind(1), (Kind{.fiber = true, .told = {}}));
  EXPECT_EQ(program.kind(2), (Kind{.fiber = true, .told = Telling{}}));
  EXPECT_EQ(program.kind(3), Kind{});
  EXPECT_EQ(to_text(without_task(program, 0)), "w2:t0f=y:t1f@=:t2=");
  for (const char* wrong : {"w1:t0@x1=", "w1:t0@r=", "w1:t0@r300=", "w1:t0g="})
    EXPECT_NE(error_of(wrong).find("t0@… with r, d, p, w, g or n"), std::string::npos) << wrong;
}

RC_GTEST_PROP(ProgramText, OfEveryDrawnProgramReadsBackAsThatProgram, (std::uint64_t seed)) {
  const Program program = drawn(seed);
  const auto [back, error] = parse_program(to_text(program));
  RC_ASSERT(error == "");
  RC_ASSERT(back == program);
}

RC_GTEST_PROP(ProgramText, IsOneWordThatAShellLeavesAlone, (std::uint64_t seed)) {
  const std::string text = to_text(drawn(seed));
  RC_ASSERT(std::ranges::all_of(
      text, [](unsigned char c) { return std::isalnum(c) || c == ':' || c == '=' || c == ',' || c == '@'; }));
}

TEST(ProgramText, ThatIsWrongIsRefusedWithTheWordThatIsWrong) {
  EXPECT_NE(error_of("").find("expected w and the number of workers"), std::string::npos);
  EXPECT_NE(error_of("x2:t0=u").find("'x2'"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=q").find("'q' is no step"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=u1").find("'u1' is no step"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=k").find("'k' is no step"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=u,").find("'' is no step"), std::string::npos);
  EXPECT_NE(error_of("w2:t1=u").find("expected early, r and a number, t0="), std::string::npos);
  EXPECT_NE(error_of("w2").find("1 to 8 tasks"), std::string::npos);
  EXPECT_NE(error_of("w4:t0=u").find("1 to 3 workers"), std::string::npos);
}

TEST(ProgramRules, RefuseStepsThatCouldGoWrongByThemselves) {
  EXPECT_NE(error_of("w2:t0=k1").find("k1 names a task that is not there"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=s0").find("a task spawns only later ones"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=:t1=s0").find("a task spawns only later ones"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=s1:t1=:out=s1").find("more than one step"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=:out=u").find("the outside cannot do u"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=z0").find("from z1"), std::string::npos);
}

TEST(ProgramRules, LetATaskKeepAWorkerOnlyWhereAnotherWorkerIsFreeForIt) {
  EXPECT_EQ(error_of("w2:t0=s1,h1:t1=y,z1"), "");
  EXPECT_NE(error_of("w1:t0=s1,h1:t1=y").find("at most 0 steps h"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=s1,s2,h1,h2:t1=:t2=").find("at most 1 steps h"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=h1,s1:t1=").find("must follow s1"), std::string::npos);
  EXPECT_NE(error_of("w2:t0=s1,h1:t1=u").find("may not have u, i or h"), std::string::npos);
  EXPECT_NE(error_of("w3:t0=s1,h1:t1=s2,h2:t2=").find("may not have u, i or h"), std::string::npos);
}

TEST(ProgramText, SaysOfEachStepWhatItDoes) {
  EXPECT_EQ(in_words({Do::wake_twice, 3}), "wakes task 3 twice");
  EXPECT_EQ(in_words({Do::suspend}), "suspends");
}

RC_GTEST_PROP(DrawnPrograms, KeepTheRules, (std::uint64_t seed)) {
  const int size = static_cast<int>(seed % 101);
  RC_ASSERT(problem(drawn(seed, size)) == "");
  RC_ASSERT(!any_step(drawn(seed, size, {}), Do::hold));  // only a work-conserving policy can free a held task
}

TEST(DrawnPrograms, HaveEveryStepAndShapeInThem) {
  std::set<Do> seen;
  std::set<unsigned> workers;
  std::set<std::uint64_t> settings;
  unsigned early = 0, bursts = 0, told = 0, fibers = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const Program program = drawn(seed);
    workers.insert(program.workers);
    settings.insert(program.seed);
    for (const Kind& kind : program.kinds) told += kind.told ? 1 : 0, fibers += kind.fiber ? 1 : 0;
    early += program.early_shutdown ? 1 : 0;
    bursts += std::ranges::count(program.tasks[0], Do::spawn, &Step::what) > 4 ? 1 : 0;
    for (const Steps& steps : program.tasks) {
      for (const Step& step : steps) seen.insert(step.what);
    }
  }
  EXPECT_EQ(seen.size(), 13U);
  EXPECT_GT(told, 300U);
  EXPECT_GT(fibers, 100U);
  EXPECT_GT(settings.size(), 30U);
  EXPECT_EQ(workers, (std::set<unsigned>{1, 2, 3}));
  EXPECT_GT(early, 50U);
  EXPECT_GT(bursts, 25U);
}

RC_GTEST_PROP(SimplerPrograms, KeepTheRulesAndAreNotTheProgramItself, (std::uint64_t seed)) {
  const Program program = drawn(seed);
  for (const Program& candidate : simpler(program)) {
    RC_ASSERT(problem(candidate) == "");
    RC_ASSERT(candidate != program);
    RC_ASSERT(steps_in(candidate) <= steps_in(program));
    RC_ASSERT(candidate.tasks.size() <= program.tasks.size());
    RC_ASSERT(candidate.workers <= program.workers);
  }
}

// Goes on with the first simpler program that still fails, as a search does.
template <class Fails> Program shrunk(const Program& program, Fails fails) {
  rc::Shrinkable<Program> best = shrinkable(program);
  for (bool simpler_found = true; simpler_found;) {
    simpler_found = false;
    auto shrinks = best.shrinks();
    while (auto next = shrinks.next()) {
      if (!fails(next->value())) continue;
      best = *next;
      simpler_found = true;
      break;
    }
  }
  return best.value();
}

TEST(SimplerPrograms, LeadToTheLeastThatStillFails) {
  const auto fails = [](const Program& p) { return any_step(p, Do::wake_twice) && any_step(p, Do::suspend); };
  unsigned shrinks = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Program program = drawn(seed);
    if (!fails(program)) continue;
    const Program least = shrunk(program, fails);
    EXPECT_EQ(steps_in(least), 2U) << to_text(program) << " became " << to_text(least);
    EXPECT_LE(least.tasks.size(), 3U);  // who wakes, who suspends and who is woken
    EXPECT_EQ(least.workers, 1U);
    EXPECT_FALSE(least.early_shutdown);
    ++shrinks;
  }
  EXPECT_GT(shrinks, 20U);
}

TEST(SimplerPrograms, AlwaysEnd) {
  const Program least = shrunk(drawn(7), [](const Program&) { return true; });
  EXPECT_EQ(to_text(least), "w1:t0=");
}

TEST(SimplerPrograms, CallTasksByTheirNewNumbers) {
  const Program program = parse_program("w2:t0=u:t1=k0,k2:t2=x1,u:out=k2").program;
  EXPECT_EQ(to_text(without_task(program, 1)), "w2:t0=u:t1=u:out=k1");
  EXPECT_EQ(to_text(without_task(program, 0)), "w2:t0=k1:t1=x0,u:out=k1");
}

}  // namespace
}  // namespace rota::checks
