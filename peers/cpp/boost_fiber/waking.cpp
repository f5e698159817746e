// Boost.Fiber: workloads whose tasks wait and are woken.
#include <deque>

#include "peers/cpp/boost_fiber/peer.hpp"
#include "peers/cpp/harness/roaming.hpp"

namespace rota::peers {
namespace {

struct alignas(128) Pair {
  Turn ping, pong;
  std::uint64_t messages = 0;  // plain on purpose: only whose turn it is may touch it
};

void play(Turn& mine, Turn& theirs, std::uint64_t rounds, std::uint64_t& messages) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    mine.take();
    ++messages;
    theirs.give();
  }
}

Timed play_all(std::uint64_t count, std::uint64_t rounds, std::vector<fibers::fiber>& joins) {
  std::deque<Pair> pairs(count);
  for (auto& pair : pairs) {
    joins.push_back(spawn([&pair, rounds] { play(pair.ping, pair.pong, rounds, pair.messages); }));
    joins.push_back(spawn([&pair, rounds] { play(pair.pong, pair.ping, rounds, pair.messages); }));
  }
  Timed result;
  const auto start = Clock::now();
  for (auto& pair : pairs) pair.ping.give();
  for (auto& join : joins) join.join();
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
  std::atomic<std::uint64_t> answers{0};  // for a thread, which would rather look than wait
  Clock::time_point sent;
  std::uint64_t number = 0;
};

std::uint64_t be_woken(WakePair& pair, const Wakes& wakes) {
  std::uint64_t seen = 0, right = 0;
  for (std::int64_t& latency : wakes.latencies) {
    if (wakes.how == Wakes::How::foreign) {
      pair.answers.store(seen + 1, std::memory_order_release);
    } else {
      pair.answer.give();
    }
    pair.wake.take();
    latency = since(pair.sent);
    if (pair.number == ++seen) ++right;
  }
  return right;
}

std::int64_t wake_once(WakePair& pair) {
  ++pair.number;
  const auto sent = pair.sent = Clock::now();
  pair.wake.give();
  return since(sent);
}

}  // namespace

Timed FiberPeer::sleep_storm(Nanoseconds delay, std::span<std::int64_t> late) {
  joins_.clear();
  joins_.reserve(late.size());
  return run([this, delay, late]() -> Timed {
    const auto start = Clock::now();
    for (std::int64_t& one : late) {
      joins_.push_back(spawn([delay, &one] {
        const auto deadline = Clock::now() + delay;
        boost::this_fiber::sleep_until(deadline);
        one = since(deadline);
      }));
    }
    for (auto& join : joins_) join.join();
    return {Nanoseconds(since(start)), 0};
  });
}

Timed FiberPeer::yield(std::uint64_t tasks, std::uint64_t yields) {
  joins_.clear();
  joins_.reserve(tasks);
  std::vector<std::uint64_t> done(tasks);
  return run([&]() -> Timed {
    Timed result;
    const auto start = Clock::now();
    for (std::uint64_t& mine : done) {
      joins_.push_back(spawn([&mine, yields] {
        std::uint64_t count = 0;
        for (; count < yields; ++count) boost::this_fiber::yield();
        mine = count;
      }));
    }
    for (auto& join : joins_) join.join();
    result.time = Nanoseconds(since(start));
    for (const std::uint64_t count : done) result.count += count;
    return result;
  });
}

// Both ways to say "your turn" are a channel.
Timed FiberPeer::ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool /*channel*/) {
  joins_.clear();
  joins_.reserve(2 * pairs);
  return run([&] { return play_all(pairs, rounds, joins_); });
}

Timed FiberPeer::thread_ring(std::uint64_t tasks, std::uint64_t hops) {
  joins_.clear();
  joins_.reserve(tasks);
  return run([&]() -> Timed {
    Ring ring(tasks);
    for (std::size_t i = 0; i < tasks; ++i) joins_.push_back(spawn([&ring, i] { pass_token(ring, i); }));
    ring.places.front().hops_left = hops;
    const auto start = Clock::now();
    ring.places.front().turn.give();
    for (auto& join : joins_) join.join();
    return {ring.end - start, ring.last_holder};
  });
}

std::uint64_t FiberPeer::wake_latency(const Wakes& wakes) {
  WakePair pair;
  std::uint64_t right = 0;
  if (wakes.how == Wakes::How::foreign) {
    roam_once();
    std::promise<void> ended;
    inbox_.push([&] {
      right = be_woken(pair, wakes);
      ended.set_value();
    });
    std::uint64_t awaited = 0;
    for (std::int64_t& call : wakes.calls) {
      std::this_thread::sleep_for(wakes.pause);
      for (++awaited; pair.answers.load(std::memory_order_acquire) < awaited;);
      call = wake_once(pair);
    }
    ended.get_future().wait();
    return right;
  }
  run([&] {
    auto woken = spawn([&] { right = be_woken(pair, wakes); });
    for (std::int64_t& call : wakes.calls) {
      pair.answer.take();
      call = wake_once(pair);
      if (wakes.how == Wakes::How::busy) compute_for(wakes.busy);
    }
    woken.join();
  });
  return right;
}

}  // namespace rota::peers
