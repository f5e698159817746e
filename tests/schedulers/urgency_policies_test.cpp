// What the policies decide that order by what authors told of their tasks, and those that cut tasks into quanta.
#include <gtest/gtest.h>

#include "runtime/work.hpp"
#include "schedulers/edf.hpp"
#include "schedulers/policies.hpp"
#include "schedulers/priorities.hpp"
#include "schedulers/processor_sharing.hpp"
#include "schedulers/srpt.hpp"
#include "tests/schedulers/told.hpp"
#include "tests/support/watchdog.hpp"

namespace rota::schedulers {
namespace {

using E = World;

using namespace std::chrono_literals;
using Found = std::optional<Index>;
using Indices = std::vector<Index>;
std::optional<Attributes> left(Duration remaining) { return Attributes{.remaining = remaining}; }
std::optional<Attributes> until(Duration deadline) { return Attributes{.deadline = TimePoint(deadline)}; }
std::optional<Attributes> of_class(std::uint32_t priority) { return Attributes{.priority = priority}; }

TEST(Srpt, TakesTheTaskWithTheLeastWorkLeftAndEqualOnesAsTheyCame) {
  Told<Srpt<E>> tasks({left(3us), left(1us), left(2us), left(1us), left(0us), left(3us)});
  EXPECT_EQ(tasks.rest(), (Indices{4, 1, 3, 2, 0, 5}));
}

TEST(Srpt, TakesTasksOfWhichNothingIsToldBeforeAllOthersAndInOrder) {
  Told<Srpt<E>> tasks({left(0us), untold, left(1us), untold});
  EXPECT_EQ(tasks.rest(), (Indices{1, 3, 0, 2}));
}

TEST(Srpt, PutsATaskThatGaveWayWhereItsRemainingWorkBelongs) {
  Told<Srpt<E>> tasks({left(10us), left(20us), left(5us)});
  EXPECT_EQ(tasks.driver.pick(0), Found(2));
  EXPECT_EQ(tasks.driver.pick(0), Found(0));
  tasks.attributes(0).remaining = 7us;
  EXPECT_EQ(tasks.driver.enqueue(0, 0, Origin::yield), WakeHint::none());
  tasks.attributes(2).remaining = 30us;
  EXPECT_EQ(tasks.driver.enqueue(0, 2, Origin::wake), WakeHint::any());
  EXPECT_EQ(tasks.rest(), (Indices{0, 1, 2}));
}

TEST(Edf, TakesTheEarliestDeadlineAndEqualOnesAsTheyCame) {
  Told<Edf<E>> tasks({until(5ms), until(1ms), Attributes{}, until(5ms), until(-1ms), untold, until(0ms)});
  EXPECT_EQ(tasks.rest(), (Indices{5, 4, 6, 1, 0, 3, 2}));
}

TEST(Priorities, TakeTheMostUrgentClassAndEachInOrder) {
  Told<Priorities<E>> tasks({of_class(7), of_class(3), of_class(0), of_class(3), untold, of_class(1000), of_class(7)});
  EXPECT_EQ(tasks.rest(), (Indices{2, 4, 1, 3, 0, 5, 6}));
}

TEST(Priorities, WithAgingLetATaskBePassedByNoMoreThanItsClassIsWorth) {
  std::vector<std::optional<Attributes>> many(40, of_class(0));
  many[2] = of_class(2);  // the third that comes, of class 2: ten later ones pass it
  Told<Priorities<E>> tasks(many, {{"aging", std::int64_t{5}}});
  const Indices order = tasks.rest();
  EXPECT_EQ(std::ranges::find(order, Index{2}) - order.begin(), 2 + 10 - 1);  // an equal key: it came first
  Told<Priorities<E>> strict(many);
  EXPECT_EQ(strict.rest().back(), 2U);
}

TEST(ProcessorSharing, AndThoseThatOrderByUrgencySayTheirQuantum) {
  const Placement one(Topology::host(), "none", 1);
  EXPECT_EQ(ProcessorSharing<E>(one, {}).quantum(), 5us);
  EXPECT_EQ(Srpt<E>(one, {}).quantum(), 5us);
  EXPECT_EQ(Edf<E>(one, {}).quantum(), 5us);
  EXPECT_EQ(Priorities<E>(one, {}).quantum(), 0us);
  Srpt<E>::Config config;
  config.quantum = 70us;
  EXPECT_EQ(Srpt<E>(one, config).quantum(), 70us);
}

// In a runtime: who ends first, the long task that was spawned first or the short one behind it?
Job<E> timed(Executor<E>& executor, Attributes& attributes, std::vector<Duration>& ended) {
  const Duration work = attributes.remaining;
  co_await rota::work(executor, {.work = work}, &attributes);
  ended.push_back(work);
}
Job<E> both(Executor<E>& executor, std::vector<Duration>& ended) {
  Attributes longer{.remaining = 2ms, .deadline = TimePoint(2h), .priority = 2};
  Attributes shorter{.remaining = 20us, .deadline = TimePoint(1h), .priority = 1};
  auto first = executor.spawn(timed(executor, longer, ended), &longer);
  co_await yield();  // the long one begins, if it must not wait for one that is told of nothing
  auto second = executor.spawn(timed(executor, shorter, ended), &shorter);
  co_await first;
  co_await second;
  EXPECT_EQ(longer.remaining, 0us);
}
std::vector<Duration> ends_under(std::string_view policy, const SettingValues& values = {}) {
  SettingValues all;
  SettingError error;
  EXPECT_TRUE(find(policies(), policy)->check(values, all, error)) << error.sentence();
  const auto executor = find(policies_in<E>(), policy)->start(Placement(Topology::host(), "none", 1), {}, all);
  testing::Watchdog watchdog([] { return "two tasks that only work"; });
  std::vector<Duration> ended;
  executor->block_on(both(*executor, ended));
  return ended;
}

TEST(PoliciesWithAQuantum, LetAShortTaskPassALongOneThatRuns) {
  const std::vector<Duration> in_order{2ms, 20us}, short_first{20us, 2ms};
  EXPECT_EQ(ends_under("fifo"), in_order);
  for (const char* policy : {"processor-sharing", "srpt", "edf"}) EXPECT_EQ(ends_under(policy), short_first) << policy;
  EXPECT_EQ(ends_under("priorities", {{"quantum", std::string("50us")}}), short_first);
}

}  // namespace
}  // namespace rota::schedulers
