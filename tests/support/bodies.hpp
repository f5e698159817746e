// One test for both kinds of body: what waits is written once, as a coroutine or as a fiber that makes one wait.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/test_policy.hpp"
#include "tests/support/waits.hpp"

namespace rota::testing {

// Each gives spawn(executor, make): a task that awaits make() and returns what `then` makes of the result.
struct CoroutineBody {
  template <class Make, class Then>
  static auto body(Make make, Then then) -> Job<E, decltype(then())>
    requires std::is_void_v<decltype(make().take())>
  {
    co_await make();
    co_return then();
  }
  template <class Make, class Then> static auto body(Make make, Then then) -> Job<E, decltype(then(make().take()))> {
    co_return then(co_await make());
  }
  template <class Make, class Then> static auto spawn(Executor<E>& executor, Make make, Then then) {
    return executor.spawn(body(std::move(make), std::move(then)));
  }
};
struct FiberBodyKind {
  template <class Make, class Then> static auto spawn(Executor<E>& executor, Make make, Then then) {
    return executor.spawn_fiber([make = std::move(make), then = std::move(then)](FiberContext<E>& fiber) mutable {
      if constexpr (std::is_void_v<decltype(make().take())>) {
        fiber.await(make());
        return then();
      } else {
        return then(fiber.await(make()));
      }
    });
  }
};
using BothBodies = ::testing::Types<CoroutineBody, FiberBodyKind>;

// A fixture with one worker: after settle() every task that could run has run.
template <class Body> class WithBody : public ::testing::Test {
 protected:
  template <class Make, class Then> auto spawn(Make make, Then then) {
    return Body::spawn(runtime, std::move(make), std::move(then));
  }
  template <class Make> auto spawn(Make make) {
    return spawn(std::move(make), [](auto&&... result) { return (true && ... && static_cast<bool>(result)); });
  }
  void settle() { run_nothing(runtime); }
  Runtime<E, OneQueue<E>> runtime = rt(1);
};

}  // namespace rota::testing
