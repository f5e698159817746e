// Boost.Fiber: workloads whose tasks wait and are woken.
#include "peers/cpp/boost_fiber/peer.hpp"
#include "peers/cpp/harness/games.hpp"
#include "peers/cpp/harness/roaming.hpp"

namespace rota::peers {
namespace {

Timed play_all(std::uint64_t count, std::uint64_t rounds, std::vector<fibers::fiber>& joins) {
  std::deque<Pair<Turn>> pairs(count);
  for (auto& pair : pairs) {
    joins.push_back(spawn([&pair, rounds] { play(pair.ping, pair.pong, rounds, pair.messages); }));
    joins.push_back(spawn([&pair, rounds] { play(pair.pong, pair.ping, rounds, pair.messages); }));
  }
  const auto start = serve(pairs);
  for (auto& join : joins) join.join();
  return played(pairs, start);
}

std::uint64_t be_woken(WakePair<Turn>& pair, const Wakes& wakes) {
  std::uint64_t seen = 0, right = 0;
  for (std::int64_t& latency : wakes.latencies) {
    pair.expect(seen + 1, wakes.how);
    pair.wake.take();
    latency = since(pair.sent);
    if (pair.number == ++seen) ++right;
  }
  return right;
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
    Ring<Turn> ring(tasks);
    for (std::size_t i = 0; i < tasks; ++i) joins_.push_back(spawn([&ring, i] { pass_token(ring, i); }));
    const auto start = ring.begin(hops);
    for (auto& join : joins_) join.join();
    return {ring.end - start, ring.last_holder};
  });
}

std::uint64_t FiberPeer::wake_latency(const Wakes& wakes) {
  WakePair<Turn> pair;
  std::uint64_t right = 0;
  if (wakes.how == Wakes::How::foreign) {
    roam_once();
    std::promise<void> ended;
    inbox_.push([&] {
      right = be_woken(pair, wakes);
      ended.set_value();
    });
    wake_from_outside(pair, wakes);
    ended.get_future().wait();
    return right;
  }
  run([&] {
    auto woken = spawn([&] { right = be_woken(pair, wakes); });
    for (std::int64_t& call : wakes.calls) {
      pair.answer.take();
      call = pair.wake_once();
      if (wakes.how == Wakes::How::busy) compute_for(wakes.busy);
    }
    woken.join();
  });
  return right;
}

}  // namespace rota::peers
