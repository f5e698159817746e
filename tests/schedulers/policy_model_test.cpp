// What every policy of this build must keep when one thread drives it step by step: tasks are conserved (P1), has_work
// tells the truth (P2), and what it promises about waiting (P4), order (P5) and determinism (P7) holds.
// The table of policies is generated, so a new one is covered without a line here.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <span>

#include "tests/schedulers/policy_driver.hpp"

namespace rota::schedulers {
namespace {

using E = World;

// All policies, and a slot in front of one that steals nothing, to see that it works over any.
std::span<const DrivenPolicy> all() {
  static const std::vector<DrivenPolicy> table = [] {
    const auto policies = rows<DrivenPolicy>();
    std::vector<DrivenPolicy> result(policies.begin(), policies.end());
    result.push_back(driven<LifoSlot<E, Fifo<E>>>("lifo-slot over fifo"));
    return result;
  }();
  return table;
}

// The promises are tested for the policies that make them, with the settings for which they do.
using Promised = bool (*)(const Guarantees&);
bool always(const Guarantees&) { return true; }
bool conserves_work(const Guarantees& promised) { return promised.work_conserving; }
bool keeps_order(const Guarantees& promised) { return in_order_of_arrival(promised.order); }
bool bounds_waits(const Guarantees& promised) { return promised.starvation_factor > 0; }

std::vector<SettingValues> variants_that(const DrivenPolicy& policy, Promised promised) {
  std::vector<SettingValues> result = variants(policy.settings);
  std::erase_if(result, [&](const SettingValues& values) { return !promised(policy.guarantees_with(values)); });
  return result;
}
auto those(Promised promised) {
  std::vector<DrivenPolicy> result;
  std::ranges::copy_if(all(), std::back_inserter(result),
                       [&](const DrivenPolicy& policy) { return !variants_that(policy, promised).empty(); });
  return ::testing::ValuesIn(result);
}

// One step of a random history. A worker that yields or wakes does so with a task that it obtained before.
struct Step {
  enum class Kind : std::uint8_t { outside_spawn, outside_wake, spawn, wake, yield, obtain, obtain_again } kind;
  WorkerId worker;
};
std::vector<Step> steps(unsigned workers) {
  const auto kinds = *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::inRange<std::uint8_t>(0, 7));
  std::vector<Step> result;
  for (const std::uint8_t kind : kinds) {
    const auto worker = *rc::gen::inRange<WorkerId>(0, workers);
    result.push_back({static_cast<Step::Kind>(kind), worker});
  }
  return result;
}

// A driven policy with the record of what is inside. Small queues overflow.
class History {
 public:
  History(const DrivenPolicy& policy, unsigned workers, std::uint64_t seed, const SettingValues& settings,
          std::size_t length)
      : promised_(policy.guarantees_with(settings)),
        driver_(policy.drive(workers, seed, small(policy, settings), length, "scatter")) {}

  void play(const Step& step) {
    using Kind = Step::Kind;
    switch (step.kind) {
      case Kind::outside_spawn:
        enter(outside, Origin::spawn);
        break;
      case Kind::outside_wake:
        enter(outside, Origin::wake);
        break;
      case Kind::spawn:
        enter(step.worker, Origin::spawn);
        break;
      case Kind::wake:
        enter(step.worker, Origin::wake);
        break;
      case Kind::yield:
        yield(step.worker);
        break;
      case Kind::obtain:
      case Kind::obtain_again:
        (void)obtain(step.worker);
        break;
    }
  }
  void enter(std::optional<WorkerId> by, Origin origin) {
    (void)driver_->enqueue(by, next, origin);
    inside.push_back(next++);
  }
  void yield(WorkerId worker) {
    const auto task = obtain(worker);
    if (!task) return;
    (void)driver_->enqueue(worker, *task, Origin::yield);
    inside.push_back(*task);
  }
  std::optional<Index> obtain(WorkerId worker) {
    const bool promised = driver_->has_work(worker);
    const auto task = driver_->obtain(worker);
    obtained.push_back(task);
    RC_ASSERT(promised == task.has_value());  // P2: true if and only if something can be obtained
    if (!task) {
      RC_ASSERT(!promised_.work_conserving || inside.empty());  // P2
      return task;
    }
    const auto place = std::find(inside.begin(), inside.end(), *task);
    RC_ASSERT(place != inside.end());                                         // P1: not doubled
    RC_ASSERT(promised_.order != Ordering::fifo || place == inside.begin());  // P5
    inside.erase(place);
    return task;
  }

  Index next = 0;
  std::deque<Index> inside;
  std::vector<std::optional<Index>> obtained;

 private:
  static SettingValues small(const DrivenPolicy& policy, SettingValues settings) {
    for (const SettingInfo& info : policy.settings) {
      if (info.name == "ring") settings.emplace("ring", std::int64_t{4});
      if (info.name == "threshold") settings.emplace("threshold", std::int64_t{2});
    }
    return settings;
  }

