// A bounded channel between a producer and a consumer: the one is a fiber, the other a coroutine.
#include <cstdio>
#include <optional>

#include "reactor/registry.hpp"
#include "runtime/runtime.hpp"
#include "runtime/sync/channel.hpp"
#include "schedulers/work_stealing.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using E = env::Real;

// A plain function on a stack of its own: it may wait inside whatever it calls.
void produce(FiberContext<E>& fiber, Channel<E, int>& numbers) {
  for (int number = 1; number <= 5; ++number) {
    if (!fiber.await(numbers.send(number))) return;  // waits while two are under way; false once it is closed
  }
  numbers.close();
}

Job<E, int> consume(Channel<E, int>& numbers) {
  int sum = 0;
  while (const std::optional<int> number = co_await numbers.receive()) {
    std::printf("received %d\n", *number);
    sum += *number;
  }
  co_return sum;  // closed, and all that was sent has been received
}

}  // namespace

int main() {
  Runtime<E, schedulers::WorkStealing<E>> runtime(Placement(Topology::host(), "none", 2), {}, {}, make_reactor<E>());
  Channel<E, int> numbers(2);
  auto producer = runtime.spawn_fiber([&](FiberContext<E>& fiber) { produce(fiber, numbers); });
  std::printf("sum %d\n", runtime.block_on(consume(numbers)));
  producer.join_blocking();
}
