// Every policy of the table, in a runtime with real threads. A new policy is covered without a line here.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "runtime/sync/event.hpp"
#include "schedulers/policies.hpp"
#include "tests/schedulers/policy_driver.hpp"
#include "tests/support/watchdog.hpp"

namespace rota::schedulers {
namespace {

using E = World;

struct Case {
  const PolicyInfo* policy;
  unsigned workers;
  SettingValues values;
  std::string name;
  Guarantees promised;  // with these settings
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

// All policies, each choice of theirs once beside the defaults, with 1, 2 and 4 workers; of presets the defaults.
std::vector<Case> cases() {
  std::vector<Case> result;
  for (const PolicyInfo& policy : policies()) {
    for (const SettingValues& values : policy.source.empty() ? variants(policy.settings) : variants({})) {
      std::string name = test_name(policy.name);
      for (const auto& [key, value] : values) name += "_" + test_name(key) + "_" + test_name(to_text(value));
      SettingValues all;
      SettingError error;
      EXPECT_TRUE(policy.check(values, all, error)) << error.sentence();
      for (const unsigned workers : {1U, 2U, 4U})
        result.push_back({&policy, workers, values, name + "_w" + std::to_string(workers), policy.promised(all)});
    }
  }
  return result;
}

class PoliciesRunning : public ::testing::TestWithParam<Case> {
 protected:
  [[nodiscard]] const Guarantees& promised() const { return GetParam().promised; }
  [[nodiscard]] unsigned workers() const { return GetParam().workers; }

