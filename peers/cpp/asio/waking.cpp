// Asio: workloads whose tasks wait and are woken.
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <deque>

#include "peers/cpp/asio/peer.hpp"
#include "peers/cpp/harness/games.hpp"
#include "peers/cpp/harness/roaming.hpp"

namespace rota::peers {
namespace {

using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

// Channels of one element; the one that takes no lock serves a single worker.
template <template <class, class> class Channel> class ChannelTurn {
 public:
  explicit ChannelTurn(Executor executor) : channel_(executor, 1) {}
  void give() { channel_.try_send(boost::system::error_code{}, true); }
  [[nodiscard]] auto take() { return channel_.async_receive(asio::deferred); }

 private:
  Channel<Executor, void(boost::system::error_code, bool)> channel_;
};
template <class Ex, class Signature> using Plain = asio::experimental::channel<Ex, Signature>;
template <class Ex, class Signature> using Concurrent = asio::experimental::concurrent_channel<Ex, Signature>;

template <class T> Task<> play(T& mine, T& theirs, std::uint64_t rounds, std::uint64_t& messages, Countdown& players) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    co_await mine.take();
    ++messages;
    theirs.give();
  }
  players.arrive();
}

template <class T> Task<Timed> play_all(std::uint64_t count, std::uint64_t rounds) {
  const auto executor = co_await asio::this_coro::executor;
  std::deque<Pair<T>> pairs;
  Countdown players(executor, 2 * count);
  for (std::uint64_t i = 0; i < count; ++i) {
    auto& pair = pairs.emplace_back(executor);
    asio::co_spawn(executor, play(pair.ping, pair.pong, rounds, pair.messages, players), asio::detached);
    asio::co_spawn(executor, play(pair.pong, pair.ping, rounds, pair.messages, players), asio::detached);
  }
  const auto start = serve(pairs);
  co_await players.wait();
  co_return played(pairs, start);
}

Task<> pass_token(Ring<Turn>& ring, std::size_t index, Countdown& tasks) {
  Seat seat(ring, index);
  do {
    co_await seat.mine.turn.take();
  } while (seat.pass());
  tasks.arrive();
}

Task<Timed> run_ring(std::uint64_t tasks, std::uint64_t hops) {
  const auto executor = co_await asio::this_coro::executor;
  Ring<Turn> ring(tasks, executor);
  Countdown left(executor, tasks);
  for (std::size_t i = 0; i < tasks; ++i) asio::co_spawn(executor, pass_token(ring, i, left), asio::detached);
  const auto start = ring.begin(hops);
  co_await left.wait();
  co_return Timed{ring.end - start, ring.last_holder};
}

Task<> yield_often(std::uint64_t yields, std::uint64_t& done, Countdown& tasks) {
  const auto executor = co_await asio::this_coro::executor;
  std::uint64_t count = 0;
  for (; count < yields; ++count) co_await asio::post(executor, asio::deferred);
  done = count;
  tasks.arrive();
}

Task<Timed> yield_all(std::uint64_t tasks, std::uint64_t yields) {
  const auto executor = co_await asio::this_coro::executor;
  std::vector<std::uint64_t> done(tasks);
  Countdown left(executor, tasks);
  Timed result;
  const auto start = Clock::now();
  for (auto& mine : done) asio::co_spawn(executor, yield_often(yields, mine, left), asio::detached);
  co_await left.wait();
  result.time = Nanoseconds(since(start));
  for (const std::uint64_t count : done) result.count += count;
  co_return result;
}

// A sleeper is a posted function that sets a timer, and the timer's. As coroutines they take half as long again.
Task<Timed> storm(Nanoseconds delay, std::span<std::int64_t> late, std::deque<Timer>& timers) {
  const auto executor = co_await asio::this_coro::executor;
  Countdown left(executor, late.size());
  const auto start = Clock::now();
  for (std::size_t i = 0; i < late.size(); ++i) {
    if (i == timers.size()) timers.emplace_back(executor);
    asio::post(executor, [&left, &timer = timers[i], &one = late[i], delay] {
      const auto deadline = Clock::now() + delay;
      timer.expires_at(deadline);
      timer.async_wait([&left, &one, deadline](const boost::system::error_code&) {
        one = since(deadline);
        left.arrive();
      });
    });
  }
  co_await left.wait();
  co_return Timed{Nanoseconds(since(start)), 0};
}

Task<std::uint64_t> be_woken(WakePair<Turn>& pair, const Wakes& wakes) {
  std::uint64_t seen = 0, right = 0;
  for (std::int64_t& latency : wakes.latencies) {
    pair.expect(seen + 1, wakes.how);
    co_await pair.wake.take();
    latency = since(pair.sent);
    if (pair.number == ++seen) ++right;
  }
  co_return right;
}

Task<std::uint64_t> wake_by_task(WakePair<Turn>& pair, const Wakes& wakes) {
  const auto executor = co_await asio::this_coro::executor;
  std::uint64_t right = 0;
  Turn ended(executor);
  asio::co_spawn(executor, be_woken(pair, wakes), [&](const std::exception_ptr&, std::uint64_t result) {
    right = result;
    ended.give();
  });
  for (std::int64_t& call : wakes.calls) {
    co_await pair.answer.take();
    call = pair.wake_once();
    if (wakes.how == Wakes::How::busy) compute_for(wakes.busy);
  }
  co_await ended.take();
  co_return right;
}

}  // namespace

Timed AsioPeer::sleep_storm(Nanoseconds delay, std::span<std::int64_t> late) {
  std::deque<Timer> timers;
  return run(storm(delay, late, timers));
}

Timed AsioPeer::yield(std::uint64_t tasks, std::uint64_t yields) { return run(yield_all(tasks, yields)); }

Timed AsioPeer::ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool channel) {
  if (!channel) return run(play_all<Turn>(pairs, rounds));
  if (workers_ == 1) return run(play_all<ChannelTurn<Plain>>(pairs, rounds));
  return run(play_all<ChannelTurn<Concurrent>>(pairs, rounds));
}

Timed AsioPeer::thread_ring(std::uint64_t tasks, std::uint64_t hops) { return run(run_ring(tasks, hops)); }

std::uint64_t AsioPeer::wake_latency(const Wakes& wakes) {
  WakePair<Turn> pair(context_.get_executor());
  if (wakes.how != Wakes::How::foreign) return run(wake_by_task(pair, wakes));
  roam_once();
  auto right = asio::co_spawn(context_, be_woken(pair, wakes), asio::use_future);
  wake_from_outside(pair, wakes);
  return right.get();
}

}  // namespace rota::peers
