// The mechanism in the explored world: each of its programs under every strategy, and exhaustively where that ends.
#include "checks/mechanism/mechanism.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

namespace rota::checks {
namespace {

using namespace std::chrono_literals;

class Mechanism : public testing::TestWithParam<MechanismCheck> {
 protected:
  static void expect_pass(const Report& report) {
    ASSERT_TRUE(report.passed) << report.found->id << ": " << report.found->sentence << "\n  schedule "
                               << report.found->failure.schedule;
    EXPECT_GT(report.executions, 0U);
    EXPECT_EQ(report.programs, 1U);
  }
  static void expect_shown(const Report& report) {
    for (const std::string_view label : GetParam().shows) {
      if (!label.empty()) EXPECT_TRUE(report.classes.contains(std::string(label))) << "no execution showed: " << label;
    }
  }
};

// Relaxed memory has all schedules and values of sc, so what ends here holds for both.
TEST_P(Mechanism, HoldsInEverySchedule) {
  explored::Options options;
  options.method = explored::Method::dfs;
  options.preemptions = GetParam().preemptions;
  options.budget = 120s;
  const Report report = GetParam().run(options);
  expect_pass(report);
  EXPECT_TRUE(report.complete) << report.executions << " executions were not all";
  expect_shown(report);
}

TEST_P(Mechanism, HoldsInSchedulesDrawnAtRandom) {
  explored::Options options;
  options.max_executions = 3'000;
  for (const auto memory : {explored::Memory::relaxed, explored::Memory::sc}) {
    options.memory = memory;
    for (const auto method : {explored::Method::random, explored::Method::pct}) {
      options.method = method;
      expect_pass(GetParam().run(options));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Mechanism, testing::ValuesIn(mechanism_checks()), [](const auto& info) {
  std::string name;
  bool upper = true;
  for (const char c : info.param.name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += upper ? static_cast<char>(std::toupper(c)) : c;
    upper = std::isalnum(static_cast<unsigned char>(c)) == 0;
  }
  return name;
});

TEST(MechanismList, NamesEachCheckOnceAndTheIdsThatItCanBreak) {
  std::set<std::string_view> names;
  for (const MechanismCheck& check : mechanism_checks()) {
    EXPECT_TRUE(names.insert(check.name).second) << check.name;
    EXPECT_FALSE(check.ids.empty()) << check.name;
    EXPECT_EQ(check.stuck.size(), 2U) << check.name;
  }
}

using explored::AccessKind;

// A check that cannot fail is none: without these fences and orders, each alone, it must fail.
struct Plant {
  std::string_view check, file;
  AccessKind kind;
  int places;  // at which the check must miss it, of all that the check passes
  std::string_view id;
};
class MechanismPlants : public testing::TestWithParam<Plant> {};

TEST_P(MechanismPlants, AreCaught) {
  const auto checks = mechanism_checks();
  const auto check =
      std::find_if(checks.begin(), checks.end(), [](const auto& c) { return c.name == GetParam().check; });
  ASSERT_NE(check, checks.end());
  explored::Options options;
  options.max_executions = 1'000;
  options.sites = true;
  const auto sites = check->explore(options).sites;
  options = {};
  options.method = explored::Method::dfs;
  options.preemptions = check->preemptions;
  options.budget = 60s;
  int caught = 0;
  for (const explored::AccessSite& site : sites) {
    if (!std::string_view(site.file).ends_with(GetParam().file) || site.kind != GetParam().kind) continue;
    options.weakened = site;
    const Report report = check->run(options);
    if (report.passed) continue;
    EXPECT_EQ(report.found->id, GetParam().id) << GetParam().file << ":" << site.line;
    ++caught;
  }
  EXPECT_EQ(caught, GetParam().places);
}

INSTANTIATE_TEST_SUITE_P(
    All, MechanismPlants,
    testing::Values(
        Plant{"parking: a sleep meets a submit", "runtime/parking.hpp", AccessKind::full_fence, 2, "P3"},
        Plant{"parking: a claim that fails meets a submit", "runtime/parking.hpp", AccessKind::full_fence, 3, "P3"},
        Plant{"parking: two tasks need two workers", "runtime/parking.hpp", AccessKind::full_fence, 3, "P2"},
        Plant{"reactor: a driver leaves when a timer comes", "runtime/reactor_seat.hpp", AccessKind::full_fence, 2,
              "R4"},
        Plant{"reactor: an earlier timer shortens the poll", "reactor/simulated_reactor.hpp", AccessKind::exchange, 2,
              "R4"},
        Plant{"shutdown: a spawn meets the gate", "runtime/gate.hpp", AccessKind::full_fence, 2, "P6"},
        Plant{"shutdown: a visit meets the end", "runtime/gate.hpp", AccessKind::fetch_sub, 1, "race"},
        Plant{"task: a wake meets the commit", "runtime/task.hpp", AccessKind::compare_exchange, 2, "race"},
        Plant{"task: a shutdown meets a reused slot", "runtime/task.hpp", AccessKind::load, 1, "P6"},
        Plant{"counters: an end is never counted ahead of its beginning", "runtime/worker.hpp", AccessKind::store, 1,
              "T3"},
        Plant{"join: an end meets a join", "runtime/join.hpp", AccessKind::compare_exchange, 2, "race"},
        Plant{"event: a set meets a wait", "runtime/sync/wait_stack.hpp", AccessKind::compare_exchange, 2, "race"},
        Plant{"event: a set meets a crowd that one leaves", "runtime/sync/wait_stack.hpp", AccessKind::store, 2,
              "race"},
        Plant{"latch: it opens when both have counted", "runtime/sync/latch.hpp", AccessKind::fetch_sub, 1, "race"}));

}  // namespace
}  // namespace rota::checks
