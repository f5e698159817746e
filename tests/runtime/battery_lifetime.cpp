// The battery, lifetimes: locals, parameters and temporaries are destroyed once, in order, whatever ends the coroutine.
#include <array>
#include <memory>

#include "tests/support/battery.hpp"

namespace rota::testing {
namespace {

struct Pair {
  Tracked first, second;
};
template <class K> Co<K, int> sum_of(Pair pair) {
  co_return pair.first.value() + co_await later<K>(pair.second.value());
}
template <class K> Co<K, int> value_of(Tracked tracked) { co_return co_await later<K>(tracked.value()); }
template <class K> Co<K, int> value_at(const Tracked& tracked) { co_return co_await later<K>(tracked.value()); }

BATTERY(CoroutineLifetime, AggregateTemporaryInAnAwaitedExpression, 3) {
  co_return co_await sum_of<K>(Pair{Tracked(probe, 1), Tracked(probe, 2)});
}
BATTERY(CoroutineLifetime, AggregateTemporaryWithoutLocals, 7) {
  if (co_await sum_of<K>({Tracked(probe, 3), Tracked(probe, 4)}) == 7) co_return 7;
  co_return 0;
}
BATTERY(CoroutineLifetime, TemporariesLiveUntilTheEndOfTheExpression, 5) {
  co_return co_await value_at<K>(Tracked(probe, 5));
}
BATTERY(CoroutineLifetime, TemporariesOfAConditionAreGoneInTheBody, 1) {
  if (co_await value_at<K>(Tracked(probe, 5)) == 5) co_return probe.alive == 0;
  co_return 0;
}
BATTERY(CoroutineLifetime, TemporariesOfALoopsConditionAreDestroyedEachTime, 4) {
  int turns = 0;
  while (co_await value_at<K>(Tracked(probe, turns)) < 4) {
    if (probe.alive != 0) co_return -1;
    ++turns;
  }
  co_return turns;
}
BATTERY(CoroutineLifetime, TemporaryOfTheBranchNotTakenIsNeverMade, 1) {
  const int one =
      co_await later<K>(true) ? co_await value_of<K>(Tracked(probe, 1)) : co_await value_of<K>(Tracked(probe, 2));
  co_return one + probe.alive;
}
BATTERY(CoroutineLifetime, ReferenceExtendsATemporaryAcrossAwaits, 6) {
  const Tracked& extended = Tracked(probe, 6);
  co_await later<K>(0);
  co_return extended.value();
}
BATTERY(CoroutineLifetime, ByValueParametersAreCopiedIntoTheFrame, 8) {
  Co<K, int> waiting = value_of<K>(Tracked(probe, 8));
  const int alive = probe.alive;
  co_return co_await std::move(waiting) * alive;
}
BATTERY(CoroutineLifetime, ReferencesStayReferences, 9) {
  Tracked local(probe, 9);
  int written = 0;
  const auto write = [](int& target, int value) -> Co<K, int> {
    target = co_await later<K>(value);
    co_return 0;
  };
  co_await write(written, co_await value_at<K>(local));
  co_return written;
}
template <class K> Co<K, int> three_locals(Probe& probe) {
  const Tracked a(probe, 0, 'a');
  co_await later<K>(0);
  const Tracked b(probe, 0, 'b');
  {
    const Tracked inner(probe, 0, 'i');
    co_await later<K>(0);
  }
  const Tracked c(probe, 0, 'c');
  co_return co_await later<K>(1);
}
BATTERY(CoroutineLifetime, LocalsAreDestroyedInReverseOrder, 1) {
  co_await three_locals<K>(probe);
  co_return probe.order == "icba";
}
template <class K> Co<K, int> parameter_and_local(Tracked parameter, Probe& probe) {
  const Tracked local(probe, 0, 'l');
  co_return co_await later<K>(parameter.value());
}
BATTERY(CoroutineLifetime, LocalsAreDestroyedBeforeParameters, 1) {
  {
    co_await parameter_and_local<K>(Tracked(probe, 0, 'p'), probe);
  }
  co_return probe.order == "lp";
}
BATTERY(CoroutineLifetime, EarlyReturnDestroysWhatWasMade, 1) {
  const Tracked made(probe, 0, 'm');
  if (co_await later<K>(true)) co_return probe.alive;
  const Tracked never(probe, 0, 'n');
  co_return -1;
}
BATTERY(CoroutineLifetime, MoveOnlyResult, 11) {
  auto made = co_await
      [](int value) -> Co<K, std::unique_ptr<int>> { co_return std::make_unique<int>(co_await later<K>(value)); }(11);
  co_return *made;
}
BATTERY(CoroutineLifetime, MoveOnlyParameter, 12) {
  co_return co_await
      [](std::unique_ptr<int> p) -> Co<K, int> { co_return co_await later<K>(*p); }(std::make_unique<int>(12));
}
BATTERY(CoroutineLifetime, TrackedResultIsDestroyedOnce, 13) {
  const Tracked result = co_await [](Probe& p) -> Co<K, Tracked> {
    Tracked local(p, 13);
    co_await later<K>(0);
    co_return local;
  }(probe);
  co_return result.value();
}
BATTERY(CoroutineLifetime, LambdaWithParametersOutlivesItsCall, 14) {
  auto waiting = [](Tracked a, int b) -> Co<K, int> { co_return co_await later<K>(a.value()) + b; }(Tracked(probe, 10),
                                                                                                    4);
  co_return co_await std::move(waiting);
}
BATTERY(CoroutineLifetime, LambdaThatCapturesWhileItLives, 15) {
  Tracked captured(probe, 5);
  const auto lambda = [&captured, ten = 10]() -> Co<K, int> { co_return co_await later<K>(ten) + captured.value(); };
  co_return co_await lambda();
}
BATTERY(CoroutineLifetime, RangeForKeepsItsRange, 6) {
  int sum = 0;
  for (const Tracked& one : co_await later<K>(std::array{Tracked(probe, 1), Tracked(probe, 2), Tracked(probe, 3)}))
    sum += co_await later<K>(one.value());
  co_return sum;
}
// No more than operator new gives: clang-19 does not align what asks for more (at -O0).
BATTERY(CoroutineLifetime, LocalAlignedAsOperatorNewAligns, 1) {
  struct alignas(16) Wide {
    int value = 1;
  };
  Wide wide;
  co_await later<K>(0);
  co_return reinterpret_cast<std::uintptr_t>(&wide) % 16 == 0 ? wide.value : 0;
}
BATTERY(CoroutineLifetime, NeverAwaitedChildIsDestroyedOnce, 0) {
  {
    const Co<K, int> unused = value_of<K>(Tracked(probe, 1));
  }
  ready_later.clear();  // where an eager one left itself
  co_return probe.alive;
}

// Exceptions.

int add(int a, const Tracked& b, const Tracked& c) { return a + b.value() + c.value(); }
BATTERY(CoroutineExceptions, OfAChildArriveInItsParent, 5) {
  try {
    co_return co_await failing<K>(5);
  } catch (int value) {
    co_return value;
  }
}
BATTERY(CoroutineExceptions, PassThroughThreeCoroutines, 6) {
  const auto middle = [](Probe& p) -> Co<K, int> {
    const Tracked unwound(p);
    co_return co_await failing<K>(6) + 100;
  };
  int caught = 0;
  try {
    co_await middle(probe);
  } catch (int value) {
    caught = value;
  }
  co_return caught + probe.alive;
}
BATTERY(CoroutineExceptions, AreCaughtBeforeAnAwaitInWhatFollows, 9) {
  int caught = 0;
  try {
    co_await failing<K>(4);
  } catch (int value) {
    caught = value;
  }
  co_return caught + co_await later<K>(5);
}
BATTERY(CoroutineExceptions, DestroyTemporariesOfTheFailedExpression, 3) {
  try {
    co_return add(co_await failing<K>(3), Tracked(probe, 1), Tracked(probe, 2));
  } catch (int value) {
    co_return value + probe.alive;
  }
}
BATTERY(CoroutineExceptions, ThrownBeforeTheFirstAwait, 2) {
  const auto thrower = [](int value) -> Co<K, int> {
    if (value != 0) throw value;
    co_return 0;
  };
  try {
    co_return co_await thrower(2);
  } catch (int value) {
    co_return value;
  }
}
BATTERY(CoroutineExceptions, InALoopLeaveNothingBehind, 10) {
  int caught = 0;
  for (int i = 0; i < 10; ++i) {
    const Tracked local(probe);
    try {
      co_await failing<K>(1);
    } catch (int value) {
      caught += value;
    }
  }
  co_return caught;
}

}  // namespace
}  // namespace rota::testing
