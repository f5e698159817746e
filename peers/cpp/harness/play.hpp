// Rota's workloads, as a peer plays them: settings, metrics and checks are those of the workload of that name.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "peers/cpp/harness/peer.hpp"
#include "runtime/settings.hpp"
#include "workloads/measure.hpp"
#include "worlds/real.hpp"

namespace rota::peers {

using World = env::Real;

// The request cannot be played; what() is the line for the user.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What a request asks for.
struct Request {
  const PeerInfo& peer;
  std::string workload;
  SettingValues settings;
  std::uint32_t workers = 1;
  workloads::Effort effort;
  std::vector<std::pair<std::string, std::string>> expect;  // checks by name, and their answers
  Nanoseconds reading{0};                                   // what it took to read it

  [[nodiscard]] std::unique_ptr<Peer> start() const { return peer.start(workers); }
};

// One of both is set: what plays on a peer that is made once, or what starts peers itself.
struct Play {
  std::vector<workloads::MetricInfo> metrics;
  std::vector<workloads::Percentile> percentiles = {};
  bool once = false;
  std::function<void(Peer&, workloads::Sample&)> on_one = {};
  std::function<void(workloads::Sample&)> by_itself = {};
};

// Throws Refused.
[[nodiscard]] Play play_of(const Request& request);

// The parts of play_of, one function for each workload.
Play play_spawn_join(const Request&), play_chained_spawn(const Request&), play_remote_spawn(const Request&),
    play_fib(const Request&), play_skynet(const Request&), play_uts(const Request&);
Play play_sleep_storm(const Request&), play_yield(const Request&), play_ping_pong(const Request&),
    play_thread_ring(const Request&), play_wake_latency(const Request&);
Play play_startup(const Request&), play_memory(const Request&);

// Rota's own settings of the workload W. What is a peer's own matter, a body and the most tasks at once, is looked at
// here.
template <class W> struct SettingsOf {
  explicit SettingsOf(const Request& request);

  typename W::Config config;
  SettingValues all;  // every setting with its value

  // The value of a setting, as a definition would write it.
  [[nodiscard]] std::string text(std::string_view key) const { return to_text(all.find(key)->second); }
};

// The request's settings without a body that this peer plays like any other. Throws Refused for one that it cannot
// play.
[[nodiscard]] SettingValues without_body(const Request& request);
// Throws Refused if a setting asks for more tasks at once than the peer can have: one that counts them, or the one that
// is named.
void refuse_too_many(const PeerInfo& peer, const SettingValues& all);
void refuse_too_many(const PeerInfo& peer, std::string_view key, std::uint64_t tasks);

template <class W> SettingsOf<W>::SettingsOf(const Request& request) {
  SettingError error;
  bool good = rota::bind(config, without_body(request), error);
  if constexpr (requires { config.complete(error); }) good = good && config.complete(error);
  if (!good) throw Refused("request.workload.with." + error.sentence());
  all = unbind(config);
  refuse_too_many(request.peer, all);
}

template <class W> [[nodiscard]] Play play_on_one(std::function<void(Peer&, workloads::Sample&)> iterate) {
  Play result{.metrics = {W::metrics.begin(), W::metrics.end()}, .on_one = std::move(iterate)};
  if constexpr (requires { W::percentiles; }) result.percentiles = {W::percentiles.begin(), W::percentiles.end()};
  return result;
}

}  // namespace rota::peers
