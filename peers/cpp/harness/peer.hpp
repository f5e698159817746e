// What a peer is to the harness: somebody else's runtime, and how it plays each of Rota's workloads.
//
// A peer is made once for a cell (once for an iteration by `startup` and `memory`), and asked for one iteration after
// the other from the main thread, which is none of its workers unless that is how its users do it. It writes the timed
// part as those users would, and returns what is checked. All of what it starts has ended when it returns.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>

#include "peers/cpp/harness/mix_tree.hpp"

namespace rota::peers {

using Clock = std::chrono::steady_clock;  // the clock that the harness and env::Real read
using Nanoseconds = std::chrono::nanoseconds;

struct Timed {
  Nanoseconds time{0};
  std::uint64_t count = 0;  // tasks, yields or messages: what the workload checks
};

struct RemoteSpawned {
  Nanoseconds spawned{0}, joined{0};  // both since the first spawn
  std::uint64_t tasks = 0;
};

// A number from a tree of tasks, and how many calls or tasks there were.
struct TreeSum {
  std::uint64_t value = 0, calls = 0;

  TreeSum& operator+=(const TreeSum& other) {
    value += other.value;
    calls += other.calls;
    return *this;
  }
};

template <class Result> struct TimedResult {
  Result result;
  Nanoseconds time{0};
};

struct Wakes {
  enum class How : std::uint8_t { foreign, task, busy } how;
  Nanoseconds pause, busy;
  std::span<std::int64_t> latencies, calls;  // ns; to be filled, one element a wake
};

class Peer {
 public:
  Peer() = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  virtual ~Peer() = default;

  // Runs one task; returns when that ran its first instruction.
  virtual Clock::time_point run_one() = 0;

  virtual Timed spawn_join(std::uint64_t tasks) { return unspoken<Timed>(tasks); }
  virtual Timed chained_spawn(std::uint64_t depth) { return unspoken<Timed>(depth); }
  virtual RemoteSpawned remote_spawn(std::uint64_t tasks, bool busy) { return unspoken<RemoteSpawned>(tasks, busy); }

  // Each of late.size() tasks writes how long after its deadline it ran. The count is not used.
  virtual Timed sleep_storm(Nanoseconds delay, std::span<std::int64_t> late) { return unspoken<Timed>(delay, late); }
  virtual Timed yield(std::uint64_t tasks, std::uint64_t yields) { return unspoken<Timed>(tasks, yields); }
  virtual Timed ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool channel) {
    return unspoken<Timed>(pairs, rounds, channel);
  }
  // The count is the last holder, from 1.
  virtual Timed thread_ring(std::uint64_t tasks, std::uint64_t hops) { return unspoken<Timed>(tasks, hops); }
  // Returns how many wakes came one by one and in order.
  virtual std::uint64_t wake_latency(const Wakes& wakes) { return unspoken<std::uint64_t>(wakes); }

  // Parks so many tasks, keeping every join handle; calls all_parked() when the last one is; ends them and returns how
  // many ended.
  virtual std::uint64_t park(std::uint64_t tasks, bool on_event, const std::function<void()>& all_parked) {
    return unspoken<std::uint64_t>(tasks, on_event, all_parked);
  }

  virtual TimedResult<TreeSum> fib(std::uint32_t n, bool both) { return unspoken<TimedResult<TreeSum>>(n, both); }
  virtual TimedResult<TreeSum> skynet(std::uint64_t leaves) { return unspoken<TimedResult<TreeSum>>(leaves); }
  virtual TimedResult<MixCounts> uts() { return unspoken<TimedResult<MixCounts>>(); }

 private:
  template <class Result, class... Ignored> static Result unspoken(const Ignored&...) {
    throw std::logic_error("the peer says that it speaks this workload, and does not");
  }
};

// For a peer that speaks every one.
inline constexpr std::array<std::string_view, 13> all_workloads{
    "spawn-join", "sleep-storm", "yield", "ping-pong", "chained-spawn", "remote-spawn", "wake-latency",
    "memory",     "startup",     "fib",   "uts",       "skynet",        "thread-ring"};

struct PeerInfo {
  std::string_view name;                         // as definitions have it: "boost-fiber"
  std::string_view runtime;                      // for the start line: "Boost.Fiber 1.81.0"
  std::span<const std::string_view> workloads;   // what it speaks
  bool any_body = false;                         // it has one sort of task and plays every `body` with it
  bool can_be_busy = true;                       // its tasks can give way, so that they keep workers busy
  std::uint64_t most_tasks = ~std::uint64_t{0};  // at once
  std::uint64_t parked_tasks = 0;                // what `memory` parks unless told; 0: as many as Rota
  std::unique_ptr<Peer> (*start)(std::uint32_t workers) = nullptr;
};

[[nodiscard]] inline std::int64_t since(Clock::time_point start) {
  return std::chrono::duration_cast<Nanoseconds>(Clock::now() - start).count();
}

inline void compute_for(Nanoseconds time) {
  for (const auto end = Clock::now() + time; Clock::now() < end;) __builtin_ia32_pause();
}

}  // namespace rota::peers
