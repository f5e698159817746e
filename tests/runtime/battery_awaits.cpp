// The battery, awaiting: nesting without end, symmetric transfer, and destruction of what is suspended.
#include "runtime/sync/event.hpp"
#include "tests/support/battery.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {
namespace {

[[gnu::noinline]] std::uintptr_t stack_here() { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }

// How far down the stack of one thread the marks lie.
struct Depth {
  std::uintptr_t lowest = ~std::uintptr_t{0}, highest = 0;
  void mark() {
    const std::uintptr_t here = stack_here();
    lowest = std::min(lowest, here);
    highest = std::max(highest, here);
  }
  [[nodiscard]] bool flat() const { return highest - lowest < 4096; }
};

template <class K> Co<K, int> nested(int depth, Depth& on_the_way, bool suspend_at_the_end) {
  on_the_way.mark();
  if (depth == 0) {
    if (suspend_at_the_end) co_await later<K>(0);
    co_return 0;
  }
  const int below = co_await nested<K>(depth - 1, on_the_way, suspend_at_the_end);
  on_the_way.mark();
  co_return below + 1;
}

// An eager coroutine begins on its caller's stack: only lazy ones can nest without end.
template <class K> void nest(bool suspend) {
  Depth depth;
  EXPECT_EQ(K::run([](Depth& marks, bool at_the_end) -> Co<K, int> {
              marks.mark();
              co_return co_await nested<K>(10'000, marks, at_the_end);
            }(depth, suspend)),
            10'000);
  // Before the suspension and after it the stack may begin elsewhere; a loop's turn or a transfer must add nothing.
  EXPECT_TRUE(depth.flat()) << "10 000 nested awaits took " << depth.highest - depth.lowest << " bytes of stack";
}
TEST_AT_LEVEL(CoroutineAwaits, NestWithoutStackByLazyCoroutines) {
  nest<PlainKind<false>>(false);
  nest<PlainKind<false>>(true);
}
TEST_AT_LEVEL(CoroutineAwaits, NestWithoutStackByJobs) {
  nest<JobKind>(false);
  nest<JobKind>(true);
}

template <class K> Co<K, int> many_in_a_row(int count, Depth& depth) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    depth.mark();
    sum += co_await child_at_once<K>(1);
  }
  co_return sum;
}
TEST_AT_LEVEL(CoroutineAwaits, OneAfterAnotherTakeNoStack) {
  Depth depth;
  EXPECT_EQ(JobKind::run(many_in_a_row<JobKind>(100'000, depth)), 100'000);
  EXPECT_TRUE(depth.flat());
}

BATTERY(CoroutineAwaits, ChildrenOfChildrenSuspend, 15) {
  const auto middle = [](int value) -> Co<K, int> {
    co_return co_await child<K>(value) + co_await child<K>(value + 1);
  };
  co_return co_await middle(3) + co_await middle(3) + 1;
}
BATTERY(CoroutineAwaits, ChildrenThatNeverSuspend, 6) {
  co_return co_await child_at_once<K>(1) + co_await child_at_once<K>(2) + co_await child_at_once<K>(3);
}
BATTERY(CoroutineAwaits, ChildMadeNowAwaitedLater, 3) {
  Co<K, int> made = child<K>(3);
  co_await later<K>(0);
  co_return co_await std::move(made);
}
BATTERY(CoroutineAwaits, AwaiterThatDoesNotSuspend, 4) {
  struct Ready {
    static bool await_ready() { return true; }
    static void await_suspend(std::coroutine_handle<>) { ADD_FAILURE(); }
    static int await_resume() { return 4; }
  };
  co_return co_await Ready();
}
BATTERY(CoroutineAwaits, AwaiterThatDeclinesToSuspend, 5) {
  struct Declines {
    static bool await_ready() { return false; }
    static bool await_suspend(std::coroutine_handle<>) { return false; }
    static int await_resume() { return 5; }
  };
  co_return co_await Declines();
}
BATTERY(CoroutineAwaits, AwaiterWhoseSuspendThrows, 6) {
  struct Throws {
    static bool await_ready() { return false; }
    static bool await_suspend(std::coroutine_handle<>) { throw 6; }
    static void await_resume() { ADD_FAILURE(); }
  };
  int caught = 0;
  try {
    co_await Throws();
  } catch (int value) {
    caught = value;
  }
  co_return caught + co_await later<K>(0);
}
BATTERY(CoroutineAwaits, AwaiterIsDestroyedOnceAfterItsResume, 3) {
  struct Awaiter : std::suspend_never {
    Tracked tracked;
    explicit Awaiter(Probe& p) : tracked(p, 2) {}
    [[nodiscard]] int await_resume() const { return tracked.value(); }
  };
  const int two = co_await Awaiter(probe);
  co_return two + (probe.alive == 0);
}
BATTERY(CoroutineAwaits, OperatorCoAwaitOfATemporary, 7) {
  struct Source {
    Tracked tracked;
    auto operator co_await() && { return typename K::template Later<int>{tracked.value()}; }
  };
  co_return co_await Source{Tracked(probe, 7)};
}

// Destruction of a coroutine that waits: each local once, each parameter once, children too.

template <class K, class Wait> Co<K, int> waits_for_ever(Tracked parameter, Probe& probe, Wait& wait) {
  const Tracked local(probe, 0, 'l');
  co_await wait(Tracked(probe, 0, 't'));
  co_return parameter.value();
}
template <class K, class Wait> Co<K, int> waits_in_a_child(Probe& probe, Wait& wait) {
  const Tracked outer(probe, 0, 'o');
  co_return co_await waits_for_ever<K>(Tracked(probe, 0, 'p'), probe, wait);
}

TEST_AT_LEVEL(CoroutineAwaits, DestroyedWhileSuspendedDestroyEachLocalOnce) {
  using K = PlainKind<false>;
  Probe probe;
  const auto wait = [](const Tracked&) { return std::suspend_always(); };
  {
    const auto body = waits_in_a_child<K>(probe, wait);
    body.frame().resume();
    EXPECT_EQ(probe.alive, 5) << "a parameter and its argument, two locals, and a temporary of the awaited expression";
  }
  EXPECT_EQ(probe.alive, 0);
  EXPECT_EQ(probe.order, "tlpo");
}

TEST_AT_LEVEL(CoroutineAwaits, CancelledWhileSuspendedDestroyEachLocalOnce) {  // T3
  Probe probe;
  Event<E> event;
  auto runtime = rt(1);
  const auto wait = [&](const Tracked&) { return event.wait(); };
  auto waiting = runtime.spawn(waits_in_a_child<JobKind>(probe, wait));
  run_nothing(runtime);
  waiting.cancel();
  EXPECT_THROW(waiting.join_blocking(), TaskCancelled);
  EXPECT_EQ(probe.alive, 0);
  EXPECT_EQ(probe.order, "tlpo");
}

}  // namespace
}  // namespace rota::testing
