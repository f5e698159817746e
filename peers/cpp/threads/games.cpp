// Ping-pong, the ring and single wakes.
#include "peers/cpp/threads/games.hpp"

#include "peers/cpp/harness/games.hpp"
#include "peers/cpp/harness/roaming.hpp"
#include "peers/cpp/threads/threads.hpp"
#include "peers/cpp/threads/turn.hpp"

namespace rota::peers {
namespace {

template <class T> Timed play_all(std::uint64_t count, std::uint64_t rounds) {
  std::deque<Pair<T>> pairs(count);
  Threads threads;
  for (auto& pair : pairs) {
    threads.emplace_back([&pair, rounds] { play(pair.ping, pair.pong, rounds, pair.messages); });
    threads.emplace_back([&pair, rounds] { play(pair.pong, pair.ping, rounds, pair.messages); });
  }
  const auto start = serve(pairs);
  join(threads);
  return played(pairs, start);
}

std::uint64_t be_woken(WakePair<Turn>& pair, const Wakes& wakes) {
  std::uint64_t seen = 0, right = 0;
  for (std::int64_t& latency : wakes.latencies) {
    pair.answer.give();
    pair.wake.take();
    latency = since(pair.sent);
    if (pair.number == ++seen) ++right;
  }
  return right;
}

void wake_all(WakePair<Turn>& pair, const Wakes& wakes) {
  for (std::int64_t& call : wakes.calls) {
    if (wakes.how == Wakes::How::foreign) std::this_thread::sleep_for(wakes.pause);
    pair.answer.take();
    call = pair.wake_once();
    if (wakes.how == Wakes::How::busy) compute_for(wakes.busy);
  }
}

}  // namespace

Timed threads_ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool channel) {
  return channel ? play_all<LockedTurn>(pairs, rounds) : play_all<Turn>(pairs, rounds);
}

Timed threads_ring(std::uint64_t tasks, std::uint64_t hops) {
  Ring<Turn> ring(tasks);
  Threads threads;
  for (std::size_t i = 0; i < tasks; ++i) threads.emplace_back([&ring, i] { pass_token(ring, i); });
  const auto start = ring.begin(hops);
  join(threads);
  return {ring.end - start, ring.last_holder};
}

std::uint64_t threads_wake_latency(const Wakes& wakes) {
  WakePair<Turn> pair;
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
