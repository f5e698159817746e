// Programs about the end of a runtime: its gate alone, and whole runtimes with one worker (P3, P6, T3).
#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"
#include "runtime/runtime.hpp"
#include "runtime/sync/event.hpp"
#include "schedulers/fifo.hpp"

namespace rota::checks::mechanism {
namespace {

using Fifo = schedulers::Fifo<E>;

// A runtime with one worker.
class OneWorker {
 public:
  OneWorker() : runtime(one_worker(), RuntimeConfig{}, Fifo::Config{}, std::make_unique<SimulatedReactor<E>>()) {}

  // After a shutdown: nothing lives, and the handle has an outcome.
  template <class T> void expect_ended(JoinHandle<E, T>& handle) {
    const Counters counters = runtime.counters();
    require(counters.spawned == counters.finished + counters.cancelled, "T3", "a task lives after the shutdown");
    require(handle.ended(), "P6", "a task that was spawned has no end after the shutdown");
    saw(counters.finished > 0 ? "finished" : counters.cancelled > 0 ? "cancelled" : "refused");
  }

  Runtime<E, Fifo> runtime;
};

Job<E, int> answer() { co_return 7; }
Job<E> waits_for(Event<E>& event) { co_await event; }

}  // namespace

void a_spawn_meets_the_gate() {
  Gate<E> gate;
  bool admitted = false;
  E::thread spawner = start("spawner", [&] { admitted = gate.admit(); });
  gate.close();
  const std::uint64_t counted = gate.spawned();
  spawner.join();
  saw(admitted ? "admitted" : "refused");
  require(!admitted || counted == 1, "P6", "a shutdown overlooked a task that had been let in");
}

// Whoever is inside may still use the runtime: what it did there happens before the end.
void a_visit_meets_the_end() {
  Gate<E> gate;
  Cell<int> runtime{0};
  Atomic<bool> ended{false};
  E::thread visitor = start("visitor", [&] {
    gate.enter();
    ended.store(true, Order::release);  // the task that it brings may end before it has left
    (void)runtime.read();
    gate.leave();
  });
  if (ended.load(Order::acquire) && !gate.anybody_inside()) {
    saw("gone");
    runtime.write(1);  // the runtime is destroyed
  }
  visitor.join();
}

void a_spawn_from_outside_is_run() {
  OneWorker place;
  require(place.runtime.block_on(answer()) == 7, "P3", "a task gave another outcome than its own");
}

void a_shutdown_meets_a_spawn() {
  OneWorker place;
  JoinHandle<E, int> handle;
  E::thread spawner = start("spawner", [&] { handle = place.runtime.spawn(answer()); });
  place.runtime.shutdown();
  spawner.join();
  place.expect_ended(handle);
}

void a_shutdown_meets_a_wake_from_outside() {
  OneWorker place;
  Event<E> event;
  JoinHandle<E> handle = place.runtime.spawn(waits_for(event));
  E::thread waker = start("waker", [&] { event.set(); });
  place.runtime.shutdown();
  waker.join();
  place.expect_ended(handle);
}

}  // namespace rota::checks::mechanism
