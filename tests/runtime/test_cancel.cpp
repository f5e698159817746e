// Cancelling a task in every state: its body is destroyed exactly once, its joiner is told, its wakers are stale.
#include <gtest/gtest.h>

#include "runtime/sync/event.hpp"
#include "tests/support/race.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

// The ways to be a task: each gives one that waits for an event, and holds a LifeToken.
struct AsCoroutine {
  static Job<E, int> body(Event<E>& event, [[maybe_unused]] LifeToken token) {
    co_await event.wait();
    co_return 7;
  }
  static auto spawn(Executor<E>& executor, Event<E>& event, Atomic<int>& alive) {
    return executor.spawn(body(event, LifeToken(alive)));
  }
};
struct AsFiber {
  static auto spawn(Executor<E>& executor, Event<E>& event, Atomic<int>& alive) {
    return executor.spawn_fiber([&event, token = LifeToken(alive), &alive](FiberContext<E>& fiber) {
      const LifeToken on_its_stack(alive);
      fiber.await(event.wait());
      return 7;
    });
  }
};

template <class Kind> class Cancel : public ::testing::Test {
 protected:
  auto spawn() { return Kind::spawn(runtime, event, alive); }
  void expect_balance(std::uint64_t finished, std::uint64_t cancelled) {
    wait_until([&] { return runtime.counters().finished + runtime.counters().cancelled >= finished + cancelled; });
    EXPECT_EQ(runtime.counters().finished, finished);
    EXPECT_EQ(runtime.counters().cancelled, cancelled);
    wait_until([&] { return alive.load(Order::relaxed) <= 0; });
    EXPECT_EQ(alive.load(Order::relaxed), 0) << "T3: a body is destroyed exactly once";
  }
  // One worker, one queue: once this task has run, those before it have run to their suspension. It counts as finished.
  void let_it_suspend() { run_nothing(runtime); }
  Event<E> event;
  Atomic<int> alive{0};
  Runtime<E, OneQueue<E>> runtime = rt(1);
};
using BothKinds = ::testing::Types<AsCoroutine, AsFiber>;
TYPED_TEST_SUITE(Cancel, BothKinds);

TYPED_TEST(Cancel, EndsASuspendedTaskWhereItWaits) {
  auto join = this->spawn();
  this->let_it_suspend();
  join.cancel();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  this->expect_balance(1, 1);
  this->event.set();  // nobody waits here any more
}

TYPED_TEST(Cancel, EndsAQueuedTaskBeforeItBegins) {
  HeldWorker held(this->runtime);
  auto join = this->spawn();
  join.cancel();
  held.let_go();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  this->expect_balance(1, 1);
}

TYPED_TEST(Cancel, OfAWokenTaskThatIsQueuedEndsIt) {
  auto join = this->spawn();
  this->let_it_suspend();
  HeldWorker held(this->runtime);
  this->event.set();
  join.cancel();
  held.let_go();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  this->expect_balance(2, 1);
}

TYPED_TEST(Cancel, TwiceIsOnce) {
  auto join = this->spawn();
  this->let_it_suspend();
  join.cancel();
  join.cancel();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  this->expect_balance(1, 1);
}

TYPED_TEST(Cancel, AfterTheEndKeepsTheOutcome) {
  auto join = this->spawn();
  this->event.set();
  wait_until([&] { return join.ended(); });
  join.cancel();
  EXPECT_EQ(join.join_blocking(), 7);
  this->expect_balance(1, 0);
}

TYPED_TEST(Cancel, OfADetachedHandlesTaskIsByItsHandleBeforeThat) {
  {
    auto join = this->spawn();
    this->let_it_suspend();
    join.cancel();
  }
  this->expect_balance(1, 1);
}

// A race with the wake, with two workers: the task ends once, one way or the other.
TYPED_TEST(Cancel, RacesWithTheWakeAndBothEndingsAreWhole) {
  auto workers = rt(2);
  std::optional<Event<E>> go;
  std::optional<decltype(TypeParam::spawn(workers, *go, this->alive))> join;
  int finished = 0, cancelled = 0;
  race(
      rounds(3000),
      [&] {
        go.emplace();
        join.emplace(TypeParam::spawn(workers, *go, this->alive));
      },
      [&] {
        try {
          ASSERT_EQ(join->join_blocking(), 7);
          ++finished;
        } catch (const TaskCancelled&) {
          ++cancelled;
        }
      },
      [&] { join->cancel(); }, [&] { go->set(); });
  EXPECT_EQ(this->alive.load(Order::relaxed), 0);
  EXPECT_EQ(workers.counters().finished, static_cast<std::uint64_t>(finished));
  EXPECT_EQ(workers.counters().cancelled, static_cast<std::uint64_t>(cancelled));
}

TEST(CancelRunning, EndsTheTaskAtItsNextSuspension) {
  auto runtime = rt(1);
  Atomic<int> stage{0}, alive{0};
  auto join = runtime.spawn([](Atomic<int>& at, LifeToken) -> Job<E> {
    at.store(1, Order::release);
    while (at.load(Order::acquire) == 1) E::relax();
    at.store(3, Order::release);  // a running task goes on …
    co_await yield();
    at.store(4, Order::release);  // … until it suspends or yields
  }(stage, LifeToken(alive)));
  wait_until([&] { return stage.load(Order::acquire) == 1; });
  join.cancel();
  stage.store(2, Order::release);
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  EXPECT_EQ(stage.load(Order::acquire), 3);
  EXPECT_EQ(alive.load(Order::relaxed), 0);
}

TEST(CancelRunning, ShowsTheDestructorsWhatWasWrittenBefore) {
  auto runtime = rt(1);
  struct Reads {
    const int& reason;
    int& seen;
    ~Reads() { seen = reason; }
  };
  int reason = 0, seen = 0;
  Atomic<bool> begun{false};
  auto join = runtime.spawn([](Atomic<bool>& started, const int& why, int& result) -> Job<E> {
    const Reads reads{why, result};
    started.store(true, Order::release);
    for (;;) co_await yield();
  }(begun, reason, seen));
  wait_until([&] { return begun.load(Order::acquire); });
  reason = 5;
  join.cancel();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  EXPECT_EQ(seen, 5);
}

TEST(CancelFiber, MeetsAFiberThatSwallowsItAtEveryFurtherWait) {
  auto runtime = rt(1);
  Event<E> event;
  int swallowed = 0;
  auto join = runtime.spawn_fiber([&](FiberContext<E>& fiber) {
    for (int i = 0; i < 5; ++i) {
      try {
        fiber.await(event.wait());
      } catch (...) {
        ++swallowed;
      }
    }
  });
  run_nothing(runtime);
  join.cancel();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  EXPECT_EQ(swallowed, 5);
}

}  // namespace
}  // namespace rota::testing