  const Guarantees promised_;
  const std::unique_ptr<Driven> driver_;
};

class PoliciesDriven : public ::testing::TestWithParam<DrivenPolicy> {};
class PoliciesConservingWorkDriven : public PoliciesDriven {};
class PoliciesKeepingOrderDriven : public PoliciesDriven {};
class PoliciesBoundingWaitsDriven : public PoliciesDriven {};

std::string name_of(const ::testing::TestParamInfo<DrivenPolicy>& info) { return test_name(info.param.name); }
INSTANTIATE_TEST_SUITE_P(All, PoliciesDriven, those(always), name_of);
INSTANTIATE_TEST_SUITE_P(Those, PoliciesConservingWorkDriven, those(conserves_work), name_of);
INSTANTIATE_TEST_SUITE_P(Those, PoliciesKeepingOrderDriven, those(keeps_order), name_of);
INSTANTIATE_TEST_SUITE_P(Those, PoliciesBoundingWaitsDriven, those(bounds_waits), name_of);

TEST_P(PoliciesDriven, LoseNoTaskAndDoubleNone) {
  for (const SettingValues& settings : variants_that(GetParam(), always)) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 5);
      const auto script = steps(workers);
      History history(GetParam(), workers, 1, settings, script.size());
      for (const Step& step : script) history.play(step);
      for (WorkerId worker = 0; worker < workers; ++worker) {
        while (history.obtain(worker)) {
        }
      }
      RC_ASSERT(history.inside.empty());  // P1: not lost
    }));
  }
}

// P2: a single worker, of any number, finds everything if the policy conserves work.
TEST_P(PoliciesConservingWorkDriven, LeaveNothingOutOfTheReachOfAnyWorker) {
  for (const SettingValues& settings : variants_that(GetParam(), conserves_work)) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 5);
      const auto script = steps(workers);
      const auto last = *rc::gen::inRange<WorkerId>(0, workers);
      History history(GetParam(), workers, 1, settings, script.size());
      for (const Step& step : script) history.play(step);
      while (!history.inside.empty()) RC_ASSERT(history.obtain(last).has_value());
    }));
  }
}

// P7: the same steps give the same tasks, whatever the seed if that is promised, and always for the same seed.
TEST_P(PoliciesDriven, DecideTheSameFromTheSameInputs) {
  for (const SettingValues& settings : variants_that(GetParam(), always)) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 5);
      const auto script = steps(workers);
      const std::uint64_t other_seed = GetParam().guarantees_with(settings).deterministic ? 2 : 1;
      History one(GetParam(), workers, 1, settings, script.size());
      History two(GetParam(), workers, other_seed, settings, script.size());
      for (const Step& step : script) one.play(step);
      for (const Step& step : script) two.play(step);
      RC_ASSERT(one.obtained == two.obtained);
    }));
  }
}

// P5: two tasks from one producer leave in their order.
TEST_P(PoliciesKeepingOrderDriven, KeepTheOrderOfEachProducer) {
  for (const SettingValues& settings : variants_that(GetParam(), keeps_order)) {
    EXPECT_TRUE(rc::check([&] {
      const auto producers = *rc::gen::container<std::vector<WorkerId>>(rc::gen::inRange<WorkerId>(0, 3));
      const auto takers =
          *rc::gen::container<std::vector<WorkerId>>(producers.size(), rc::gen::inRange<WorkerId>(0, 2));
      const auto driver = GetParam().drive(2, 1, settings, producers.size(), "compact");
      for (Index i = 0; i < producers.size(); ++i)
        (void)driver->enqueue(producers[i] == 2 ? outside : std::optional(producers[i]), i, Origin::spawn);
      std::array<Index, 3> latest{};
      for (const WorkerId taker : takers) {
        const Index task = driver->obtain(taker).value();
        RC_ASSERT(latest[producers[task]] <= task);
        latest[producers[task]] = task;
      }
    }));
  }
}

// P4: others yield, or wake each other, for ever; a task that came later still runs, within the promised number of
// picks.
TEST_P(PoliciesBoundingWaitsDriven, KeepNoTaskWaitingLongerThanTheyPromise) {
  for (const SettingValues& settings : variants_that(GetParam(), bounds_waits)) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 4);
      // How each busy task comes back: a yield, or a wake by the worker that ran it.
      const auto busy =
          *rc::gen::container<std::vector<bool>>(*rc::gen::inRange<std::size_t>(1, 9), rc::gen::arbitrary<bool>());
      const auto producer = *rc::gen::inRange<WorkerId>(0, workers + 1);
      const auto origin = *rc::gen::element(Origin::spawn, Origin::wake);
      const Index waiting = busy.size();
      const auto driver = GetParam().drive(workers, 1, settings, busy.size() + 1, "compact");
      auto come_back = [&](WorkerId worker, Index task) {
        (void)driver->enqueue(worker, task, busy[task] ? Origin::wake : Origin::yield);
      };
      for (Index i = 0; i < busy.size(); ++i)
        (void)driver->enqueue(static_cast<WorkerId>(i % workers), i, Origin::spawn);
      (void)driver->enqueue(producer == workers ? outside : std::optional(producer), waiting, origin);
      const std::size_t bound = GetParam().guarantees_with(settings).starvation_factor * (busy.size() + 1) * workers;
      std::size_t picks = 0;
      for (bool done = false; !done; ++picks) {
        RC_ASSERT(picks <= bound);
        const auto worker = static_cast<WorkerId>(picks % workers);
        const auto task = driver->pick(worker);  // thieves cannot be relied on: every worker has its own to do
        if (!task) continue;
        if (*task == waiting)
          done = true;
        else
          come_back(worker, *task);
      }
    }));
  }
}

}  // namespace
}  // namespace rota::schedulers
