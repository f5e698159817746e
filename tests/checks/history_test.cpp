// The linearizability check on histories made by hand and drawn, the sequential specifications, and the scripts.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "checks/history/linearizable.hpp"
#include "checks/history/queues.hpp"
#include "checks/history/script.hpp"
#include "checks/history/specifications.hpp"

namespace rota::checks::history {
namespace {

struct Times {
  std::uint32_t begin, end;
};
constexpr std::uint8_t alone = 0;

Operation push(std::uint8_t thread, int value, Times times, std::uint8_t object = 0, bool fits = true) {
  return {.call = Call::push,
          .thread = thread,
          .object = object,
          .argument = {value},
          .result = {fits ? 1 : 0},
          .begin = times.begin,
          .end = times.end};
}
Operation call(Call name, std::uint8_t thread, const Values& result, Times times, std::uint8_t object = 0,
               std::uint8_t other = 0) {
  return {.call = name,
          .thread = thread,
          .object = object,
          .other = other,
          .result = result,
          .begin = times.begin,
          .end = times.end};
}
Operation pop(std::uint8_t thread, const Values& result, Times times) { return call(Call::pop, thread, result, times); }

template <class S>
bool linearizable(const std::vector<Operation>& history, const S& initial,
                  Precedence precedence = Precedence::real_time) {
  return linearize(cut(history, initial), initial, precedence).linearizable;
}

TEST(Linearizability, HoldsForCallsThatFollowOneAnother) {
  EXPECT_TRUE(linearizable({}, Fifo{}));
  EXPECT_TRUE(linearizable({push(1, 1, {1, 2}), push(2, 2, {3, 4}), pop(1, {1}, {5, 6}), pop(1, {2}, {7, 8})}, Fifo{}));
  EXPECT_TRUE(linearizable({pop(1, {}, {1, 2}), push(1, 1, {3, 4})}, Fifo{}));
}

TEST(Linearizability, FailsWhereTheOrderOfTheCallsIsNotThatOfTheResults) {
  EXPECT_FALSE(linearizable({push(1, 1, {1, 2}), push(2, 2, {3, 4}), pop(1, {2}, {5, 6})}, Fifo{}));
  EXPECT_FALSE(linearizable({push(1, 1, {1, 2}), pop(2, {}, {3, 4})}, Fifo{})) << "it was inside";
  EXPECT_FALSE(linearizable({push(1, 1, {1, 2}), pop(1, {1}, {3, 6}), pop(2, {1}, {4, 5})}, Fifo{})) << "twice";
  EXPECT_FALSE(linearizable({pop(1, {1}, {1, 2}), push(2, 1, {3, 4})}, Fifo{})) << "before it went in";
}

TEST(Linearizability, LetsOverlappingCallsTakeEffectInEitherOrder) {
  const Operation first = push(1, 1, {1, 4}), second = push(2, 2, {2, 3});
  EXPECT_TRUE(linearizable({first, second, pop(1, {1}, {5, 6}), pop(1, {2}, {7, 8})}, Fifo{}));
  EXPECT_TRUE(linearizable({first, second, pop(1, {2}, {5, 6}), pop(1, {1}, {7, 8})}, Fifo{}));
  EXPECT_TRUE(linearizable({push(1, 1, {1, 4}), pop(2, {}, {2, 3})}, Fifo{})) << "not yet inside";
  EXPECT_FALSE(linearizable({first, second, pop(1, {2}, {5, 6}), pop(1, {}, {7, 8})}, Fifo{}));
}

// Each pair of calls has an order, the three together have none.
TEST(Linearizability, FailsWhereOverlappingCallsContradictOneAnotherInACircle) {
  const std::vector<Operation> history{push(1, 1, {1, 2}), push(1, 2, {3, 8}), pop(2, {2}, {4, 9}),
                                       call(Call::length, 3, {2}, {5, 6}), pop(3, {}, {10, 11})};
  EXPECT_FALSE(linearizable(history, Fifo{}));
}

TEST(Linearizability, MayOrderAPendingCallOrLeaveItOut) {
  const Operation push_pending = push(1, 1, {1, still_pending});
  EXPECT_TRUE(linearizable({push_pending, pop(2, {1}, {2, 3})}, Fifo{})) << "it took effect";
  EXPECT_TRUE(linearizable({push_pending, pop(2, {}, {2, 3})}, Fifo{})) << "it did not";
  EXPECT_TRUE(linearizable({push(1, 1, {1, 2}), pop(1, {}, {3, still_pending}), pop(2, {}, {4, 5})}, Fifo{}));
  EXPECT_FALSE(linearizable({push_pending, pop(2, {1}, {2, 3}), pop(2, {1}, {4, 5})}, Fifo{})) << "not twice";
}

TEST(Linearizability, OrdersOnlyTheCallsOfOneThreadWhereProgramOrderIsAsked) {
  const std::vector<Operation> late{push(1, 1, {1, 2}), pop(2, {}, {3, 4}), pop(2, {1}, {5, 6})};
  EXPECT_FALSE(linearizable(late, Fifo{}));
  EXPECT_TRUE(linearizable(late, Fifo{}, Precedence::program));
  EXPECT_FALSE(linearizable({push(1, 1, {1, 2}), pop(1, {}, {3, 4})}, Fifo{}, Precedence::program));
  EXPECT_FALSE(linearizable({push(1, 1, {1, 2}), pop(alone, {}, {3, 4})}, Fifo{}, Precedence::program));
}

TEST(Linearizability, FindsAnOrderAmongManyCallsThatAllOverlap) {
  std::vector<Operation> history;
  for (int value = 1; value <= 8; ++value) history.push_back(push(1, value, {1, 100}));
  for (int value = 8; value >= 1; --value) history.push_back(pop(2, {value}, {2, 101}));
  const Answer answer = linearize(history, Fifo{});
  EXPECT_TRUE(answer.linearizable);
  EXPECT_EQ(answer.order.size(), history.size());
}

TEST(Linearizability, SaysWhichCallsCannotBeOrdered) {
  const std::vector<Operation> history{push(1, 7, {1, 2}), push(2, 9, {3, 4}), pop(3, {9}, {5, 6})};
  const Answer answer = linearize(history, Fifo{});
  ASSERT_FALSE(answer.linearizable);
  EXPECT_EQ(answer.order, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(answer.stuck, (std::vector<std::size_t>{2}));
  const std::string text = explain(history, answer);
  EXPECT_NE(text.find("pop(0) = task 9 of thread 3"), std::string::npos) << text;
  EXPECT_NE(text.find("push(0, task 7)"), std::string::npos) << text;
}

TEST(Linearizability, RefusesMoreCallsThanItCanHold) {
  const std::vector<Operation> history(129, push(1, 1, {1, 2}));
  EXPECT_THROW((void)linearize(history, Fifo{}), std::length_error);
}

// Few values and moments, so that calls overlap and results often fit by chance.
std::vector<Operation> drawn_history() {
  std::vector<Operation> history;
  int value = 0;
  const int count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    const auto begin = *rc::gen::inRange<std::uint32_t>(1, 8);
    const Times times{begin, begin + *rc::gen::inRange<std::uint32_t>(0, 6)};
    if (*rc::gen::arbitrary<bool>()) {
      history.push_back(push(1, ++value, times));
    } else {
      const int got = *rc::gen::inRange(0, 4);
      history.push_back(pop(2, got == 0 ? Values{} : Values{got}, times));
    }
  }
  return history;
}

bool some_order_fits(const std::vector<Operation>& history) {
  std::vector<std::size_t> order(history.size());
  std::iota(order.begin(), order.end(), 0);
  do {
    Fifo state;
    bool fits = true;
    for (std::size_t i = 0; fits && i < order.size(); ++i) {
      for (std::size_t j = i + 1; j < order.size(); ++j)
        fits = fits && history[order[j]].end >= history[order[i]].begin;
      fits = fits && state.apply(history[order[i]]);
    }
    if (fits) return true;
  } while (std::next_permutation(order.begin(), order.end()));
  return false;
}

RC_GTEST_PROP(Linearizability, IsWhatTryingAllOrdersFinds, ()) {
  const auto history = drawn_history();
  const bool expected = some_order_fits(history);
  RC_CLASSIFY(expected, "has an order");
  RC_ASSERT(linearize(history, Fifo{}).linearizable == expected);
}

// Between the claim and the publication a stolen task is in neither ring; a thief that comes meanwhile finds nothing.
TEST(RingSpecification, ShowsOthersTheMomentsWithinASteal) {
  std::vector<Operation> history{push(0, 1, {1, 2}),
                                 push(0, 2, {3, 4}),
                                 push(0, 3, {5, 6}),
                                 call(Call::steal_half, 2, {1}, {7, 20}, 0, 1),
                                 call(Call::pop, 1, {3}, {8, 9}, 0),
                                 call(Call::steal_half, 3, {}, {10, 11}, 1, 2)};
  EXPECT_TRUE(linearizable(history, Rings{}));
  history[3].end = 7;  // it was over before: the second task must be in the thief's ring
  history[3].begin = 7;
  history.pop_back();
  history.push_back(call(Call::steal_half, 3, {}, {10, 11}, 1, 2));
  EXPECT_FALSE(linearizable(history, Rings{}));
}

TEST(RingSpecification, RefusesAPushOnlyWhileTheRingIsFullOrClaimed) {
  std::vector<Operation> history{push(0, 1, {1, 2}), push(0, 2, {3, 4}), call(Call::steal_half, 2, {1}, {5, 8}, 0, 1),
                                 push(1, 3, {6, 7}, 0, false)};
  EXPECT_TRUE(linearizable(history, Rings{.capacity = 2}));
  history[2].end = 6;
  history[3].begin = 7;
  EXPECT_FALSE(linearizable(history, Rings{.capacity = 2})) << "the claim was released, so there was room";
}

TEST(RingSpecification, TakesTheOlderHalf) {
  const std::vector<Operation> filled{push(0, 1, {1, 2}), push(0, 2, {3, 4}), push(0, 3, {5, 6}), push(0, 4, {7, 8})};
  auto older = filled, younger = filled;
  older.push_back(call(Call::take_half, 1, {1, 2}, {9, 10}));
  younger.push_back(call(Call::take_half, 1, {3, 4}, {9, 10}));
  EXPECT_TRUE(linearizable(older, Rings{}));
  EXPECT_FALSE(linearizable(younger, Rings{}));
}

TEST(DequeSpecification, HasAYoungEndForItsOwnerAndAnOldOneForThieves) {
  const std::vector<Operation> filled{push(0, 1, {1, 2}), push(0, 2, {3, 4})};
  auto right = filled, wrong = filled;
  right.push_back(call(Call::pop, 1, {2}, {5, 6}));
  right.push_back(call(Call::pop_oldest, 2, {1}, {7, 8}));
  wrong.push_back(call(Call::pop, 1, {1}, {5, 6}));
  EXPECT_TRUE(linearizable(right, Deques{}));
  EXPECT_FALSE(linearizable(wrong, Deques{}));
}

TEST(IdleSpecification, GivesAWorkerToOneOfThoseWhoClaimIt) {
  const Operation announced = call(Call::announce, 1, {}, {1, 2});
  EXPECT_TRUE(
      linearizable({announced, call(Call::claim, 2, {1}, {3, 6}), call(Call::retract, 1, {0}, {4, 5})}, Idle{}));
  EXPECT_FALSE(
      linearizable({announced, call(Call::claim, 2, {1}, {3, 6}), call(Call::retract, 1, {1}, {4, 5})}, Idle{}));
  EXPECT_FALSE(linearizable({announced, call(Call::claim_any, 2, {}, {3, 4})}, Idle{})) << "somebody was there";
}

TEST(Script, RefusesWhatItsStructureDoesNotKnowAndSaysWhatItExpected) {
  const Grammar& ring = structure_named("local-ring").grammar;
  const auto message = [&](const char* text) -> std::string {
    try {
      (void)parse_script(text, ring);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message("4@-2 push:0 | pop:0 | steal_half:0:1"), "accepted");
  EXPECT_NE(message("4 | close:0").find("expected one of push pop"), std::string::npos) << message("4 | close:0");
  EXPECT_NE(message("4 | pop:0 | pop:0").find("for the owner of object 0"), std::string::npos);
  EXPECT_NE(message("nine").find("not a number"), std::string::npos);
  EXPECT_NE(message("").find("capacity"), std::string::npos);
  EXPECT_NE(message("4 | push:0 | steal_half:1:1").find("steals from itself"), std::string::npos);
  EXPECT_THROW((void)structure_named("stack"), std::invalid_argument);
}

RC_GTEST_PROP(Script, CanBeReadWheneverItWasDrawn, (std::uint64_t seed)) {
  Random random(seed);
  for (const Structure& structure : structures()) {
    const std::string text = draw_script(random, structure.grammar);
    const Script script = parse_script(text, structure.grammar);
    RC_ASSERT(script.threads.size() >= 3U);
    RC_ASSERT(script.objects <= most_objects);
  }
}

}  // namespace
}  // namespace rota::checks::history
