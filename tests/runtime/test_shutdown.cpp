// Shutdown from every state, with spawns and wakes still arriving from threads that know nothing of it (P6).
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "runtime/sync/event.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

Job<E> waits(Event<E>& event, [[maybe_unused]] LifeToken token) { co_await event; }
Job<E> sleeps([[maybe_unused]] LifeToken token) { co_await sleep_until<E>(never); }
Job<E> yields_for_ever([[maybe_unused]] LifeToken token) {
  for (;;) co_await yield();
}
Job<E> nothing([[maybe_unused]] LifeToken token) { co_return; }
Job<E> joins(Executor<E>& executor, Event<E>& event, Atomic<int>& alive, LifeToken token) {
  auto join = executor.spawn(waits(event, std::move(token)));
  const LifeToken own(alive);
  co_await join;
}

template <class Runtime> void expect_all_ended(const Runtime& runtime, const Atomic<int>& alive) {
  const Counters now = runtime.counters();
  EXPECT_EQ(now.spawned, now.finished + now.cancelled) << "T3";
  EXPECT_EQ(alive.load(Order::relaxed), 0) << "T3: a body was destroyed twice or never";
}

class Shutdown : public ::testing::TestWithParam<std::tuple<unsigned, Driver>> {
 protected:
  [[nodiscard]] RuntimeConfig config() const { return {.driver = std::get<1>(GetParam())}; }
  [[nodiscard]] unsigned workers() const { return std::get<0>(GetParam()); }
  Event<E> never_set;
  Atomic<int> alive{0};
};
INSTANTIATE_TEST_SUITE_P(Workers, Shutdown,
                         ::testing::Combine(::testing::Values(1U, 2U, 4U),
                                            ::testing::Values(Driver::worker, Driver::thread)));

TEST_P(Shutdown, OfARuntimeThatNeverRanAnything) {
  for (int i = 0; i < rounds(2000); ++i) {
    auto runtime = rt(workers(), config());
    for (int wait = (i % 200) * 20; wait > 0; --wait) E::relax();  // its workers are caught in every step of a start
  }
}

TEST_P(Shutdown, EndsTasksInEveryState) {
  for (int i = 0; i < rounds(300); ++i) {
    auto runtime = rt<ManyQueues>(workers(), config());
    std::vector<JoinHandle<E>> kept;
    for (int k = 0; k < 5; ++k) {
      kept.push_back(runtime.spawn(waits(never_set, LifeToken(alive))));
      runtime.spawn(sleeps(LifeToken(alive))).detach();
      kept.push_back(runtime.spawn(yields_for_ever(LifeToken(alive))));
      runtime.spawn(joins(runtime, never_set, alive, LifeToken(alive))).detach();
      runtime.spawn(nothing(LifeToken(alive))).detach();
      kept.push_back(runtime.spawn_fiber([&, token = LifeToken(alive)](FiberContext<E>& fiber) {
        const LifeToken on_its_stack(alive);
        fiber.await(never_set.wait());
      }));
    }
    for (int wait = i % 7; wait > 0; --wait) std::this_thread::yield();
    runtime.shutdown();
    for (auto& join : kept) EXPECT_THROW(join.join_blocking(), TaskCancelled);
    expect_all_ended(runtime, alive);
  }
}

TEST_P(Shutdown, RefusesSpawnsFromThenOn) {
  auto runtime = rt(workers(), config());
  runtime.shutdown();
  auto refused = runtime.spawn(nothing(LifeToken(alive)));
  EXPECT_TRUE(refused.ended());
  EXPECT_THROW(refused.join_blocking(), TaskCancelled);
  auto fiber = runtime.spawn_fiber([token = LifeToken(alive)](FiberContext<E>&) { return 1; });
  EXPECT_THROW(fiber.join_blocking(), TaskCancelled);
  EXPECT_THROW(runtime.block_on(nothing(LifeToken(alive))), TaskCancelled);
  runtime.spawn(nothing(LifeToken(alive))).detach();
  runtime.shutdown();  // again: no effect
  expect_all_ended(runtime, alive);
}

TEST_P(Shutdown, WithSpawnsAndWakesStillArriving) {
  for (int i = 0; i < rounds(100); ++i) {
    auto runtime = rt(workers(), config());
    std::atomic<bool> over{false};
    std::vector<std::thread> threads;
    for (int k = 0; k < 2; ++k) {
      threads.emplace_back([&] {
        while (!over) {
          Event<E> event;
          auto join = runtime.spawn(waits(event, LifeToken(alive)));
          event.set();
          if (i % 2 == 0) join.cancel();
          try {
            join.join_blocking();
          } catch (const TaskCancelled&) {
          }
        }
      });
    }
    wait_until([&] { return runtime.counters().finished + runtime.counters().cancelled > 5; });
    runtime.shutdown();
    over = true;
    for (auto& thread : threads) thread.join();
    expect_all_ended(runtime, alive);
  }
}

