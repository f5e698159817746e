// What every policy of this build must keep when one thread drives it step by step: tasks are conserved (P1), has_work
// tells the truth (P2), and what it promises about waiting (P4), order (P5) and determinism (P7) holds.
// The list of policies is generated, so a new one is covered without a line here.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <set>

#include "tests/schedulers/policy_driver.hpp"

namespace rota::schedulers {
namespace {

// A slot in front of a policy that steals nothing, to see that it works over any.
using SlotOverFifo = LifoSlot<E, Fifo<E>>;
template <class... P> using WithSlotOverFifo = ::testing::Types<P..., SlotOverFifo>;
using Policies = AllPolicies<E, WithSlotOverFifo>;

struct PolicyName {
  template <class P> static std::string GetName(int) {
    return test_name(P::name) + (std::is_same_v<P, SlotOverFifo> ? "_over_fifo" : "");
  }
};

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
template <class P> class History {
 public:
  History(unsigned workers, std::uint64_t seed, const SettingValues& settings, std::size_t length)
      : driver(workers, seed, small(settings), length, "scatter") {}

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
    (void)driver.enqueue(by, next, origin);
    inside.push_back(next++);
  }
  void yield(WorkerId worker) {
    const auto task = obtain(worker);
    if (!task) return;
    (void)driver.enqueue(worker, *task, Origin::yield);
    inside.push_back(*task);
  }
  std::optional<Index> obtain(WorkerId worker) {
    const bool promised = driver.has_work(worker);
    const auto task = driver.obtain(worker);
    obtained.push_back(task);
    RC_ASSERT(promised == task.has_value());  // P2: true if and only if something can be obtained
    if (!task) {
      RC_ASSERT(!P::guarantees.work_conserving || inside.empty());  // P2
      return task;
    }
    const auto place = std::find(inside.begin(), inside.end(), *task);
    RC_ASSERT(place != inside.end());                                             // P1: not doubled
    RC_ASSERT(P::guarantees.order != Ordering::fifo || place == inside.begin());  // P5
    inside.erase(place);
    return task;
  }

  Driver<P> driver;
  Index next = 0;
  std::deque<Index> inside;
  std::vector<std::optional<Index>> obtained;

 private:
  static SettingValues small(SettingValues settings) {
    for (const SettingInfo& info : describe<typename P::Config>()) {
      if (info.name == "ring") settings.emplace("ring", std::int64_t{4});
      if (info.name == "threshold") settings.emplace("threshold", std::int64_t{2});
    }
    return settings;
  }
};

template <class P> class PoliciesDriven : public ::testing::Test {};
TYPED_TEST_SUITE(PoliciesDriven, Policies, PolicyName);

// The promises are tested for the policies that make them.
template <class... Lists> struct Join;
template <class... P> struct Join<::testing::Types<P...>> {
  using type = ::testing::Types<P...>;
};
template <class... P, class... Q, class... Rest>
struct Join<::testing::Types<P...>, ::testing::Types<Q...>, Rest...> : Join<::testing::Types<P..., Q...>, Rest...> {};

template <auto Promised, class List> struct Those;
template <auto Promised, class... P> struct Those<Promised, ::testing::Types<P...>> {
  using type =
      typename Join<::testing::Types<>,
                    std::conditional_t<Promised(P::guarantees), ::testing::Types<P>, ::testing::Types<>>...>::type;
};
constexpr bool conserving(const Guarantees& g) { return g.work_conserving; }
constexpr bool ordered(const Guarantees& g) { return g.order != Ordering::none; }
constexpr bool bounded(const Guarantees& g) { return g.starvation_factor > 0; }

template <class P> class PoliciesConservingWorkDriven : public ::testing::Test {};
using Conserving = Those<conserving, Policies>::type;
TYPED_TEST_SUITE(PoliciesConservingWorkDriven, Conserving, PolicyName);
template <class P> class PoliciesKeepingOrderDriven : public ::testing::Test {};
using Ordered = Those<ordered, Policies>::type;
TYPED_TEST_SUITE(PoliciesKeepingOrderDriven, Ordered, PolicyName);
template <class P> class PoliciesBoundingWaitsDriven : public ::testing::Test {};
using Bounded = Those<bounded, Policies>::type;
TYPED_TEST_SUITE(PoliciesBoundingWaitsDriven, Bounded, PolicyName);

TYPED_TEST(PoliciesDriven, LoseNoTaskAndDoubleNone) {
  for (const SettingValues& settings : variants<TypeParam>()) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 5);
      const auto script = steps(workers);
      History<TypeParam> history(workers, 1, settings, script.size());
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
TYPED_TEST(PoliciesConservingWorkDriven, LeaveNothingOutOfTheReachOfAnyWorker) {
  for (const SettingValues& settings : variants<TypeParam>()) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 5);
      const auto script = steps(workers);
      const auto last = *rc::gen::inRange<WorkerId>(0, workers);
      History<TypeParam> history(workers, 1, settings, script.size());
      for (const Step& step : script) history.play(step);
      while (!history.inside.empty()) RC_ASSERT(history.obtain(last).has_value());
    }));
  }
}

