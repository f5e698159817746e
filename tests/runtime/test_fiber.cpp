// Fibers: tasks with a stack of their own.
#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "runtime/sync/event.hpp"
#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

// Each call takes a few hundred bytes of stack.
[[gnu::noinline]] std::uint64_t deep(int depth) {
  volatile std::byte room[200];
  room[0] = std::byte{1};
  return depth == 0 ? 0 : deep(depth - 1) + static_cast<std::uint64_t>(room[0]);
}

TEST(Fibers, RecurseDeepWithinTheStackTheyAreGiven) {
  auto runtime = rt(2, {.fiber_stack = 4096});
  std::vector<JoinHandle<E, std::uint64_t>> joins;
  for (int i = 0; i < 8; ++i) {
    joins.push_back(runtime.spawn_fiber([](FiberContext<E>& fiber) {
      const std::uint64_t before = deep(4000);
      fiber.yield();
      return before + deep(4000);
    }));
  }
  for (auto& join : joins) EXPECT_EQ(join.join_blocking(), 8000U);
}

TEST(FibersDeath, ThatOverrunTheirStackMeetAGuardPageAndNotTheNextStack) {
  if (sanitized) GTEST_SKIP() << "the sanitizer has a report of its own for it";
  EXPECT_DEATH(
      {
        auto runtime = rt(1, {.fiber_stack = 16});
        runtime.spawn_fiber([](FiberContext<E>&) { return deep(10'000); }).join_blocking();
      },
      "");
}

TEST(Fibers, GiveValuesExceptionsAndMoveOnlyResults) {
  auto runtime = rt(2);
  EXPECT_EQ(runtime.spawn_fiber([](FiberContext<E>&) { return 5; }).join_blocking(), 5);
  EXPECT_EQ(*runtime.spawn_fiber([](FiberContext<E>&) { return std::make_unique<int>(6); }).join_blocking(), 6);
  auto throws = runtime.spawn_fiber([](FiberContext<E>& fiber) {
    fiber.yield();
    throw std::runtime_error("thrown on a fiber");
  });
  EXPECT_THROW(throws.join_blocking(), std::runtime_error);
  const auto kept = std::make_shared<int>(7);
  EXPECT_EQ(runtime.spawn_fiber([kept](FiberContext<E>&) { return *kept; }).join_blocking(), 7);
  EXPECT_EQ(kept.use_count(), 1) << "the callable was destroyed with its task";
}

TEST(Fibers, CatchTheirOwnExceptionsAcrossSuspensions) {
  auto runtime = rt(4);
  std::vector<JoinHandle<E, int>> joins;
  for (int i = 0; i < 50; ++i) {
    joins.push_back(runtime.spawn_fiber([](FiberContext<E>& fiber) {
      int caught = 0;
      for (int k = 0; k < 20; ++k) {
        try {
          fiber.yield();
          if (k % 2 == 0) throw k;
          fiber.yield();
        } catch (int) {
          ++caught;
        }
      }
      return caught;
    }));
  }
  for (auto& join : joins) EXPECT_EQ(join.join_blocking(), 10);
}

TEST(Fibers, ByTheThousandWaitTogether) {
  auto runtime = rt(2);
  Event<E> go;
  Atomic<int> inside{0};
  const int count = sanitized ? 500 : 4000;
  std::vector<JoinHandle<E, int>> joins;
  for (int i = 0; i < count; ++i) {
    joins.push_back(runtime.spawn_fiber([&, i](FiberContext<E>& fiber) {
      inside.fetch_add(1, Order::relaxed);
      fiber.await(go.wait());
      return i;
    }));
  }
  wait_until([&] { return inside.load(Order::relaxed) == count; });
  go.set();
  for (int i = 0; i < count; ++i) EXPECT_EQ(joins[static_cast<std::size_t>(i)].join_blocking(), i);
}

// Moved between threads at every turn, a fiber always finds the worker it is on.
TEST(Fibers, KnowTheirWorkerAfterEachMove) {
  auto runtime = rt(4);
  std::vector<JoinHandle<E, std::set<void*>>> joins;
  Atomic<int> wrong{0};
  const int turns = rounds(2000);
  for (int i = 0; i < 20; ++i) {
    joins.push_back(runtime.spawn_fiber([&](FiberContext<E>& fiber) {
      std::set<void*> workers;
      for (int k = 0; k < turns; ++k) {
        auto* const here = Worker<E>::current();
        auto child = here->executor().spawn([]() -> Job<E, void*> { co_return Worker<E>::current(); }());
        workers.insert(here);
        if (here != E::context()) wrong.fetch_add(1, Order::relaxed);
        if (fiber.await(child.join()) == nullptr) wrong.fetch_add(1, Order::relaxed);
      }
      return workers;
    }));
  }
  std::set<void*> all;
  for (auto& join : joins) all.merge(join.join_blocking());
  EXPECT_EQ(wrong.load(Order::relaxed), 0);
  EXPECT_GE(all.size(), 2U) << "no fiber ran on a second worker, so nothing was tested";
}

TEST(Fibers, UseTheStacksOfThoseThatEnded) {
  auto runtime = rt(1);
  std::set<const void*> stacks;
  for (int i = 0; i < 200; ++i) {
    stacks.insert(runtime.spawn_fiber([](FiberContext<E>&) -> const void* { return __builtin_frame_address(0); })
                      .join_blocking());
  }
  EXPECT_LT(stacks.size(), 10U);
}
TEST(Fibers, UseTheStacksOfThoseThatEndedWhateverSizeIsAskedFor) {
  auto& pool = E::global<StackPool<E>>();
  for (const std::size_t bytes : {std::size_t{33 * 1024}, std::size_t{64 * 1024}}) {
    Stack first = pool.take(bytes);
    first.low()[0] = std::byte{42};  // a new stack would be zero
    Stack other = pool.take(std::size_t{128 * 1024});
    pool.give(std::move(first));
    pool.give(std::move(other));
    EXPECT_EQ(pool.take(bytes).low()[0], std::byte{42}) << bytes;
  }
}

TEST(Fibers, AwaitOneAnotherAndCoroutines) {
  auto runtime = rt(2);
  auto inner = runtime.spawn_fiber([](FiberContext<E>& fiber) {
    fiber.yield();
    return 3;
  });
  auto outer = runtime.spawn_fiber([&](FiberContext<E>& fiber) { return fiber.await(inner.join()) + 1; });
  EXPECT_EQ(runtime.block_on([](JoinHandle<E, int>& join) -> Job<E, int> { co_return co_await join + 1; }(outer)), 5);
}

TEST(Fibers, WhoseCallableCannotBeMovedInGiveTheirSlotAndStackBack) {
  struct Throws {
    bool armed = false;
    explicit Throws(bool a) : armed(a) {}
    Throws(const Throws&) = delete;
    Throws(Throws&& other) : armed(other.armed) {
      if (armed && ++moves() > 1) throw std::runtime_error("will not move");
    }
    static int& moves() {
      static int count = 0;
      return count;
    }
    void operator()(FiberContext<E>&) {}
  };
  auto runtime = rt(1);
  EXPECT_THROW((void)runtime.spawn_fiber(Throws(true)), std::runtime_error);
  EXPECT_EQ(runtime.counters().spawned, 0U);
  runtime.spawn_fiber(Throws(false)).join_blocking();
}

TEST(StackMemory, ThatTheSystemRefusesIsAnErrorThatNamesTheLimit) {
  try {
    const Stack stack(std::size_t{1} << 48);
    FAIL() << "the system gave 256 TiB";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("max_map_count"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace rota::testing
