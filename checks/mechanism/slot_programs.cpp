// Programs about slots: a waker that outlived its task, slots for two threads, and the counters of a runtime (W3, T3).
#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"

namespace rota::checks::mechanism {

void a_stale_waker_meets_a_reused_slot() {
  Task<E>* const first = acquire_slot<E>(64);
  first->begin_life();
  const Waker<E> waker(first, first->prepare_suspend());
  E::thread stale = start("stale waker", [&waker] { saw(waker.wake() ? "early" : "stale"); });
  first->retract_suspend();
  first->end_life();
  release_slot(first);
  Task<E>* const second = acquire_slot<E>(64);
  require(second == first, "usage", "the slot was expected to be used again at once");
  second->begin_life();
  const std::uint64_t epoch = second->prepare_suspend();
  require(second->commit_suspend() == Commit::suspended, "W3", "a waker of an ended task woke the next in its slot");
  stale.join();
  require(second->wake(epoch) == Wake::enqueue, "W3", "a waker of an ended task changed the next in its slot");
}

void two_threads_get_two_slots() {
  Task<E>* other = nullptr;
  E::thread thread = start("other", [&other] {
    Task<E>* const slot = acquire_slot<E>(64);
    release_slot(slot);
    other = acquire_slot<E>(64);
  });
  Task<E>* const slot = acquire_slot<E>(64);
  thread.join();
  require(slot != other, "T3", "two tasks were given one slot");
}

// As Runtime::counters(): what ended is read before what began.
void counters_never_run_ahead() {
  Tally<E> spawned, finished;
  Atomic<bool> queued{false};
  E::thread spawner = start("spawner", [&] {
    spawned.add();
    queued.store(true, Order::release);
  });
  E::thread runner = start("runner", [&] {
    if (queued.load(Order::acquire)) finished.add();
  });
  const std::uint64_t ended = finished.value();
  const std::uint64_t began = spawned.value();
  require(began >= ended, "T3", "a runtime counted a task's end and not its beginning");
  saw(ended == 1 ? "ended" : "not ended");
  spawner.join();
  runner.join();
}

}  // namespace rota::checks::mechanism
