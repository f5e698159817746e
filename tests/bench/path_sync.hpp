// The hot paths of waiting and waking: wakers, events, channels, a worker that sleeps, timers.
#pragma once

#include <array>
#include <deque>
#include <utility>

#include "reactor/registry.hpp"
#include "runtime/sync/channel.hpp"
#include "tests/bench/path_bodies.hpp"

namespace rota::bench {

// Waits until somebody uses the waker that it leaves behind. Nothing else: no list, no lock.
template <Env E> struct Slot {
  Waker<E> waker;
  Flag<E> filled{false};
};
template <Env E> class Parked : public Awaitable<E, Parked<E>> {
 public:
  explicit Parked(Slot<E>& slot) noexcept : slot_(&slot) {}
  [[nodiscard]] static bool ready() noexcept { return false; }
  [[nodiscard]] bool arm(Worker<E>&, Waker<E> waker) noexcept {
    slot_->waker = waker;
    slot_->filled.store(true, Order::release);
    return true;
  }
  static bool disarm() noexcept { return true; }
  static void take() noexcept {}

 private:
  Slot<E>* slot_;
};

template <Env E> Job<E> park_often(Slot<E>& slot, std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) co_await Parked<E>(slot);
}

// Tasks that have all parked once. `slots` is as long as there are tasks.
template <Env E>
void spawn_parked(Executor<E>& executor, std::deque<Slot<E>>& slots, std::size_t times, Handles<E>& handles) {
  for (auto& slot : slots) handles.push_back(executor.spawn(park_often<E>(slot, times)));
}
template <Env E> void wake_all(const std::deque<Slot<E>>& slots) {
  for (const auto& slot : slots) {
    if (!slot.waker.wake()) throw std::logic_error("a waker lost");
  }
}

template <Env E> Job<E> wake_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  std::deque<Slot<E>> slots(count);
  Handles<E> handles;
  spawn_parked(executor, slots, 1, handles);
  co_await yield();
  meter.begin();
  wake_all(slots);
  meter.end();
  for (auto& handle : handles) co_await handle;
}

template <Env E> Job<E> resume_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  std::deque<Slot<E>> slots(count);
  Handles<E> handles;
  spawn_parked(executor, slots, 2, handles);
  co_await yield();
  wake_all(slots);
  meter.begin();
  co_await yield();
  meter.end();
  wake_all(slots);
  for (auto& handle : handles) co_await handle;
}

template <Env E> Job<E> wait_for(Event<E>& event) { co_await event.wait(); }
template <Env E> Job<E> event_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  std::deque<Event<E>> events(count);
  Handles<E> handles;
  for (auto& event : events) handles.push_back(executor.spawn(wait_for<E>(event)));
  co_await yield();
  meter.begin();
  for (auto& event : events) event.set();
  meter.end();
  for (auto& handle : handles) co_await handle;
}

template <Env E> Job<E> send_path(Executor<E>&, std::size_t count, Meter& meter) {
  Channel<E, std::size_t> channel(count);
  meter.begin();
  for (std::size_t i = 0; i < count; ++i) (void)co_await channel.send(i);
  meter.end();
}
template <Env E> Job<E> receive_path(Executor<E>&, std::size_t count, Meter& meter) {
  Channel<E, std::size_t> channel(count);
  for (std::size_t i = 0; i < count; ++i) (void)co_await channel.send(i);
  meter.begin();
  for (std::size_t i = 0; i < count; ++i) (void)co_await channel.receive();
  meter.end();
}

template <Env E> using Numbers = Channel<E, std::size_t>;
template <Env E> Job<E> echo(Numbers<E>& in, Numbers<E>& out, std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) {
    const auto number = co_await in.receive();
    (void)co_await out.send(*number);
  }
}
template <Env E> Job<E> round_trip_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  Numbers<E> there(1), back(1);
  auto other = executor.spawn(echo<E>(there, back, count));
  co_await yield();
  meter.begin();
  for (std::size_t i = 0; i < count; ++i) {
    (void)co_await there.send(i);
    (void)co_await back.receive();
  }
  meter.end();
  co_await other;
}

// Blocks this worker until another one has gone to sleep since `before`, and a moment longer, so that it is asleep.
template <Env E> void until_asleep(const Executor<E>& executor, std::uint64_t before) {
  while (executor.counters().parked == before) nap();
  nap();
}
inline void until_idle() { nap(std::chrono::milliseconds(5)); }  // a runtime that has just begun, or a worker in it

// The task that was spawned or woken went to the other worker, which sleeps again.
template <Env E> void must_have_run(const Executor<E>& executor, std::uint64_t before, const JoinHandle<E>& handle) {
  until_asleep(executor, before);
  if (!handle.ended()) throw std::logic_error("the sleeping worker did not run the task");
}

// The parked task of the other worker is woken by this one, which then stays where it is: the other one must come.
template <Env E> Job<E> idle_wake_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  until_idle();
  for (std::size_t i = 0; i < count; ++i) {
    Slot<E> slot;
    std::uint64_t before = executor.counters().parked;
    auto handle = executor.spawn(park_often<E>(slot, 1));
    until_asleep(executor, before);
    if (!slot.filled.load(Order::acquire)) throw std::logic_error("the sleeping worker did not run the new task");
    before = executor.counters().parked;
    meter.begin();
    slot.waker.wake();
    meter.end();
    must_have_run(executor, before, handle);
    co_await handle;
  }
}

template <Env E> Job<E> idle_spawn_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  until_idle();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t before = executor.counters().parked;
    meter.begin();
    auto handle = executor.spawn(nothing<E>());
    meter.end();
    must_have_run(executor, before, handle);
    co_await handle;
  }
}

// A reactor of their own: the runtime's is polled by its workers.
template <Env E> Job<E> timer_submit_path(Executor<E>&, std::size_t count, Meter& meter) {
  const auto reactor = make_reactor<E>();
  std::vector<Ticket> tickets;
  tickets.reserve(count);
  const TimePoint deadline = E::now() + std::chrono::hours(1);
  for (int round = 0; round < 2; ++round) {  // the first one makes room
    if (round == 1) meter.begin();
    for (std::size_t i = 0; i < count; ++i) tickets.push_back(reactor->submit(Op::timer(deadline), {}).ticket);
    if (round == 1) meter.end();
    for (const Ticket ticket : tickets) reactor->cancel(ticket);
    tickets.clear();
  }
  co_return;
}

template <Env E> Job<E> timer_fire_path(Executor<E>&, std::size_t count, Meter& meter) {
  const auto reactor = make_reactor<E>();
  const TimePoint deadline = E::now() + std::chrono::milliseconds(1);
  for (std::size_t i = 0; i < count; ++i) (void)reactor->submit(Op::timer(deadline), {});
  while (E::now() < deadline) nap();
  std::array<Completion, 64> done;
  std::size_t fired = 0;
  meter.begin();
  while (fired < count) fired += reactor->poll(done, only_look);
  meter.end();
  co_return;
}

}  // namespace rota::bench
