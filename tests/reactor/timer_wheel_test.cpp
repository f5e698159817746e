// The timer wheel against a sorted map, from nanoseconds to centuries (R3).
#include "reactor/timer_wheel.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace rota {
namespace {

using Id = TimerWheel::Id;

TimePoint at(std::int64_t ns) { return TimePoint(Duration(ns)); }

std::vector<Id> fired_by(TimerWheel& wheel, TimePoint now) {
  std::vector<Id> fired;
  wheel.advance(now, [&](Id id) { fired.push_back(id); });
  return fired;
}

// From one nanosecond to years, each order of magnitude as likely as another; half of them next to a power of two,
// where ticks, slots and levels change.
Duration any_duration() {
  const int bits = *rc::gen::inRange(0, 60);
  const std::int64_t power = std::int64_t{1} << bits;
  const bool edge = *rc::gen::arbitrary<bool>();
  return Duration(edge ? power + *rc::gen::inRange(bits < 2 ? 0 : -2, 3)
                       : *rc::gen::inRange<std::int64_t>(power / 2, power + 1));
}

// The wheel and what it must agree with: a map from deadline to ids in order of submission.
struct Compared {
  TimerWheel wheel;
  std::multimap<TimePoint, Id> model;
  TimePoint now = at(0);
  Id next_id = 0;

  void add(TimePoint deadline) {
    wheel.add(deadline, next_id);
    model.emplace(deadline, next_id++);
  }

  void remove(Id id) {
    const auto found = std::find_if(model.begin(), model.end(), [id](const auto& timer) { return timer.second == id; });
    RC_ASSERT(wheel.contains(id) == (found != model.end()));
    RC_ASSERT(wheel.remove(id) == (found != model.end()));
    if (found != model.end()) model.erase(found);
  }

  void advance(TimePoint to) {
    now = std::max(now, to);
    std::vector<Id> expected;
    for (; !model.empty() && model.begin()->first <= now; model.erase(model.begin()))
      expected.push_back(model.begin()->second);
    RC_ASSERT(fired_by(wheel, now) == expected);
  }

  void check() const {
    RC_ASSERT(wheel.empty() == model.empty());
    const TimePoint earliest = model.empty() ? never : model.begin()->first;
    RC_ASSERT(wheel.next_expiry() <= earliest);
    RC_ASSERT((wheel.next_expiry() == never) == (earliest == never));
    // Within the 64 ticks that are current it is exact.
    if (!model.empty() && earliest.time_since_epoch().count() >> 16 <= now.time_since_epoch().count() >> 16)
      RC_ASSERT(wheel.next_expiry() == earliest);
  }

  void step() {
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
      case 1:
        return add(later(now, any_duration()));
      case 2:
        return add(now - any_duration() / 4);
      case 3:
        return add(model.empty() ? now
                                 : std::next(model.begin(), *rc::gen::inRange<long>(0, std::ssize(model)))->first);
      case 4:
        return remove(*rc::gen::inRange<Id>(0, next_id + 1));
      case 5:
        return advance(later(now, any_duration()));
      case 6:
        return advance(model.empty() ? now : std::min(wheel.next_expiry(), at(std::int64_t{1} << 62)));
      default:
        return advance(now + Duration(*rc::gen::inRange(0, 3000)));
    }
  }
};

// R3: the same timers at the same times in the same order as the model, whatever is added, removed and skipped.
RC_GTEST_PROP(TimerWheel, FiresWhatASortedMapWould, ()) {
  Compared compared;
  compared.advance(at(any_duration().count()));
  const int steps = *rc::gen::inRange(1, 200);
  for (int i = 0; i < steps; ++i) {
    compared.step();
    compared.check();
  }
  compared.advance(never);
  compared.check();
}

// R3: many timers in few ticks, where ids share slots and cascades meet.
RC_GTEST_PROP(TimerWheel, KeepsOrderAmongCrowdedDeadlines, ()) {
  Compared compared;
  compared.advance(at((std::int64_t{1} << *rc::gen::inRange(10, 40)) - *rc::gen::inRange(0, 4000)));
  for (int i = 0; i < 300; ++i) {
    if (*rc::gen::inRange(0, 3) > 0)
      compared.add(compared.now + Duration(*rc::gen::inRange(0, 1 << 18)));
    else
      compared.advance(compared.now + Duration(*rc::gen::inRange(0, 1 << 14)));
    compared.check();
  }
  compared.advance(never);
}