// P7: the same steps give the same tasks, whatever the seed if that is promised, and always for the same seed.
TYPED_TEST(PoliciesDriven, DecideTheSameFromTheSameInputs) {
  for (const SettingValues& settings : variants<TypeParam>()) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 5);
      const auto script = steps(workers);
      const std::uint64_t other_seed = TypeParam::guarantees.deterministic ? 2 : 1;
      History<TypeParam> one(workers, 1, settings, script.size());
      History<TypeParam> two(workers, other_seed, settings, script.size());
      for (const Step& step : script) one.play(step);
      for (const Step& step : script) two.play(step);
      RC_ASSERT(one.obtained == two.obtained);
    }));
  }
}

// P5: two tasks from one producer leave in their order.
TYPED_TEST(PoliciesKeepingOrderDriven, KeepTheOrderOfEachProducer) {
  for (const SettingValues& settings : variants<TypeParam>()) {
    EXPECT_TRUE(rc::check([&] {
      const auto producers = *rc::gen::container<std::vector<WorkerId>>(rc::gen::inRange<WorkerId>(0, 3));
      const auto takers =
          *rc::gen::container<std::vector<WorkerId>>(producers.size(), rc::gen::inRange<WorkerId>(0, 2));
      Driver<TypeParam> driver(2, 1, settings, producers.size());
      for (Index i = 0; i < producers.size(); ++i)
        (void)driver.enqueue(producers[i] == 2 ? outside : std::optional(producers[i]), i, Origin::spawn);
      std::array<Index, 3> latest{};
      for (const WorkerId taker : takers) {
        const Index task = driver.obtain(taker).value();
        RC_ASSERT(latest[producers[task]] <= task);
        latest[producers[task]] = task;
      }
    }));
  }
}

// P4: others yield, or wake each other, for ever; a task that came later still runs, within the promised number of
// picks.
TYPED_TEST(PoliciesBoundingWaitsDriven, KeepNoTaskWaitingLongerThanTheyPromise) {
  for (const SettingValues& settings : variants<TypeParam>()) {
    EXPECT_TRUE(rc::check([&] {
      const auto workers = *rc::gen::inRange<unsigned>(1, 4);
      // How each busy task comes back: a yield, or a wake by the worker that ran it.
      const auto busy =
          *rc::gen::container<std::vector<bool>>(*rc::gen::inRange<std::size_t>(1, 9), rc::gen::arbitrary<bool>());
      const auto producer = *rc::gen::inRange<WorkerId>(0, workers + 1);
      const auto origin = *rc::gen::element(Origin::spawn, Origin::wake);
      const Index waiting = busy.size();
      Driver<TypeParam> driver(workers, 1, settings, busy.size() + 1);
      auto come_back = [&](WorkerId worker, Index task) {
        (void)driver.enqueue(worker, task, busy[task] ? Origin::wake : Origin::yield);
      };
      for (Index i = 0; i < busy.size(); ++i)
        (void)driver.enqueue(static_cast<WorkerId>(i % workers), i, Origin::spawn);
      (void)driver.enqueue(producer == workers ? outside : std::optional(producer), waiting, origin);
      const std::size_t bound = TypeParam::guarantees.starvation_factor * (busy.size() + 1) * workers;
      std::size_t picks = 0;
      for (bool done = false; !done; ++picks) {
        RC_ASSERT(picks <= bound);
        const auto worker = static_cast<WorkerId>(picks % workers);
        const auto task = driver.pick(worker);  // thieves cannot be relied on: every worker has its own to do
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