  std::unique_ptr<Executor<E>> start() const {
    SettingValues all;
    SettingError error;
    EXPECT_TRUE(GetParam().policy->check(GetParam().values, all, error)) << error.sentence();
    return find(policies_in<E>(), GetParam().policy->family)
        ->start(Placement(Topology::host(), "none", workers()), {}, all);
  }
};
std::string name_of(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Policies, PoliciesRunning, ::testing::ValuesIn(cases()), name_of);

// The promises are tested for the policies that make them, where they can be seen.
std::vector<Case> cases_that(bool (*fit)(const Case&)) {
  std::vector<Case> result = cases();
  std::erase_if(result, [fit](const Case& c) { return !fit(c); });
  return result;
}

class PoliciesConservingWork : public PoliciesRunning {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PoliciesConservingWork);
INSTANTIATE_TEST_SUITE_P(Policies, PoliciesConservingWork, ::testing::ValuesIn(cases_that([](const Case& c) {
                           return c.promised.work_conserving && c.workers > 1;
                         })),
                         name_of);

// Counted with one worker, whose picks are all there are.
class PoliciesBoundingWaits : public PoliciesRunning {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PoliciesBoundingWaits);
INSTANTIATE_TEST_SUITE_P(Policies, PoliciesBoundingWaits, ::testing::ValuesIn(cases_that([](const Case& c) {
                           return c.promised.starvation_factor > 0 && c.workers == 1;
                         })),
                         name_of);

class PoliciesKeepingOrder : public PoliciesRunning {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PoliciesKeepingOrder);
INSTANTIATE_TEST_SUITE_P(Policies, PoliciesKeepingOrder, ::testing::ValuesIn(cases_that([](const Case& c) {
                           return in_order_of_arrival(c.promised.order) && c.workers == 1;
                         })),
                         name_of);

Job<E> yield_times(int times, std::atomic<int>& finished) {
  for (int i = 0; i < times; ++i) co_await yield();
  finished.fetch_add(1);
}
// A tree of tasks: each spawns two, yields, and joins them.
Job<E, int> tree(Executor<E>& executor, int depth) {
  if (depth == 0) co_return 1;
  auto left = executor.spawn(tree(executor, depth - 1));
  auto right = executor.spawn(tree(executor, depth - 1));
  co_await yield();
  co_return co_await left + co_await right;
}

// P1, T3: spawned inside and outside, joined, yielding and woken, every task finishes once and the counters agree.
TEST_P(PoliciesRunning, FinishEveryTaskOnce) {
  constexpr int depth = 9;
  constexpr int outside_tasks = 500;
  const auto executor = start();
  testing::Watchdog watchdog([&] { return "finished " + std::to_string(executor->counters().finished); });
  std::atomic<int> finished{0};
  std::vector<std::thread> producers;
  for (int p = 0; p < 2; ++p) {
    producers.emplace_back([&] {
      std::vector<JoinHandle<E>> handles;
      for (int i = 0; i < outside_tasks; ++i) handles.push_back(executor->spawn(yield_times(i % 5, finished)));
      for (auto& handle : handles) handle.join_blocking();
    });
  }
  for (int round = 0; round < 3; ++round) EXPECT_EQ(executor->block_on(tree(*executor, depth)), 1 << depth);
  for (std::thread& producer : producers) producer.join();
  EXPECT_EQ(finished.load(), 2 * outside_tasks);
  executor->shutdown();
  const Counters counters = executor->counters();
  EXPECT_EQ(counters.spawned, 2 * outside_tasks + 3U * ((2U << depth) - 1));
  EXPECT_EQ(counters.finished, counters.spawned);
  EXPECT_EQ(counters.cancelled, 0U);
}

Job<E> pass_on(Event<E>& before, Event<E>& after) {
  co_await before.wait();
  after.set();
}
// P3, W1: a chain of tasks, each woken by the one before it, from the outside again and again.
TEST_P(PoliciesRunning, ResumeEveryTaskThatIsWoken) {
  constexpr std::size_t length = 50;
  const auto executor = start();
  testing::Watchdog watchdog([&] { return "picked " + std::to_string(executor->counters().picked); });
  for (int round = 0; round < 40; ++round) {
    std::vector<Event<E>> events(length + 1);
    std::vector<JoinHandle<E>> handles;
    for (std::size_t i = 0; i < length; ++i) handles.push_back(executor->spawn(pass_on(events[i], events[i + 1])));
    events[0].set();
    for (auto& handle : handles) handle.join_blocking();
    EXPECT_TRUE(events[length].is_set());
  }
}

// P2: a task runs on while it spins; what it made runnable before must run elsewhere. A policy that hides work from the
// other workers never ends this.
Job<E> set_flag(std::atomic<bool>& flag) {
  flag.store(true);
  co_return;
}
Job<E> wait_and_set(Event<E>& event, std::atomic<bool>& ready, std::atomic<bool>& flag) {
  ready.store(true);
  co_await event.wait();
  flag.store(true);
}
void spin_until(const std::atomic<bool>& flag) {
  while (!flag.load()) std::this_thread::yield();
}
Job<E> spawn_and_spin(Executor<E>& executor, std::atomic<bool>& flag) {
  executor.spawn(set_flag(flag)).detach();
  spin_until(flag);
  co_return;
}
Job<E> wake_and_spin(Event<E>& event, std::atomic<bool>& flag) {
  event.set();
  spin_until(flag);
  co_return;
}

TEST_P(PoliciesConservingWork, RunATaskElsewhereWhileItsSpawnerGoesOn) {
  const auto executor = start();
  testing::Watchdog watchdog([] { return "P2: a task waits behind a busy worker while another worker sleeps"; });
  for (int round = 0; round < 200; ++round) {
    std::atomic<bool> flag{false};
    executor->block_on(spawn_and_spin(*executor, flag));
  }
}

TEST_P(PoliciesConservingWork, RunATaskElsewhereWhileItsWakerGoesOn) {
  const auto executor = start();
  testing::Watchdog watchdog([] { return "P2: a woken task waits behind a busy worker while another worker sleeps"; });
  for (int round = 0; round < 200; ++round) {
    Event<E> event;
    std::atomic<bool> ready{false};
    std::atomic<bool> flag{false};
    auto sleeper = executor->spawn(wait_and_set(event, ready, flag));
    spin_until(ready);
    executor->block_on(wake_and_spin(event, flag));
    sleeper.join_blocking();
  }
}

// P4: one task yields until another, spawned before, has run; the number of its yields is bounded.
Job<E, std::uint64_t> yields_until_run(Executor<E>& executor, std::uint64_t give_up) {
  std::atomic<bool> flag{false};
  auto other = executor.spawn(set_flag(flag));
  std::uint64_t yields = 0;
  for (; !flag.load() && yields <= give_up; ++yields) co_await yield();
  co_await other;
  co_return yields;
}
TEST_P(PoliciesBoundingWaits, LetAWaitingTaskRunBetweenTheYieldsOfAnother) {
  const auto executor = start();
  const std::uint64_t bound = 2 * promised().starvation_factor;
  EXPECT_LE(executor->block_on(yields_until_run(*executor, bound)), bound);
}

// P4: two tasks that do nothing but wake each other, and one that waits to run.
Job<E> wake_each_other(Event<E>& mine, Event<E>& other, std::atomic<bool>& stop, std::uint64_t& turns) {
  while (!stop.load() && turns < 1'000'000) {
    co_await mine.wait();
    mine.reset();
    ++turns;
    other.set();
  }
  other.set();
}
Job<E, std::uint64_t> turns_until_run(Executor<E>& executor) {
  Event<E> left;
  Event<E> right;
  std::atomic<bool> stop{false};
  std::uint64_t turns = 0;
  auto one = executor.spawn(wake_each_other(left, right, stop, turns));
  auto two = executor.spawn(wake_each_other(right, left, stop, turns));
  co_await yield();
  left.set();
  auto third = executor.spawn(set_flag(stop));
  co_await one;
  co_await two;
  co_await third;
  co_return turns;
}
TEST_P(PoliciesBoundingWaits, LetAWaitingTaskRunBetweenTwoThatWakeEachOther) {
  const auto executor = start();
  EXPECT_LE(executor->block_on(turns_until_run(*executor)), 4 * promised().starvation_factor + 4);
}

// P5: with one worker, tasks run in the order in which one task spawned them.
Job<E> note(std::vector<int>& order, int number) {
  order.push_back(number);
  co_return;
}
Job<E> spawn_notes(Executor<E>& executor, std::vector<int>& order, int count) {
  std::vector<JoinHandle<E>> handles;
  for (int i = 0; i < count; ++i) handles.push_back(executor.spawn(note(order, i)));
  for (auto& handle : handles) co_await handle;
}
TEST_P(PoliciesKeepingOrder, RunSpawnsInTheirOrder) {
  const auto executor = start();
  std::vector<int> order;
  executor->block_on(spawn_notes(*executor, order, 1000));
  EXPECT_EQ(order.size(), 1000U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

// P6, P1: shutdown finds every task wherever the policy keeps it, while others still spawn.
Job<E> yield_for_ever() {
  for (;;) co_await yield();
}
Job<E> wait_for_ever(Event<E>& event) { co_await event.wait(); }

TEST_P(PoliciesRunning, GiveUpEveryTaskAtShutdown) {
  for (int round = 0; round < 5; ++round) {
    Event<E> never_set;
    const auto executor = start();
    testing::Watchdog watchdog([&] {
      const Counters now = executor->counters();
      return "P6: spawned " + std::to_string(now.spawned) + ", ended " + std::to_string(now.finished + now.cancelled);
    });
    std::atomic<bool> over{false};
    std::vector<JoinHandle<E>> handles;
    for (int i = 0; i < 400; ++i) {
      handles.push_back(executor->spawn(yield_for_ever()));
      handles.push_back(executor->spawn(wait_for_ever(never_set)));
    }
    std::thread spawner([&] {
      while (!over) executor->spawn(yield_for_ever()).detach();
    });
    executor->shutdown();
    over = true;
    spawner.join();
    const Counters counters = executor->counters();
    EXPECT_GE(counters.spawned, 800U);
    EXPECT_EQ(counters.spawned, counters.finished + counters.cancelled);
    for (auto& handle : handles) EXPECT_TRUE(handle.ended());
  }
}

}  // namespace
}  // namespace rota::schedulers
