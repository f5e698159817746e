// Event, latch, semaphore, mutex and oneshot, for coroutines and fibers alike.
#include "runtime/sync/channel.hpp"
#include "runtime/sync/event.hpp"
#include "runtime/sync/latch.hpp"
#include "runtime/sync/semaphore.hpp"
#include "tests/support/bodies.hpp"

namespace rota::testing {
namespace {

template <class Body> class Sync : public WithBody<Body> {};
TYPED_TEST_SUITE(Sync, BothBodies);

TYPED_TEST(Sync, EventWakesAllWhoWaitAndLetsLaterOnesThrough) {
  Event<E> event;
  auto first = this->spawn([&] { return event.wait(); });
  auto second = this->spawn([&] { return event.wait(); });
  this->settle();
  EXPECT_FALSE(first.ended());
  EXPECT_FALSE(event.is_set());
  event.set();
  first.join_blocking();
  second.join_blocking();
  this->spawn([&] { return event.wait(); }).join_blocking();
}

TYPED_TEST(Sync, EventThatIsResetMakesWaitAgain) {
  Event<E> event;
  event.set();
  event.reset();
  auto join = this->spawn([&] { return event.wait(); });
  this->settle();
  EXPECT_FALSE(join.ended());
  event.set();
  join.join_blocking();
}

TYPED_TEST(Sync, EventForgetsAWaiterThatWasCancelled) {
  Event<E> event;
  auto gone = this->spawn([&] { return event.wait(); });
  auto stays = this->spawn([&] { return event.wait(); });
  this->settle();
  gone.cancel();
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  event.set();
  EXPECT_TRUE(stays.join_blocking());
}

TYPED_TEST(Sync, LatchOpensAtItsLastCount) {
  Latch<E> latch(3);
  auto join = this->spawn([&] { return latch.wait(); });
  latch.count_down(2);
  this->settle();
  EXPECT_FALSE(join.ended());
  EXPECT_FALSE(latch.is_open());
  latch.count_down();
  join.join_blocking();
  EXPECT_TRUE(Latch<E>(0).is_open());
}

TYPED_TEST(Sync, SemaphoreServesInOrderOfArrival) {
  Semaphore<E> semaphore(0);
  std::vector<int> order;
  std::vector<JoinHandle<E, bool>> joins;
  for (int i = 0; i < 5; ++i) {
    joins.push_back(this->spawn([&] { return semaphore.acquire(); },
                                [&order, i] {
                                  order.push_back(i);
                                  return true;
                                }));
  }
  this->settle();
  EXPECT_FALSE(semaphore.try_acquire());
  for (int i = 0; i < 5; ++i) semaphore.release();
  EXPECT_FALSE(semaphore.try_acquire()) << "the permits belong to those who waited";
  for (auto& join : joins) join.join_blocking();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
  semaphore.release();
  EXPECT_TRUE(semaphore.try_acquire());
}

TYPED_TEST(Sync, SemaphoreGetsBackThePermitOfATaskCancelledWhileItWaits) {
  Semaphore<E> semaphore(0);
  auto gone = this->spawn([&] { return semaphore.acquire(); });
  auto next = this->spawn([&] { return semaphore.acquire(); });
  this->settle();
  gone.cancel();
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  semaphore.release();
  EXPECT_TRUE(next.join_blocking());
}

TYPED_TEST(Sync, SemaphoreGetsBackThePermitOfATaskCancelledAfterItsWake) {
  Semaphore<E> semaphore(0);
  auto gone = this->spawn([&] { return semaphore.acquire(); });
  auto next = this->spawn([&] { return semaphore.acquire(); });
  this->settle();
  HeldWorker held(this->runtime);
  semaphore.release();  // to the first, which does not come to take it
  gone.cancel();
  held.let_go();
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  EXPECT_TRUE(next.join_blocking());
  EXPECT_FALSE(semaphore.try_acquire()) << "there was one permit";
}

TYPED_TEST(Sync, MutexLetsOneInAtATimeAndAGuardLetsTheNextIn) {
  Mutex<E> mutex;
  using Guard = typename Mutex<E>::Guard;
  std::optional<Guard> kept;
  auto first = this->spawn([&] { return mutex.lock(); },
                           [&](Guard guard) {
                             kept.emplace(std::move(guard));
                             return true;
                           });
  first.join_blocking();
  auto second = this->spawn([&] { return mutex.lock(); }, [](Guard) { return true; });
  this->settle();
  EXPECT_FALSE(second.ended());
  kept.reset();
  EXPECT_TRUE(second.join_blocking());
}

TYPED_TEST(Sync, MutexOfATaskCancelledAfterItsWakeIsFree) {
  Mutex<E> mutex;
  using Guard = typename Mutex<E>::Guard;
  std::optional<Guard> kept;
  this->spawn([&] { return mutex.lock(); },
              [&](Guard guard) {
                kept.emplace(std::move(guard));
                return true;
              })
      .join_blocking();
  auto gone = this->spawn([&] { return mutex.lock(); }, [](Guard) { return true; });
  this->settle();
  HeldWorker held(this->runtime);
  kept.reset();
  gone.cancel();
  held.let_go();
  EXPECT_THROW(gone.join_blocking(), TaskCancelled);
  EXPECT_TRUE(this->spawn([&] { return mutex.lock(); }, [](Guard) { return true; }).join_blocking());
}

TYPED_TEST(Sync, OneshotGivesItsValueBeforeOrAfterTheWaitBegins) {
  Oneshot<E, int> early, late;
  early.send(5);
  EXPECT_EQ(this->spawn([&] { return early.receive(); }, [](int value) { return value; }).join_blocking(), 5);
  auto join = this->spawn([&] { return late.receive(); }, [](int value) { return value; });
  this->settle();
  late.send(6);
  EXPECT_EQ(join.join_blocking(), 6);
}

// An awaitable whose arm() throws leaves the task as it was: it goes on, and can wait for something else.
struct ThrowsInArm : Awaitable<E, ThrowsInArm> {
  static bool ready() { return false; }
  static bool arm(Worker<E>&, Waker<E>) { throw std::runtime_error("no room"); }
  static bool disarm() { return true; }
  static void take() {}
};
TYPED_TEST(Sync, AwaitableThatThrowsLeavesTheTaskAsItWas) {
  auto join = this->spawn([] { return ThrowsInArm(); });
  EXPECT_THROW(join.join_blocking(), std::runtime_error);
  Event<E> event;
  auto goes_on = this->runtime.spawn([](Event<E>& next) -> Job<E, int> {
    int caught = 0;
    try {
      co_await ThrowsInArm();
    } catch (const std::runtime_error&) {
      caught = 1;
    }
    co_await next;
    co_return caught;
  }(event));
  this->settle();
  EXPECT_FALSE(goes_on.ended());
  event.set();
  EXPECT_EQ(goes_on.join_blocking(), 1);
}

}  // namespace
}  // namespace rota::testing
