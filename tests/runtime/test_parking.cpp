// Who sleeps and who is woken: no wake-up is lost (P3), no sleeper is woken for two, an idle runtime is idle, and while
// somebody sleeps somebody drives the reactor (R4).
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/support/race.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"
#include "tests/support/watchdog.hpp"

namespace rota::testing {
namespace {

using namespace std::chrono_literals;

TEST(IdleSet, GivesEachAnnouncedWorkerToOneClaimOrRetract) {
  IdleSet<E> idle(130);  // three words
  std::array<std::atomic<int>, 130> given{};
  WorkerId mine = 0;
  const auto take_any = [&] {
    for (WorkerId id = 0; idle.claim_any(id);) ++given[id];
  };
  race(
      rounds(5000),
      [&] {
        mine = (mine + 7) % 130;
        for (auto& times : given) times = 0;
        for (WorkerId id = mine; id < 130; id += 3) idle.announce(id);
      },
      [&] {
        take_any();
        ASSERT_TRUE(idle.none());
        for (WorkerId id = 0; id < 130; ++id) ASSERT_EQ(given[id], id >= mine && (id - mine) % 3 == 0 ? 1 : 0) << id;
      },
      take_any, [&] { given[mine] += idle.retract(mine); }, [&] { given[mine] += idle.claim(mine); });
}

std::string describe(const Executor<E>& executor) {
  const Counters c = executor.counters();
  return "spawned " + std::to_string(c.spawned) + ", finished " + std::to_string(c.finished) + ", picked " +
         std::to_string(c.picked) + ", stolen " + std::to_string(c.stolen) + ", parked " + std::to_string(c.parked);
}

template <template <Env> class P, unsigned n> struct Setup {
  static auto runtime(const RuntimeConfig& config = {}) { return rt<P>(n, config); }
};
template <class S> class Parked : public ::testing::Test {
 protected:
  decltype(S::runtime()) runtime = S::runtime();
  Watchdog watchdog{[this] { return describe(runtime); }};
};
using Setups = ::testing::Types<Setup<OneQueue, 1>, Setup<OneQueue, 2>, Setup<OneQueue, 4>, Setup<ManyQueues, 1>,
                                Setup<ManyQueues, 2>, Setup<ManyQueues, 4>>;
TYPED_TEST_SUITE(Parked, Setups);

// What takes two workers to see.
template <class S> class ParkedTogether : public Parked<S> {};
using SetupsTogether =
    ::testing::Types<Setup<OneQueue, 2>, Setup<OneQueue, 4>, Setup<ManyQueues, 2>, Setup<ManyQueues, 4>>;
TYPED_TEST_SUITE(ParkedTogether, SetupsTogether);

Job<E> nothing() { co_return; }
Job<E> spawns(Executor<E>& executor, int count) {
  for (int i = 0; i < count; ++i) executor.spawn(nothing()).detach();
  co_return;
}

// Bursts that differ in size, with pauses that differ, so that workers are caught in every step of going to sleep. A
// lost wake-up stops it for good: nothing else arrives until the burst is over.
TYPED_TEST(Parked, LoseNoSpawnFromOutside) {  // P3
  Random random(11);
  std::uint64_t spawned = 0;
  for (int i = 0; i < rounds(20'000); ++i) {
    for (std::uint32_t burst = 1 + random.below(3); burst > 0; --burst, ++spawned)
      this->runtime.spawn(nothing()).detach();
    wait_until([&] { return this->runtime.counters().finished == spawned; });
    for (std::uint32_t wait = random.below(300); wait > 0; --wait) E::relax();
    this->watchdog.feed();
  }
}

TYPED_TEST(Parked, LoseNoSpawnFromInside) {  // P3
  Random random(12);
  std::uint64_t expected = 0;
  for (int i = 0; i < rounds(10'000); ++i) {
    const int count = static_cast<int>(random.below(6));
    this->runtime.spawn(spawns(this->runtime, count)).detach();
    expected += 1U + static_cast<unsigned>(count);
    wait_until([&] { return this->runtime.counters().finished == expected; });
    this->watchdog.feed();
  }
}

TYPED_TEST(Parked, LoseNoWakeFromOutside) {  // P3, W1
  constexpr int tasks = 3;
  std::array<WakerBox, tasks> boxes;
  Atomic<std::uint64_t> resumed{0};
  std::vector<JoinHandle<E>> joins;
  const int turns = rounds(10'000);
  for (auto& box : boxes) {
    joins.push_back(this->runtime.spawn([](WakerBox& from, Atomic<std::uint64_t>& count, int times) -> Job<E> {
      for (int i = 0; i < times; ++i) {
        co_await from.wait();
        count.fetch_add(1, Order::relaxed);
      }
    }(box, resumed, turns)));
  }
  for (int i = 0; i < turns; ++i) {
    for (auto& box : boxes) ASSERT_TRUE(box.take().wake());
    if (i % 3 == 0)
      wait_until([&] { return resumed.load(Order::relaxed) == static_cast<std::uint64_t>(tasks) * (i + 1); });
    this->watchdog.feed();
  }
  for (auto& join : joins) join.join_blocking();
}

// P2, P3: while one worker is held up, what its task left behind is run by another.
TYPED_TEST(ParkedTogether, RunsWhatABusyWorkerSpawned) {
  for (int i = 0; i < rounds(3000); ++i) {
    this->runtime.block_on([](Executor<E>& executor) -> Job<E> {
      Atomic<bool> ran{false};
      auto other = executor.spawn([](Atomic<bool>& flag) -> Job<E> {
        flag.store(true, Order::release);
        co_return;
      }(ran));
      while (!ran.load(Order::acquire)) std::this_thread::yield();  // this worker does nothing else
      co_await other;
    }(this->runtime));
    this->watchdog.feed();
  }
}

// P3: two tasks arrive while one worker searches, and each needs the other to run. Whoever leaves the search with the
// first must see to the second.
TYPED_TEST(ParkedTogether, RunsTwoTasksThatNeedEachOther) {
  const auto meets = [](Atomic<int>& here) -> Job<E> {
    here.fetch_add(1, Order::acq_rel);
    while (here.load(Order::acquire) < 2) std::this_thread::yield();
    co_return;
  };
  Random random(14);
  for (int i = 0; i < rounds(5000); ++i) {
    Atomic<int> here{0};
    auto first = this->runtime.spawn(meets(here));
    for (std::uint32_t wait = random.below(i % 2 == 0 ? 2000 : 20); wait > 0; --wait) asm volatile("");
    auto second = this->runtime.spawn(meets(here));
    first.join_blocking();
    second.join_blocking();
    this->watchdog.feed();
  }
}

TYPED_TEST(Parked, SleepsOnceAndStaysAsleepWhileThereIsNothingToDo) {
  this->runtime.block_on(nothing());
  // Each worker parks once more, and then no more: wait until a long quiet has passed, then look again after another.
  std::uint64_t before = 0;
  do {
    before = this->runtime.counters().parked;
    std::this_thread::sleep_for(50ms);
  } while (this->runtime.counters().parked != before || before < this->runtime.workers());
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(this->runtime.counters().parked, before);
}

// R4. One worker computes until the timer that it submitted has fired: only the other one can see to that. It slept
// without a deadline, or in the reactor until a much later one.
class TimersOfBusyWorkers : public ::testing::TestWithParam<Driver> {};
INSTANTIATE_TEST_SUITE_P(Drivers, TimersOfBusyWorkers, ::testing::Values(Driver::worker, Driver::thread));

TEST_P(TimersOfBusyWorkers, FireThoughTheyCompute) {
  auto runtime = rt<ManyQueues>(2, {.poll_interval = 1'000'000, .driver = GetParam()});
  Watchdog watchdog([&] { return describe(runtime); });
  auto much_later = runtime.spawn([]() -> Job<E> { co_await sleep_for<E>(1h); }());
  for (int i = 0; i < rounds(1000); ++i) {
    Atomic<bool> fired{false};
    if (i % 3 == 0) std::this_thread::sleep_for(100us);  // both sleep
    auto busy = runtime.spawn([](Executor<E>& executor, Atomic<bool>& flag) -> Job<E> {
      auto sleeper = executor.spawn([](Atomic<bool>& set) -> Job<E> {
        co_await sleep_for<E>(20us);
        set.store(true, Order::release);
      }(flag));
      co_await yield();  // the sleeper submits its timer, perhaps on this worker
      while (!flag.load(Order::acquire)) std::this_thread::yield();
      co_await sleeper;
    }(runtime, fired));
    busy.join_blocking();
    watchdog.feed();
  }
  much_later.cancel();
  EXPECT_THROW(much_later.join_blocking(), TaskCancelled);
}

// One task waits, the other computes until that has gone on. What wakes the first comes from the reactor, and nothing
// but the reactor's seat decides whether the idle worker sees it.
Job<E> waits_in(WakerBox& box, Atomic<bool>& gone_on) {
  co_await box.wait();
  gone_on.store(true, Order::release);
}
Job<E> sleeps(Duration delay, Atomic<bool>& gone_on) {
  co_await sleep_for<E>(delay);
  gone_on.store(true, Order::release);
}
Job<E> computes_until(Atomic<bool>& flag, Atomic<bool>& begun) {
  begun.store(true, Order::release);
  while (!flag.load(Order::acquire)) std::this_thread::yield();
  co_return;
}
Job<E> submits_and_computes_until(Executor<E>& executor, Waker<E> waker, Atomic<bool>& flag) {
  const Submitted submitted = executor.submit(Op::timer(E::now() + 10us), waker.token());
  if (submitted.complete) waker.wake();  // this thread was held up for longer than that: nothing will be reported
  while (!flag.load(Order::acquire)) std::this_thread::yield();
  executor.reactor().cancel(submitted.ticket);
  co_return;
}

TEST_P(TimersOfBusyWorkers, FireOnAnIdleWorkerThatSleptWhenTheyWereSubmitted) {
  auto runtime = rt(2, {.poll_interval = 1'000'000, .driver = GetParam()});
  Watchdog watchdog([&] { return describe(runtime); });
  for (int i = 0; i < rounds(1000); ++i) {
    WakerBox box;
    Atomic<bool> gone_on{false};
    auto waiting = runtime.spawn(waits_in(box, gone_on));
    const Waker<E> waker = box.take();
    std::this_thread::sleep_for(i % 2 == 0 ? 0us : 100us);  // now both sleep, one of them in the reactor
    runtime.block_on(submits_and_computes_until(runtime, waker, gone_on));
    waiting.join_blocking();
    watchdog.feed();
  }
}

TEST_P(TimersOfBusyWorkers, FireThoughTheirDriverWasTakenAwayToCompute) {
  auto runtime = rt(2, {.poll_interval = 1'000'000, .driver = GetParam()});
  Watchdog watchdog([&] { return describe(runtime); });
  for (int i = 0; i < rounds(100); ++i) {
    // While the second task holds its worker, the first's becomes the driver, since only it can run the sleeper. Then
    // both sleep, and the next task goes to the worker that the first one went to: the driver.
    Atomic<bool> over[2] = {}, begun[2] = {}, gone_on{false};
    auto first = runtime.spawn(computes_until(over[0], begun[0]));
    wait_until([&] { return begun[0].load(Order::acquire); });
    auto second = runtime.spawn(computes_until(over[1], begun[1]));
    wait_until([&] { return begun[1].load(Order::acquire); });
    over[0].store(true, Order::release);
    first.join_blocking();
    auto sleeper = runtime.spawn(sleeps(3ms, gone_on));
    std::this_thread::sleep_for(500us);
    over[1].store(true, Order::release);
    second.join_blocking();
    std::this_thread::sleep_for(500us);
    runtime.block_on(computes_until(gone_on, begun[0]));
    sleeper.join_blocking();
    watchdog.feed();
  }
}

TEST_P(TimersOfBusyWorkers, AllFireWhateverTheirOrder) {  // R3, R4
  for (const unsigned workers : {1U, 2U, 4U}) {
    auto runtime = rt(workers, {.driver = GetParam()});
    Watchdog watchdog([&] { return describe(runtime); });
    Random random(13);
    for (int turn = 0; turn < rounds(50); ++turn) {
      std::vector<JoinHandle<E, bool>> joins;
      for (int i = 0; i < 50; ++i) {
        joins.push_back(runtime.spawn([](Duration delay) -> Job<E, bool> {
          const TimePoint due = E::now() + delay;
          co_await sleep_for<E>(delay);
          co_return E::now() >= due;
        }(Duration(random.below(300'000)))));
      }
      for (auto& join : joins) EXPECT_TRUE(join.join_blocking()) << "early";
      watchdog.feed();
    }
  }
}

}  // namespace
}  // namespace rota::testing
