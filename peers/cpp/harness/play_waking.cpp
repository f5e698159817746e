// Workloads whose tasks wait and are woken.
#include <algorithm>
#include <limits>
#include <string>

#include "peers/cpp/harness/play.hpp"
#include "workloads/ping_pong.hpp"
#include "workloads/sleep_storm.hpp"
#include "workloads/thread_ring.hpp"
#include "workloads/wake_latency.hpp"
#include "workloads/yield.hpp"

namespace rota::peers {

using workloads::nanoseconds;
using workloads::nanoseconds_per;
using workloads::Sample;

Play play_sleep_storm(const Request& request) {
  using W = workloads::SleepStorm<World>;
  const auto config = SettingsOf<W>(request).config;
  return play_on_one<W>([config](Peer& peer, Sample& sample) {
    constexpr std::int64_t never_woken = std::numeric_limits<std::int64_t>::min();
    const auto late = sample.latencies(config.tasks);
    std::ranges::fill(late, never_woken);
    const Timed got = peer.sleep_storm(config.delay, late);
    const auto missing = static_cast<std::uint64_t>(std::ranges::count(late, never_woken));
    const auto early = static_cast<std::uint64_t>(std::ranges::count_if(late, [](auto t) { return t < 0; }));
    sample.metric("wall", nanoseconds(got.time));
    sample.metric("lateness_max", static_cast<double>(std::ranges::max(late)));
    sample.check("tasks", config.tasks, config.tasks - missing);
    sample.check("early", 0, early - missing);
  });
}

Play play_yield(const Request& request) {
  using W = workloads::YieldStorm<World>;
  const auto config = SettingsOf<W>(request).config;
  return play_on_one<W>([config](Peer& peer, Sample& sample) {
    const Timed got = peer.yield(config.tasks, config.yields);
    sample.metric("ns_per_yield", nanoseconds_per(got.time, config.tasks * config.yields));
    sample.check("yields", config.tasks * config.yields, got.count);
  });
}

Play play_ping_pong(const Request& request) {
  using W = workloads::PingPong<World>;
  const SettingsOf<W> settings(request);
  const auto config = settings.config;
  return play_on_one<W>([config, channel = settings.text("via") == "channel"](Peer& peer, Sample& sample) {
    const Timed got = peer.ping_pong(config.pairs, config.rounds, channel);
    sample.metric("ns_per_round", nanoseconds_per(got.time, config.pairs * config.rounds));
    sample.check("messages", 2 * config.pairs * config.rounds, got.count);
  });
}

Play play_thread_ring(const Request& request) {
  using W = workloads::ThreadRing<World>;
  const auto config = SettingsOf<W>(request).config;
  return play_on_one<W>([config](Peer& peer, Sample& sample) {
    const Timed got = peer.thread_ring(config.tasks, config.hops);
    sample.metric("ns_per_hop", nanoseconds_per(got.time, config.hops));
    sample.check("holder", config.hops % config.tasks + 1, got.count);
  });
}

Play play_wake_latency(const Request& request) {
  using W = workloads::WakeLatency<World>;
  const SettingsOf<W> settings(request);
  const auto config = settings.config;
  const std::string how = settings.text("how");
  Wakes wakes{.how = how == "foreign" ? Wakes::How::foreign
                     : how == "task"  ? Wakes::How::task
                                      : Wakes::How::busy,
              .pause = config.pause,
              .busy = config.busy,
              .latencies = {},
              .calls = {}};
  return play_on_one<W>([wakes, calls = std::vector<std::int64_t>(config.wakes)](Peer& peer, Sample& sample) mutable {
    wakes.latencies = sample.latencies(calls.size());
    wakes.calls = calls;
    const std::uint64_t right = peer.wake_latency(wakes);
    sample.metric("wake_p50", workloads::middle_of(wakes.latencies));
    sample.metric("call_p50", workloads::middle_of(wakes.calls));
    sample.check("wakes", calls.size(), right);
  });
}

}  // namespace rota::peers
