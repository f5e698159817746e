// What a program calls, in the world that has nothing more than it must.
#include "tests/runtime/env_archetype.hpp"

#include "reactor/simulated_reactor.hpp"
#include "runtime/io.hpp"
#include "runtime/sleep.hpp"
#include "runtime/sync/channel.hpp"
#include "runtime/sync/event.hpp"
#include "runtime/sync/latch.hpp"
#include "runtime/sync/semaphore.hpp"
#include "runtime/work.hpp"

namespace rota {

using E = Archetype;

template class SimulatedReactor<E>;
template class Event<E>;
template class Latch<E>;
template class Semaphore<E>;
template class Mutex<E>;
template class Channel<E, int>;
template class Oneshot<E, int>;

Job<E, int> program(Executor<E>& executor) {
  co_await work(executor, Cost{});
  co_await sleep_for<E>(Duration(1));
  (void)co_await receive<E>(0, {});
  co_return co_await executor.spawn_fiber([](FiberContext<E>& fiber) {
    fiber.yield();
    return 1;
  });
}
int run(Executor<E>& executor) { return executor.block_on(program(executor)); }

}  // namespace rota
