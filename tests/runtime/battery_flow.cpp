// The battery, control flow: awaits in conditions, loops, switches and operators, with and without locals.
#include <tuple>

#include "tests/support/battery.hpp"

namespace rota::testing {
namespace {

BATTERY(CoroutineFlow, ReturnsAtOnce, 7) { co_return 7; }
BATTERY(CoroutineFlow, ReturnsAnAwaitedValue, 7) { co_return co_await later<K>(7); }
BATTERY(CoroutineFlow, IfWithoutLocals, 1) {
  if (co_await later<K>(true)) co_return 1;
  co_return 2;
}
BATTERY(CoroutineFlow, IfNotTakenWithoutLocals, 2) {
  if (co_await later<K>(false)) co_return 1;
  co_return 2;
}
BATTERY(CoroutineFlow, IfElseWithLocals, 5) {
  int sum = 1;
  if (co_await later<K>(false)) {
    sum = 100;
  } else {
    sum += co_await later<K>(4);
  }
  co_return sum;
}
BATTERY(CoroutineFlow, IfWithInitializer, 9) {
  if (const int value = co_await later<K>(9); value > 3) co_return value;
  co_return 0;
}
BATTERY(CoroutineFlow, IfWithNestedAwaits, 3) {
  if (co_await later<K>(true)) {
    if (co_await later<K>(false)) co_return 2;
    co_return 3;
  }
  co_return 4;
}
template <class K> Co<K, bool> below(int& counter, int limit) {
  const bool more = counter < limit;
  ++counter;
  co_return co_await later<K>(more);
}
int calls;
BATTERY(CoroutineFlow, WhileWithoutLocals, 11) {
  calls = 0;
  while (co_await below<K>(calls, 10)) {
  }
  co_return calls;
}
BATTERY(CoroutineFlow, WhileWithLocals, 45) {
  int i = 0, sum = 0;
  while (co_await later<K>(i < 10)) sum += i++;
  co_return sum;
}
BATTERY(CoroutineFlow, DoWithoutLocals, 6) {
  calls = 0;
  do {
  } while (co_await below<K>(calls, 5));
  co_return calls;
}
BATTERY(CoroutineFlow, DoWithBreakAndContinue, 4) {
  int i = 0;
  do {
    if (++i < 3) continue;
    if (i == 4) break;
  } while (co_await later<K>(true));
  co_return i;
}
BATTERY(CoroutineFlow, ForWithAwaitsInAllThreeParts, 10) {
  int sum = 0;
  for (int i = co_await later<K>(0); co_await later<K>(i < 5); i += co_await later<K>(1)) sum += i;
  co_return sum;
}
BATTERY(CoroutineFlow, SwitchWithoutLocals, 20) {
  switch (co_await later<K>(2)) {
    case 1:
      co_return 10;
    case 2:
      co_return 20;
    default:
      co_return 30;
  }
}
BATTERY(CoroutineFlow, SwitchThatFallsThrough, 32) {
  int sum = 0;
  switch (co_await later<K>(2)) {
    case 1:
      sum += 1;
      [[fallthrough]];
    case 2:
      sum += co_await later<K>(2);
      [[fallthrough]];
    case 3:
      sum += 30;
      break;
    default:
      sum = -1;
  }
  co_return sum;
}
BATTERY(CoroutineFlow, SwitchDefault, 30) {
  switch (co_await later<K>(9)) {
    case 1:
      co_return 10;
    default:
      co_return co_await later<K>(30);
  }
}
BATTERY(CoroutineFlow, ConditionalOperatorAwaitsOneBranchOnly, 5) {
  calls = 0;
  co_return co_await later<K>(true) ? co_await later<K>(5) : (co_await below<K>(calls, 1), calls);
}
BATTERY(CoroutineFlow, ConditionalOperatorOtherBranch, 6) {
  co_return co_await later<K>(false) ? co_await later<K>(5) : co_await later<K>(6);
}
BATTERY(CoroutineFlow, AndStopsAtTheFirstFalse, 0) {
  calls = 0;
  if (co_await later<K>(false) && co_await below<K>(calls, 1)) co_return -1;
  co_return calls;
}
BATTERY(CoroutineFlow, AndGoesOnAfterTrue, 1) {
  calls = 0;
  const bool both = co_await later<K>(true) && co_await below<K>(calls, 1);
  co_return both ? calls : -1;
}
BATTERY(CoroutineFlow, OrStopsAtTheFirstTrue, 0) {
  calls = 0;
  if (co_await later<K>(true) || co_await below<K>(calls, 1)) co_return calls;
  co_return -1;
}
BATTERY(CoroutineFlow, OrGoesOnAfterFalse, 1) {
  calls = 0;
  const bool either = co_await later<K>(false) || co_await below<K>(calls, 1);
  co_return either ? calls : -1;
}
int add(int a, int b, int c) { return a + 10 * b + 100 * c; }
BATTERY(CoroutineFlow, AwaitsInArguments, 321) {
  co_return add(co_await later<K>(1), co_await child<K>(2), co_await later<K>(3));
}
BATTERY(CoroutineFlow, AwaitOfAnAwait, 4) { co_return co_await child<K>(co_await child<K>(co_await later<K>(4))); }
BATTERY(CoroutineFlow, AwaitInInitialisersAndIndices, 33) {
  const int list[] = {co_await later<K>(11), co_await later<K>(22), co_await later<K>(33)};
  co_return list[co_await later<K>(2)];
}
BATTERY(CoroutineFlow, CommaAndAssignment, 8) {
  int a = 1;
  a += (co_await later<K>(3), co_await later<K>(7));
  co_return a;
}
BATTERY(CoroutineFlow, RangeFor, 60) {
  int sum = 0;
  for (const int value : co_await later<K>(std::vector<int>{10, 20, 30})) sum += co_await later<K>(value);
  co_return sum;
}
BATTERY(CoroutineFlow, StructuredBindings, 12) {
  const auto [a, b] = co_await later<K>(std::pair<int, int>{3, 4});
  const auto& [c, d] = co_await later<K>(std::tuple<int, int>{co_await later<K>(2), 3});
  co_return a + b + c + d;
}
BATTERY(CoroutineFlow, EarlyReturnOutOfNestedLoops, 23) {
  for (int i = 0;; ++i)
    for (int j = 0; j < 5; ++j)
      if (co_await later<K>(i == 2 && j == 3)) co_return 10 * i + j;
}
BATTERY(CoroutineFlow, GotoAcrossAwaits, 3) {
  int i = 0;
again:
  ++i;
  if (co_await later<K>(i < 3)) goto again;
  co_return i;
}
template <class K> Co<K, int> fibonacci(int n) {
  if (n < 2) co_return n;
  co_return co_await fibonacci<K>(n - 1) + co_await fibonacci<K>(n - 2);
}
BATTERY(CoroutineFlow, Recursion, 144) { co_return co_await fibonacci<K>(12); }

}  // namespace
}  // namespace rota::testing
