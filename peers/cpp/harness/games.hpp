// Games: what tasks that wake each other share. How one of them waits is its runtime's own matter: T is the turn that
// give() says and take() waits for, and is made on what that runtime needs for it, if anything.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <thread>

#include "peers/cpp/harness/peer.hpp"

namespace rota::peers {

template <class T> struct alignas(128) Pair {
  template <class... On> explicit Pair(const On&... on) : ping(on...), pong(on...) {}
  T ping, pong;
  std::uint64_t messages = 0;  // plain on purpose: only whose turn it is may touch it
};

// Lets all pairs begin. Returns when.
template <class T> Clock::time_point serve(std::deque<Pair<T>>& pairs) {
  const auto start = Clock::now();
  for (auto& pair : pairs) pair.ping.give();
  return start;
}

// To be called when the last one has ended.
template <class T> Timed played(const std::deque<Pair<T>>& pairs, Clock::time_point start) {
  Timed result{.time = Nanoseconds(since(start)), .count = 0};
  for (const auto& pair : pairs) result.count += pair.messages;
  return result;
}

// As one plays whose take() blocks.
template <class T> void play(T& mine, T& theirs, std::uint64_t rounds, std::uint64_t& messages) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    mine.take();
    ++messages;
    theirs.give();
  }
}

template <class T> struct alignas(128) Place {
  template <class... On> explicit Place(const On&... on) : turn(on...) {}
  T turn;
  std::uint64_t hops_left = 0;
};

template <class T> struct Ring {
  template <class... On> explicit Ring(std::uint64_t tasks, const On&... on) {
    for (std::uint64_t i = 0; i < tasks; ++i) places.emplace_back(on...);
  }

  // Gives the first one the token. Returns when.
  Clock::time_point begin(std::uint64_t hops) {
    places.front().hops_left = hops;
    const auto start = Clock::now();
    places.front().turn.give();
    return start;
  }

  std::deque<Place<T>> places;
  std::uint64_t last_holder = 0;  // from 1
  Clock::time_point end;
  bool over = false;  // read after the turn that was given after it was set
};

// Where one task of the ring sits: it takes its turn and passes the token, as long as there is another turn to come.
template <class T> struct Seat {
  Seat(Ring<T>& at, std::size_t index)
      : ring(at), mine(at.places[index]), next(at.places[(index + 1) % at.places.size()]), number(index + 1) {}

  [[nodiscard]] bool pass() {
    if (ring.over) return false;
    if (mine.hops_left > 0) {
      next.hops_left = mine.hops_left - 1;
      next.turn.give();
      return true;
    }
    ring.end = Clock::now();
    ring.last_holder = number;
    ring.over = true;
    for (auto& place : ring.places) {
      if (&place != &mine) place.turn.give();
    }
    return false;
  }

  Ring<T>& ring;
  Place<T>& mine;
  Place<T>& next;
  std::size_t number;
};

// As one does whose take() blocks.
template <class T> void pass_token(Ring<T>& ring, std::size_t index) {
  Seat seat(ring, index);
  do {
    seat.mine.turn.take();
  } while (seat.pass());
}

// One who wakes and one who is woken.
template <class T> struct WakePair {
  template <class... On> explicit WakePair(const On&... on) : wake(on...), answer(on...) {}

  // Returns how long the call took.
  std::int64_t wake_once() {
    ++number;
    const auto begin = sent = Clock::now();
    wake.give();
    return since(begin);
  }
  // The one to be woken is about to wait for the wake of that number.
  void expect(std::uint64_t wake_number, Wakes::How how) {
    if (how == Wakes::How::foreign) {
      answers.store(wake_number, std::memory_order_release);
    } else {
      answer.give();
    }
  }

  T wake, answer;
  std::atomic<std::uint64_t> answers{0};  // for a thread, which would rather look than wait
  Clock::time_point sent;
  std::uint64_t number = 0;
};

// For a thread that is no worker.
template <class T> void wake_from_outside(WakePair<T>& pair, const Wakes& wakes) {
  std::uint64_t awaited = 0;
  for (std::int64_t& call : wakes.calls) {
    std::this_thread::sleep_for(wakes.pause);
    for (++awaited; pair.answers.load(std::memory_order_acquire) < awaited;);
    call = pair.wake_once();
  }
}

}  // namespace rota::peers
