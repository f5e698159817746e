// Programs about join handles and cancellation: one outcome, one destruction, whoever comes first (T3, W1).
#include "checks/mechanism/programs.hpp"
#include "checks/mechanism/support.hpp"
#include "runtime/sync/channel.hpp"
#include "runtime/sync/semaphore.hpp"

namespace rota::checks::mechanism {
namespace {

// Lies in a body's frame and counts its destruction.
class Guest {
 public:
  explicit Guest(Cell<int>& destroyed) noexcept : destroyed_(&destroyed) {}
  Guest(Guest&& other) noexcept : destroyed_(std::exchange(other.destroyed_, nullptr)) {}
  Guest& operator=(Guest&&) = delete;
  ~Guest() {
    if (destroyed_ != nullptr) ++destroyed_->write();
  }

 private:
  Cell<int>* destroyed_;
};

Job<E, int> answer(Guest) { co_return 7; }
Job<E, int> answer_after(Guest, Event<E>& event) {
  co_await event;
  co_return 7;
}
Job<E, int> receive_from(Guest, Channel<E, int>& channel) { co_return *co_await channel.receive(); }
Job<E, int> visit(Guest, Semaphore<E>& semaphore) {
  co_await semaphore.acquire();
  semaphore.release();
  co_return 7;
}

// A body on a thread of its own, and a handle to it.
struct Spawned {
  Cell<int> destroyed{0};
  Player place;
  JoinHandle<E, int> handle;
  E::thread thread;

  void begin(Job<E, int> job) {
    handle = place.spawn(std::move(job));
    thread = start("worker", [this] { place.run_to_end(); });
  }
  void end() {
    thread.join();
    require(destroyed.read() == 1, "T3", "a body was not destroyed exactly once");
    auto& depot = E::global<SlotDepot<E>>();
    const unsigned slot_class = SlabHeader<E>::of(place.ran()).slot_class;
    require(depot.take(slot_class).head != depot.take(slot_class).head, "T3", "a slot was freed twice");
  }
  // The outcome; 0 if the task was cancelled.
  int join() {
    int result = 0;
    try {
      result = handle.join_blocking();
    } catch (const TaskCancelled&) {
    }
    saw(result == 7 ? "finished" : "cancelled");
    return result;
  }
};

}  // namespace

void an_end_meets_a_join() {
  Spawned spawned;
  spawned.begin(answer(Guest(spawned.destroyed)));
  require(spawned.join() == 7, "W5", "a joiner did not see the outcome");
  spawned.end();
}

void an_end_meets_a_detach() {
  Spawned spawned;
  spawned.begin(answer(Guest(spawned.destroyed)));
  saw(spawned.handle.ended() ? "detached after the end" : "detached");
  spawned.handle.detach();
  spawned.end();
}

void an_end_meets_a_cancel() {
  Spawned spawned;
  spawned.begin(answer(Guest(spawned.destroyed)));
  spawned.handle.cancel();
  (void)spawned.join();
  spawned.end();
}

void a_suspension_meets_a_cancel() {
  Spawned spawned;
  Event<E> event;  // never set
  spawned.begin(answer_after(Guest(spawned.destroyed), event));
  spawned.handle.cancel();
  require(spawned.join() == 0, "W4", "a task went on although nobody woke it");
  spawned.end();
}

void an_end_meets_a_task_that_joins() {
  Spawned spawned;
  Player joiner;
  spawned.begin(answer(Guest(spawned.destroyed)));
  require(joiner.await(spawned.handle.join()) == 7, "W5", "a joiner did not see the outcome");
  spawned.end();
}

void an_end_meets_a_withdrawn_join() {
  Spawned spawned;
  Player joiner;
  spawned.begin(answer(Guest(spawned.destroyed)));
  {
    auto join = spawned.handle.join();
    saw(joiner.withdraw(join) ? "withdrawn" : "ended");
  }
  require(spawned.join() == 7, "W5", "a joiner did not see the outcome");
  spawned.end();
}

void a_set_meets_a_cancel() {
  Spawned spawned;
  Event<E> event;
  spawned.begin(answer_after(Guest(spawned.destroyed), event));
  E::thread setter = start("setter", [&] { event.set(); });
  spawned.handle.cancel();
  (void)spawned.join();
  spawned.end();
  setter.join();
}

void a_send_meets_a_cancel() {
  Spawned spawned;
  Channel<E, int> channel(1);
  spawned.begin(receive_from(Guest(spawned.destroyed), channel));
  E::thread sender = start("sender", [&] { require(channel.try_send(7), "W1", "an empty channel refused a value"); });
  spawned.handle.cancel();
  const bool received = spawned.join() == 7;
  spawned.end();
  sender.join();
  require(channel.try_receive().has_value() != received, "W1", "a value was lost with its receiver, or came twice");
}

void a_release_meets_a_cancel() {
  Spawned spawned;
  Semaphore<E> semaphore(0);
  spawned.begin(visit(Guest(spawned.destroyed), semaphore));
  E::thread giver = start("giver", [&] { semaphore.release(); });
  spawned.handle.cancel();
  (void)spawned.join();
  spawned.end();
  giver.join();
  require(semaphore.try_acquire() && !semaphore.try_acquire(), "W1",
          "a permit was lost with its receiver, or there are two");
}

}  // namespace rota::checks::mechanism
