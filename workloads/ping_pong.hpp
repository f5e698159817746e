// ping-pong: pairs of tasks that wake each other in turn. Nothing but wakes: the latency slot of a policy shows here.
#pragma once

#include <deque>

#include "runtime/executor.hpp"
#include "runtime/sync/channel.hpp"
#include "runtime/sync/event.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

// Two ways to say "your turn". Each has one waiter and one giver, who take turns.
template <Env E> class EventTurn {
 public:
  void give() { event_.set(); }
  [[nodiscard]] auto wait() noexcept { return event_.wait(); }
  void taken() noexcept { event_.reset(); }

 private:
  Event<E> event_;
};

template <Env E> class ChannelTurn {
 public:
  void give() { (void)channel_.try_send(true); }
  [[nodiscard]] auto wait() { return channel_.receive(); }
  void taken() noexcept {}

 private:
  Channel<E, bool> channel_{1};
};

template <class Turn> struct alignas(line_pair) Pair {
  Turn ping, pong;
  std::uint64_t messages = 0;  // plain on purpose: only whose turn it is may touch it (W5)
};

template <Env E, class Turn> Job<E> play(Turn& mine, Turn& theirs, std::uint64_t rounds, std::uint64_t& messages) {
  for (std::uint64_t round = 0; round < rounds; ++round) {
    co_await mine.wait();
    mine.taken();
    ++messages;
    theirs.give();
  }
}

template <Env E, class Turn>
auto playing_fiber(Turn& mine, Turn& theirs, std::uint64_t rounds, std::uint64_t& messages) {
  return [&mine, &theirs, rounds, &messages](FiberContext<E>& fiber) {
    for (std::uint64_t round = 0; round < rounds; ++round) {
      fiber.await(mine.wait());
      mine.taken();
      ++messages;
      theirs.give();
    }
  };
}

template <Env E, class Turn>
JoinHandle<E> spawn_player(Executor<E>& executor, Body body, Turn& mine, Turn& theirs, std::uint64_t rounds,
                           std::uint64_t& messages) {
  if (body == Body::fiber) return executor.spawn_fiber(playing_fiber<E>(mine, theirs, rounds, messages));
  return executor.spawn(play<E>(mine, theirs, rounds, messages));
}

template <Env E, class Pairs>
Job<E, Duration> play_all(Executor<E>& executor, Body body, std::uint64_t rounds, Pairs& pairs,
                          std::vector<JoinHandle<E>>& joins) {
  for (auto& pair : pairs) {
    joins.push_back(spawn_player(executor, body, pair.ping, pair.pong, rounds, pair.messages));
    joins.push_back(spawn_player(executor, body, pair.pong, pair.ping, rounds, pair.messages));
  }
  const TimePoint start = E::now();
  for (auto& pair : pairs) pair.ping.give();
  for (auto& join : joins) co_await join;
  co_return E::now() - start;
}

template <Env E> class PingPong {
 public:
  enum class Via : std::uint8_t { event, channel };

  static constexpr std::string_view name = "ping-pong";
  static constexpr std::string_view summary = "pairs of tasks that wake each other in turn: 1 x 1M, or 1000 pairs";
  struct Config {
    std::uint64_t pairs = 1;
    std::uint64_t rounds = 10'000;
    Via via = Via::event;
    Body body = Body::coroutine;

    static constexpr auto settings() {
      return std::tuple{
          setting("pairs", &Config::pairs, "pairs that play at once", 1, 1e6),
          setting("rounds", &Config::rounds, "round trips of each pair, two wakes each", 1, 1e11),
          choice("via", &Config::via, "what carries the wake",
                 std::array{named("event", Via::event), named("channel", Via::channel)}),
          body_setting<Config>(),
      };
    }
    bool complete(SettingError& error) const {
      return body == Body::coroutine || host::fibers_fit(2 * pairs, "pairs", std::to_string(pairs), error);
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_round", "ns", "wall time over all round trips of all pairs: two wakes and two resumes"},
  };

  explicit PingPong(const Config& config) : config_(config) { joins_.reserve(2 * config.pairs); }

  void iterate(Executor<E>& executor, Sample& sample) {
    if (config_.via == Via::channel) {
      play_once<ChannelTurn<E>>(executor, sample);
    } else {
      play_once<EventTurn<E>>(executor, sample);
    }
  }

 private:
  template <class Turn> void play_once(Executor<E>& executor, Sample& sample) {
    std::deque<Pair<Turn>> pairs(config_.pairs);  // fresh: the last turn of a game is given and never taken
    joins_.clear();
    const Duration time = executor.block_on(play_all<E>(executor, config_.body, config_.rounds, pairs, joins_));
    std::uint64_t messages = 0;
    for (const auto& pair : pairs) messages += pair.messages;
    sample.metric("ns_per_round", nanoseconds_per(time, config_.pairs * config_.rounds));
    sample.check("messages", 2 * config_.pairs * config_.rounds, messages);
  }

  const Config config_;
  std::vector<JoinHandle<E>> joins_;
};

}  // namespace rota::workloads