// Sleeping until next_expiry, again and again, arrives at the deadline exactly and after few steps.
RC_GTEST_PROP(TimerWheel, LeadsASleeperToTheDeadlineInFewSteps, ()) {
  TimerWheel wheel;
  TimePoint now = at(any_duration().count());
  (void)fired_by(wheel, now);
  const TimePoint deadline = later(now, any_duration());
  wheel.add(deadline, 0);
  int sleeps = 0;
  while (fired_by(wheel, now).empty()) {
    RC_ASSERT(wheel.next_expiry() > now);
    now = wheel.next_expiry();
    RC_ASSERT(++sleeps <= 9);
  }
  RC_ASSERT(now >= deadline);
  RC_ASSERT(sleeps == 0 || now == deadline);
}

TEST(TimerWheel, FiresEqualDeadlinesInOrderOfSubmission) {  // R3, also when they were added at different levels
  TimerWheel wheel;
  const TimePoint deadline = at((5 << 16) + 700);
  wheel.add(deadline, 3);
  (void)fired_by(wheel, at(4 << 16));
  wheel.add(deadline, 1);
  (void)fired_by(wheel, at(5 << 16));
  wheel.add(deadline, 2);
  EXPECT_EQ(fired_by(wheel, deadline), (std::vector<Id>{3, 1, 2}));
}

TEST(TimerWheel, DoesNotFireANanosecondEarly) {  // R3
  TimerWheel wheel;
  for (const std::int64_t ns : {1'000'000'000LL, 1'000'000'512LL, 1'000'000'513LL})
    wheel.add(at(ns), static_cast<Id>(ns % 1000));
  EXPECT_TRUE(fired_by(wheel, at(999'999'999)).empty());
  EXPECT_EQ(fired_by(wheel, at(1'000'000'000)), (std::vector<Id>{0}));
  EXPECT_TRUE(fired_by(wheel, at(1'000'000'511)).empty());
  EXPECT_EQ(fired_by(wheel, at(1'000'000'512)), (std::vector<Id>{512}));
  EXPECT_EQ(fired_by(wheel, at(1'000'000'513)), (std::vector<Id>{513}));
}

// R3: at each level, the last slot before the wrap and the first after it, seen from just before the wrap.
TEST(TimerWheel, LosesNothingWhereALevelWrapsAround) {
  for (int level = 1; level <= 8; ++level) {
    const std::int64_t wrap = std::int64_t{1} << (10 + 6 * level);
    TimerWheel wheel;
    (void)fired_by(wheel, at(wrap - 1500));
    const std::vector<std::int64_t> deadlines{wrap - 1, wrap, wrap + 1, wrap + wrap - 1, wrap + wrap};
    for (Id id = 0; id < deadlines.size(); ++id) wheel.add(at(deadlines[id]), id);
    for (Id id = 0; id < deadlines.size(); ++id) {
      EXPECT_TRUE(fired_by(wheel, at(deadlines[id] - 1)).empty()) << "level " << level;
      EXPECT_EQ(fired_by(wheel, at(deadlines[id])), std::vector<Id>{id}) << "level " << level;
    }
    EXPECT_TRUE(wheel.empty());
  }
}

TEST(TimerWheel, HoldsTheLastTimePointThereIs) {
  TimerWheel wheel;
  wheel.add(never, 0);
  wheel.add(never - Duration(1), 1);
  EXPECT_EQ(fired_by(wheel, never - Duration(1)), std::vector<Id>{1});
  EXPECT_EQ(fired_by(wheel, never), std::vector<Id>{0});
}

TEST(TimerWheel, IsNotDisturbedByAClockThatStepsBack) {
  TimerWheel wheel;
  (void)fired_by(wheel, at(5'000'000));
  wheel.add(at(1'000'000), 0);
  wheel.add(at(5'000'100), 1);
  EXPECT_EQ(fired_by(wheel, at(2'000'000)), std::vector<Id>{0});
  EXPECT_EQ(fired_by(wheel, at(5'000'100)), std::vector<Id>{1});
}

}  // namespace
}  // namespace rota
