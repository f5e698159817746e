// What tasks wait for, with four workers, many tasks and cancels in between; and objects that die as soon as their
// waiter goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "runtime/sync/channel.hpp"
#include "runtime/sync/event.hpp"
#include "runtime/sync/latch.hpp"
#include "runtime/sync/semaphore.hpp"
#include "tests/support/race.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

template <template <Env> class Policy> struct With {
  static auto runtime() { return rt<Policy>(4); }
};
template <class W> class SyncStress : public ::testing::Test {
 protected:
  decltype(W::runtime()) runtime = W::runtime();
};
using Policies = ::testing::Types<With<OneQueue>, With<ManyQueues>>;
TYPED_TEST_SUITE(SyncStress, Policies);

template <class T> void join_all(std::vector<JoinHandle<E, T>>& joins, int& finished, int& cancelled) {
  for (auto& join : joins) {
    try {
      join.join_blocking();
      ++finished;
    } catch (const TaskCancelled&) {
      ++cancelled;
    }
  }
}

// `inside` is plain: two tasks in at once are a race and a wrong sum.
Job<E> enters(Mutex<E>& mutex, std::uint64_t& inside, int times) {
  for (int i = 0; i < times; ++i) {
    const auto guard = co_await mutex.lock();
    ++inside;
    if (i % 4 == 0) co_await yield();
  }
}
TYPED_TEST(SyncStress, MutexKeepsTasksApart) {
  Mutex<E> mutex;
  std::uint64_t inside = 0;
  const int times = rounds(500);
  std::vector<JoinHandle<E>> joins;
  for (int i = 0; i < 20; ++i) {
    joins.push_back(this->runtime.spawn(enters(mutex, inside, times)));
    joins.push_back(this->runtime.spawn_fiber([&](FiberContext<E>& fiber) {
      for (int k = 0; k < times; ++k) {
        const auto guard = fiber.await(mutex.lock());
        ++inside;
        if (k % 4 == 0) fiber.yield();
      }
    }));
  }
  int finished = 0, cancelled = 0;
  join_all(joins, finished, cancelled);
  EXPECT_EQ(inside, 40U * static_cast<unsigned>(times));
}

TYPED_TEST(SyncStress, SemaphoreLosesNoPermitToTasksThatAreCancelled) {
  static constexpr int permits = 3;
  Semaphore<E> semaphore(permits);
  Atomic<int> inside{0};
  for (int turn = 0; turn < rounds(100); ++turn) {
    std::vector<JoinHandle<E>> joins;
    for (int i = 0; i < 40; ++i) {
      joins.push_back(this->runtime.spawn([](Semaphore<E>& s, Atomic<int>& in) -> Job<E> {
        co_await s.acquire();
        struct Permit {
          Semaphore<E>& semaphore;
          Atomic<int>& count;
          ~Permit() {
            count.fetch_sub(1, Order::relaxed);
            semaphore.release();
          }
        } permit{s, in};
        EXPECT_LT(in.fetch_add(1, Order::relaxed), permits);
        co_await yield();
      }(semaphore, inside)));
    }
    for (std::size_t i = 0; i < joins.size(); i += 2) joins[i].cancel();
    int finished = 0, cancelled = 0;
    join_all(joins, finished, cancelled);
    EXPECT_GE(finished, 20);
    for (int i = 0; i < permits; ++i) ASSERT_TRUE(semaphore.try_acquire()) << "a permit was lost";
    ASSERT_FALSE(semaphore.try_acquire()) << "a permit was made up";
    for (int i = 0; i < permits; ++i) semaphore.release();
  }
}

Job<E> sends(Channel<E, int>& channel, int first, int count) {
  for (int i = 0; i < count; ++i) co_await channel.send(first + i);
}
Job<E, std::vector<int>> receives_all(Channel<E, int>& channel) {
  std::vector<int> got;
  while (const auto value = co_await channel.receive()) got.push_back(*value);
  co_return got;
}
Job<E> sends_ones(Channel<E, int>& channel, int count) {
  for (int i = 0; i < count; ++i) co_await channel.send(1);
}
TYPED_TEST(SyncStress, ChannelGivesEachValueOnceAndEachSendersInOrder) {
  const int count = rounds(3000);
  for (const std::size_t capacity : {1U, 7U}) {
    Channel<E, int> channel(capacity);
    std::vector<JoinHandle<E>> senders;
    std::vector<JoinHandle<E, std::vector<int>>> receivers;
    for (int i = 0; i < 4; ++i) receivers.push_back(this->runtime.spawn(receives_all(channel)));
    for (int i = 0; i < 4; ++i) senders.push_back(this->runtime.spawn(sends(channel, i * count, count)));
    for (auto& sender : senders) sender.join_blocking();
    channel.close();
    std::vector<int> seen(static_cast<std::size_t>(4 * count));
    for (auto& receiver : receivers) {
      std::vector<int> last(4, -1);
      for (const int value : receiver.join_blocking()) {
        ++seen[static_cast<std::size_t>(value)];
        EXPECT_LT(std::exchange(last[static_cast<std::size_t>(value / count)], value), value);
      }
    }
    EXPECT_TRUE(std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; }));
  }
}

