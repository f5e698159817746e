// Waiting for time, and for something until a deadline. No test asserts how long anything took.
#include "runtime/sync/channel.hpp"
#include "runtime/sync/event.hpp"
#include "runtime/sync/semaphore.hpp"
#include "tests/support/bodies.hpp"

namespace rota::testing {
namespace {

using namespace std::chrono_literals;

template <class Body> class Timeouts : public WithBody<Body> {};
TYPED_TEST_SUITE(Timeouts, BothBodies);

TYPED_TEST(Timeouts, SleepIsNeverEarly) {  // R3
  for (const Duration delay : {0ns, 1ns, 1000ns, 300'000ns}) {
    const TimePoint before = E::now();
    this->spawn([&] { return sleep_for<E>(delay); }).join_blocking();
    EXPECT_GE(E::now(), before + delay);
  }
}

TYPED_TEST(Timeouts, SleepUntilNeverEndsByCancelAlone) {
  auto join = this->spawn([] { return sleep_until<E>(never); });
  this->settle();
  EXPECT_FALSE(join.ended());
  join.cancel();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  EXPECT_TRUE(this->runtime.reactor().idle()) << "the timer was withdrawn";
}

// The awaited thing and its timeout are one expression: both live in the frame until it is over.
Job<E, bool> waits_at_most(Event<E>& event, Duration limit) { co_return co_await timeout<E>(limit, event.wait()); }

TEST(Timeout, TellsBothOutcomesOfAWaitWithoutResult) {
  auto runtime = rt(1);
  Event<E> never_set, set;
  set.set();
  EXPECT_FALSE(runtime.block_on(waits_at_most(never_set, 100us)));
  EXPECT_FALSE(runtime.block_on(waits_at_most(never_set, -1s))) << "already late";
  EXPECT_TRUE(runtime.block_on(waits_at_most(set, -1s))) << "but what is ready, is";
  Event<E> later;
  auto join = runtime.spawn(waits_at_most(later, 1h));
  run_nothing(runtime);
  later.set();
  EXPECT_TRUE(join.join_blocking());
  EXPECT_TRUE(runtime.reactor().idle()) << "the timer was withdrawn";
}

TEST(Timeout, OfAFiberIsTheSame) {
  auto runtime = rt(1);
  Event<E> event;
  auto late = runtime.spawn_fiber([&](FiberContext<E>& fiber) { return fiber.await(timeout<E>(50us, event.wait())); });
  EXPECT_FALSE(late.join_blocking());
  auto soon = runtime.spawn_fiber([&](FiberContext<E>& fiber) { return fiber.await(timeout<E>(1h, event.wait())); });
  run_nothing(runtime);
  event.set();
  EXPECT_TRUE(soon.join_blocking());
}

TEST(Timeout, OfATaskLeavesTheTaskToBeJoinedLater) {
  auto runtime = rt(1);
  Event<E> go;
  const auto outcome = runtime.block_on([](Executor<E>& executor, Event<E>& event) -> Job<E, int> {
    auto join = executor.spawn([](Event<E>& e) -> Job<E, int> {
      co_await e;
      co_return 9;
    }(event));
    const std::optional<int> early = co_await timeout<E>(50us, join.join());
    event.set();
    const std::optional<int> later = co_await timeout<E>(1h, join.join());
    co_return early ? -1 : later.value_or(-2);
  }(runtime, go));
  EXPECT_EQ(outcome, 9);
}

TEST(Timeout, NestedTellsWhichOfThemEnded) {
  auto runtime = rt(1);
  Event<E> never_set;
  const auto run = [&](Duration inner, Duration outer) {
    return runtime.block_on([](Event<E>& event, Duration in, Duration out) -> Job<E, int> {
      const std::optional<bool> result = co_await timeout<E>(out, timeout<E>(in, event.wait()));
      co_return !result ? 0 : *result ? 2 : 1;
    }(never_set, inner, outer));
  };
  EXPECT_EQ(run(2ms, 1h), 1);
  EXPECT_EQ(run(1h, 2ms), 0);
  never_set.set();
  EXPECT_EQ(run(1h, 1h), 2);
}

TEST(Timeout, GivesBackAPermitThatCameTooLate) {
  auto runtime = rt(2);
  Semaphore<E> semaphore(0);
  for (int i = 0; i < rounds(2000); ++i) {
    auto join = runtime.spawn([](Semaphore<E>& permits) -> Job<E, bool> {
      co_return co_await timeout<E>(20us, permits.acquire());
    }(semaphore));
    for (int wait = (i * 37) % 600; wait > 0; --wait) E::relax();
    semaphore.release();
    const bool got = join.join_blocking();
    ASSERT_EQ(semaphore.try_acquire(), !got) << "one permit, for the task or for us";
  }
}

TEST(Timeout, KeepsAValueThatCameTooLate) {
  auto runtime = rt(2);
  Channel<E, int> channel(1);
  for (int i = 0; i < rounds(2000); ++i) {
    auto join = runtime.spawn([](Channel<E, int>& from) -> Job<E, int> {
      const auto got = co_await timeout<E>(20us, from.receive());
      co_return got && *got ? **got : -1;
    }(channel));
    for (int wait = (i * 37) % 600; wait > 0; --wait) E::relax();
    ASSERT_TRUE(channel.try_send(i));
    const int got = join.join_blocking();
    ASSERT_EQ(channel.try_receive().value_or(-1), got == i ? -1 : i);
  }
}

TEST(Timeout, WhoseTaskIsCancelledWithdrawsTimerAndWait) {
  auto runtime = rt(1);
  Event<E> event;
  auto join = runtime.spawn(waits_at_most(event, 1h));
  run_nothing(runtime);
  join.cancel();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  EXPECT_TRUE(runtime.reactor().idle());
  event.set();
}

// An inner wait that throws after the timer has the waker: the task goes on as if it had never waited.
struct ThrowsLateInArm : Awaitable<E, ThrowsLateInArm> {
  static bool ready() { return false; }
  static bool arm(Worker<E>&, Waker<E>) {
    E::charge({50us});  // long enough for the timer to fire meanwhile, on the other worker
    throw std::runtime_error("no room");
  }
  static bool disarm() { return true; }
  static void take() {}
};
// A thread that is off the processor for 10 µs arms a timer that is late, and then nothing throws: that round shows
// less, so the others are counted.
TEST(Timeout, OfAWaitThatThrowsLeavesTheTaskAsItWas) {
  auto runtime = rt(2);
  int thrown = 0;
  for (int i = 0; i < rounds(300); ++i) {
    Event<E> next;
    auto join = runtime.spawn([](Event<E>& event, int& caught) -> Job<E, bool> {
      try {
        if (co_await timeout<E>(10us, ThrowsLateInArm())) co_return false;
      } catch (const std::runtime_error&) {
        ++caught;
      }
      co_await event;
      co_return event.is_set();
    }(next, thrown));
    E::charge({100us});
    ASSERT_FALSE(join.ended()) << "W4";
    next.set();
    ASSERT_TRUE(join.join_blocking());
  }
  EXPECT_GT(thrown, 0) << "no round was the case that is meant";
}

}  // namespace
}  // namespace rota::testing