// A foreign thread that wins a wake must find the runtime alive until it has left it, though the task it woke is ended
// by the shutdown at once.
TEST_P(Shutdown, WaitsForAWakeThatIsUnderWay) {
  WakerBox box;
  std::atomic<bool> over{false};
  std::thread waker([&] {
    while (!over) {
      if (const auto waker = box.try_take()) waker->wake();
    }
  });
  for (int i = 0; i < rounds(1000); ++i) {
    auto runtime = rt(workers(), config());
    runtime
        .spawn([](WakerBox& from, LifeToken) -> Job<E> {
          for (;;) co_await from.wait();
        }(box, LifeToken(alive)))
        .detach();
    for (int wait = i % 50; wait > 0; --wait) E::relax();
    runtime.shutdown();
    expect_all_ended(runtime, alive);
  }
  over = true;
  waker.join();
}

// A policy whose callers from outside take their time in it, after their task can already be ended.
template <Env World> class Lingering : public OneQueue<World> {
 public:
  using OneQueue<World>::OneQueue;
  ~Lingering() { EXPECT_EQ(inside().load(Order::acquire), 0) << "the runtime ended under a thread that was in it"; }
  WakeHint enqueue(Self* self, Runnable<World> task, EnqueueInfo info) noexcept {
    if (self == nullptr) inside().fetch_add(1, Order::acq_rel);
    const WakeHint hint = OneQueue<World>::enqueue(self, std::move(task), info);
    if (self == nullptr) {
      World::charge({std::chrono::microseconds(300)});
      inside().fetch_sub(1, Order::acq_rel);
    }
    return hint;
  }

 private:
  static Atomic<int>& inside() {
    static Atomic<int> count{0};
    return count;
  }
};
TEST_P(Shutdown, WaitsForThreadsThatAreStillInThePolicy) {
  WakerBox box;
  std::atomic<bool> over{false};
  std::thread waker([&] {
    while (!over) {
      if (const auto waker = box.try_take()) waker->wake();
    }
  });
  for (int i = 0; i < rounds(100); ++i) {
    auto runtime = rt<Lingering>(workers(), config());
    runtime
        .spawn([](WakerBox& from, LifeToken) -> Job<E> {
          for (;;) co_await from.wait();
        }(box, LifeToken(alive)))
        .detach();
    runtime.shutdown();
    expect_all_ended(runtime, alive);
  }
  over = true;
  waker.join();
}

struct ActsAtItsEnd {
  std::function<void()> act;
  ~ActsAtItsEnd() { act(); }
};
Job<E> waits_with(Event<E>& event, [[maybe_unused]] LifeToken token, std::function<void()> at_the_end) {
  const ActsAtItsEnd last{std::move(at_the_end)};
  co_await event;
}

TEST_P(Shutdown, WithDestructorsThatSpawnWakeAndCancel) {
  for (int i = 0; i < rounds(200); ++i) {
    Event<E> other_event;
    auto runtime = rt(workers(), config());
    auto victim = runtime.spawn(waits(never_set, LifeToken(alive)));
    runtime.spawn(waits(other_event, LifeToken(alive))).detach();
    runtime.spawn(waits_with(never_set, LifeToken(alive), [&] { other_event.set(); })).detach();
    runtime
        .spawn(waits_with(never_set, LifeToken(alive),
                          [&] { runtime.spawn(waits(never_set, LifeToken(alive))).detach(); }))
        .detach();
    runtime.spawn(waits_with(never_set, LifeToken(alive), [&] { victim.cancel(); })).detach();
    if (i % 2 == 0) run_nothing(runtime);
    runtime.shutdown();
    EXPECT_THROW(victim.join_blocking(), TaskCancelled);
    expect_all_ended(runtime, alive);
  }
}

[[gnu::noinline]] std::size_t workers_through_the_base(const Executor<E>& executor) {
  asm volatile("" ::: "memory");
  return executor.workers();
}
TEST_P(Shutdown, UnwindsFibersThatSwallowItAndWaitAgain) {
  int swallowed = 0;
  auto runtime = rt(workers(), config());
  auto join = runtime.spawn_fiber([&](FiberContext<E>& fiber) {
    for (int i = 0; i < 4; ++i) {
      try {
        if (i == 2) fiber.yield();
        fiber.await(never_set.wait());
      } catch (...) {
        ++swallowed;
      }
    }
  });
  wait_until([&] { return runtime.counters().parked >= workers(); });
  runtime.shutdown();
  EXPECT_THROW(join.join_blocking(), TaskCancelled);
  EXPECT_TRUE(swallowed == 4 || swallowed == 0) << swallowed;
  EXPECT_EQ(workers_through_the_base(runtime), workers()) << "the runtime was written over";
}

// What belongs to the world (slots, stacks) must outlive a runtime that was made before the first of them.
TEST(ShutdownAtExit, OfAStaticRuntimeFindsItsTasksSlotsAlive) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");  // in a process where no slot was made before
  EXPECT_EXIT(
      {
        static auto runtime = rt(1);
        static Atomic<int> alive{0};
        runtime.spawn(sleeps(LifeToken(alive))).detach();
        run_nothing(runtime);
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(ShutdownRulesDeath, ATaskThatShutsItsOwnRuntimeDownIsAContractFailure) {
  EXPECT_DEATH(
      {
        auto runtime = rt(1);
        runtime.block_on([](Executor<E>& own) -> Job<E> {
          own.shutdown();
          co_return;
        }(runtime));
      },
      "usage");
}

}  // namespace
}  // namespace rota::testing