TYPED_TEST(SyncStress, ChannelLosesNoValueToReceiversThatAreCancelled) {
  for (int turn = 0; turn < rounds(300); ++turn) {
    Channel<E, int> channel(2);
    Atomic<int> received{0};
    std::vector<JoinHandle<E>> tasks;
    for (int i = 0; i < 8; ++i) {
      tasks.push_back(this->runtime.spawn([](Channel<E, int>& from, Atomic<int>& sum) -> Job<E> {
        if (const auto value = co_await from.receive()) sum.fetch_add(*value, Order::relaxed);
      }(channel, received)));
    }
    auto sender = this->runtime.spawn(sends_ones(channel, 4));
    for (std::size_t i = 0; i < tasks.size(); i += 2) tasks[i].cancel();
    sender.join_blocking();
    channel.close();
    int finished = 0, cancelled = 0;
    join_all(tasks, finished, cancelled);
    while (const auto left = channel.try_receive()) received.fetch_add(*left, Order::relaxed);
    ASSERT_EQ(received.load(Order::relaxed), 4) << "values were lost";
  }
}

// A waiter may destroy what it waited for as soon as it goes on: so a latch in the frame of a parent is used. Whoever
// let it go on, here a thread, must have left by then; the sanitizers see it if not.
template <class Sync> struct Offer {  // from the task to the thread, for one use
  Atomic<Sync*> place{nullptr};
  Sync* take() {
    for (;; std::this_thread::yield()) {
      if (Sync* const taken = place.exchange(nullptr, Order::acq_rel)) return taken;
    }
  }
};
template <class Sync, class Wait>
Job<E> makes_waits_destroys(Offer<Sync>& offer, std::unique_ptr<Sync> made, Wait wait, bool offer_first) {
  const auto sync = std::move(made);  // it dies here, not with the frame
  if (!offer_first) co_await yield();
  offer.place.store(sync.get(), Order::release);
  if (offer_first) co_await yield();
  (void)co_await wait(*sync);
}
template <class Sync, class Make, class Wait, class Act>
void may_die(Executor<E>& executor, Make make, Wait wait, Act act) {
  Offer<Sync> offer;
  int round = 0;
  race(
      rounds(10'000), [&] { ++round; }, [] {},
      [&] { executor.block_on(makes_waits_destroys(offer, make(), wait, round % 2 == 0)); },
      [&] { act(*offer.take()); });
}
TYPED_TEST(SyncStress, LatchMayDieAsSoonAsItsWaiterGoesOn) {
  may_die<Latch<E>>(
      this->runtime, [] { return std::make_unique<Latch<E>>(1); }, [](Latch<E>& latch) { return latch.wait(); },
      [](Latch<E>& latch) { latch.count_down(); });
}
TYPED_TEST(SyncStress, SemaphoreMayDieAsSoonAsItsWaiterGoesOn) {
  may_die<Semaphore<E>>(
      this->runtime, [] { return std::make_unique<Semaphore<E>>(0); },
      [](Semaphore<E>& semaphore) { return semaphore.acquire(); },
      [](Semaphore<E>& semaphore) { semaphore.release(); });
}
TYPED_TEST(SyncStress, OneshotMayDieAsSoonAsItsReceiverGoesOn) {
  using One = Oneshot<E, int>;
  may_die<One>(
      this->runtime, [] { return std::make_unique<One>(); }, [](One& oneshot) { return oneshot.receive(); },
      [](One& oneshot) { oneshot.send(1); });
}
TYPED_TEST(SyncStress, ChannelMayDieAsSoonAsItsReceiverGoesOn) {
  using Ints = Channel<E, int>;
  may_die<Ints>(
      this->runtime, [] { return std::make_unique<Ints>(1); }, [](Ints& channel) { return channel.receive(); },
      [](Ints& channel) { EXPECT_TRUE(channel.try_send(1)); });
}

}  // namespace
}  // namespace rota::testing
