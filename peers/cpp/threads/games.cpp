// Ping-pong, the ring and single wakes.
#include "peers/cpp/threads/games.hpp"

#include <deque>
#include <thread>
#include <vector>

#include "peers/cpp/harness/roaming.hpp"
#include "peers/cpp/threads/turn.hpp"

namespace rota::peers {
namespace {

using Threads = std::vector<std::thread>;

void join(Threads& threads) {
  for (auto& thread : threads) thread.join();
}

template <class T> struct alignas(128) Pair {
  T ping, pong;
  std::uint64_t messages = 0;  // plain on purpose: only whose turn it is may touch it
};

template <class T> void play(T& mine, T& theirs, std::uint64_t rounds, std::uint64_t& messages) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    mine.take();
    ++messages;
    theirs.give();
  }
}

template <class T> Timed play_all(std::uint64_t count, std::uint64_t rounds) {
  std::deque<Pair<T>> pairs(count);
  Threads threads;
  for (auto& pair : pairs) {
    threads.emplace_back([&pair, rounds] { play(pair.ping, pair.pong, rounds, pair.messages); });
    threads.emplace_back([&pair, rounds] { play(pair.pong, pair.ping, rounds, pair.messages); });
  }
  Timed result;
  const auto start = Clock::now();
  for (auto& pair : pairs) pair.ping.give();
  join(threads);
  result.time = Nanoseconds(since(start));
  for (const auto& pair : pairs) result.count += pair.messages;
  return result;
}

struct alignas(128) Place {
  Turn turn;
  std::uint64_t hops_left = 0;
};

struct Ring {
  explicit Ring(std::size_t tasks) : places(tasks) {}
  std::deque<Place> places;
  std::uint64_t last_holder = 0;  // from 1
  Clock::time_point end;
  bool over = false;  // read after the turn that was given after it was set
};

void pass_token(Ring& ring, std::size_t index) {
  auto& mine = ring.places[index];
  auto& next = ring.places[(index + 1) % ring.places.size()];
  for (;;) {
    mine.turn.take();
    if (ring.over) return;
    if (mine.hops_left == 0) break;
    next.hops_left = mine.hops_left - 1;
    next.turn.give();
  }
  ring.end = Clock::now();
  ring.last_holder = index + 1;
  ring.over = true;
  for (auto& place : ring.places) {
    if (&place != &mine) place.turn.give();
  }
}

struct WakePair {
  Turn wake, answer;
  Clock::time_point sent;
  std::uint64_t number = 0;
};

std::uint64_t be_woken(WakePair& pair, const Wakes& wakes) {
  std::uint64_t seen = 0, right = 0;
  for (std::int64_t& latency : wakes.latencies) {
    pair.answer.give();
    pair.wake.take();
    latency = since(pair.sent);
    if (pair.number == ++seen) ++right;
  }
  return right;
}

void wake_all(WakePair& pair, const Wakes& wakes) {
  for (std::int64_t& call : wakes.calls) {
    if (wakes.how == Wakes::How::foreign) std::this_thread::sleep_for(wakes.pause);
    pair.answer.take();
    ++pair.number;
    const auto sent = pair.sent = Clock::now();
    pair.wake.give();
    call = since(sent);
    if (wakes.how == Wakes::How::busy) compute_for(wakes.busy);
  }
}

}  // namespace

Timed threads_ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool channel) {
  return channel ? play_all<LockedTurn>(pairs, rounds) : play_all<Turn>(pairs, rounds);
}

Timed threads_ring(std::uint64_t tasks, std::uint64_t hops) {
  Ring ring(tasks);
  Threads threads;
  for (std::size_t i = 0; i < tasks; ++i) threads.emplace_back([&ring, i] { pass_token(ring, i); });
  ring.places.front().hops_left = hops;
  const auto start = Clock::now();
  ring.places.front().turn.give();
  join(threads);
  return {ring.end - start, ring.last_holder};
}

std::uint64_t threads_wake_latency(const Wakes& wakes) {
  WakePair pair;
  std::uint64_t right = 0;
  std::thread woken([&] { right = be_woken(pair, wakes); });
  if (wakes.how == Wakes::How::foreign) {
    std::thread([&] {
      roam();
      wake_all(pair, wakes);
    }).join();
  } else {
    wake_all(pair, wakes);
  }
  woken.join();
  return right;
}

}  // namespace rota::peers
