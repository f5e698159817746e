// Which workload a request names, and which of its settings a peer cannot play.
#include "peers/cpp/harness/play.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rota::peers {
namespace {

struct Named {
  std::string_view name;
  Play (*play)(const Request&);
};

constexpr std::array plays{
    Named{"spawn-join", &play_spawn_join},
    Named{"chained-spawn", &play_chained_spawn},
    Named{"remote-spawn", &play_remote_spawn},
    Named{"fib", &play_fib},
    Named{"skynet", &play_skynet},
    Named{"uts", &play_uts},
    Named{"sleep-storm", &play_sleep_storm},
    Named{"yield", &play_yield},
    Named{"ping-pong", &play_ping_pong},
    Named{"thread-ring", &play_thread_ring},
    Named{"wake-latency", &play_wake_latency},
    Named{"startup", &play_startup},
    Named{"memory", &play_memory},
};

std::uint64_t number_at(const SettingValues& all, std::string_view key) {
  const auto found = all.find(key);
  const auto* number = found == all.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return number == nullptr ? 0 : static_cast<std::uint64_t>(*number);
}

}  // namespace

Play play_of(const Request& request) {
  const auto& spoken = request.peer.workloads;
  const auto found = std::ranges::find(plays, request.workload, &Named::name);
  if (found == plays.end() || std::ranges::find(spoken, request.workload) == spoken.end())
    throw Refused(fmt::format("request.workload.use: {} speaks {}, got \"{}\"", request.peer.name,
                              fmt::join(spoken, ", "), request.workload));
  return found->play(request);
}

SettingValues without_body(const Request& request) {
  SettingValues result = request.settings;
  const auto body = result.find("body");
  if (body == result.end()) return result;
  const std::string text = to_text(body->second);
  if (text != "coroutine" && text != "fiber" && text != "fork")
    throw Refused(fmt::format("request.workload.with.body: expected one of coroutine, fiber, fork, got \"{}\"", text));
  if (!request.peer.any_body && text != "coroutine")
    throw Refused(fmt::format("request.workload.with.body: {} has coroutines only, got {}", request.peer.name, text));
  result.erase(body);
  return result;
}

void refuse_too_many(const PeerInfo& peer, const SettingValues& all) {
  for (const std::string_view key : {"tasks", "pairs", "depth"})
    refuse_too_many(peer, key, number_at(all, key) * (key == "pairs" ? 2 : 1));
}

void refuse_too_many(const PeerInfo& peer, std::string_view key, std::uint64_t tasks) {
  if (tasks > peer.most_tasks)
    throw Refused(fmt::format("request.workload.with.{}: {} takes at most {} tasks at once, got {}", key, peer.name,
                              peer.most_tasks, tasks));
}

}  // namespace rota::peers
