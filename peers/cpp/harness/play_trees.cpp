// Workloads that spawn, and wait for what they spawned.
#include <string>

#include "peers/cpp/harness/play.hpp"
#include "workloads/chained_spawn.hpp"
#include "workloads/fib.hpp"
#include "workloads/remote_spawn.hpp"
#include "workloads/skynet.hpp"
#include "workloads/spawn_join.hpp"
#include "workloads/uts.hpp"

namespace rota::peers {

using workloads::nanoseconds;
using workloads::nanoseconds_per;
using workloads::Sample;

Play play_spawn_join(const Request& request) {
  using W = workloads::SpawnJoin<World>;
  const auto config = SettingsOf<W>(request).config;
  return play_on_one<W>([config](Peer& peer, Sample& sample) {
    const Timed got = peer.spawn_join(config.tasks);
    sample.metric("ns_per_task", nanoseconds_per(got.time, config.tasks));
    sample.check("tasks", config.tasks, got.count);
  });
}

Play play_chained_spawn(const Request& request) {
  using W = workloads::ChainedSpawn<World>;
  const auto config = SettingsOf<W>(request).config;
  return play_on_one<W>([config](Peer& peer, Sample& sample) {
    const Timed got = peer.chained_spawn(config.depth);
    sample.metric("ns_per_task", nanoseconds_per(got.time, config.depth));
    sample.check("depth", config.depth, got.count);
  });
}

Play play_remote_spawn(const Request& request) {
  using W = workloads::RemoteSpawn<World>;
  const auto config = SettingsOf<W>(request).config;
  if (config.busy && !request.peer.can_be_busy)
    throw Refused("request.workload.with.busy: this peer's tasks cannot give way, so they cannot keep a worker busy");
  return play_on_one<W>([config](Peer& peer, Sample& sample) {
    const RemoteSpawned got = peer.remote_spawn(config.tasks, config.busy);
    sample.metric("ns_per_task", nanoseconds_per(got.joined, config.tasks));
    sample.metric("ns_per_spawn", nanoseconds_per(got.spawned, config.tasks));
    sample.check("tasks", config.tasks, got.tasks);
  });
}

Play play_fib(const Request& request) {
  using W = workloads::Fib<World>;
  const SettingsOf<W> settings(request);
  const std::uint32_t n = settings.config.n;
  // Breadth first, all calls that fork are there at once.
  refuse_too_many(request.peer, "n", (workloads::fibonacci(n + 1) - 1) * (settings.text("forks") == "both" ? 2 : 1));
  return play_on_one<W>([n, both = settings.text("forks") == "both"](Peer& peer, Sample& sample) {
    const std::uint64_t calls = 2 * workloads::fibonacci(n + 1) - 1;
    const auto got = peer.fib(n, both);
    sample.metric("ns_per_call", nanoseconds_per(got.time, calls));
    sample.metric("wall", nanoseconds(got.time));
    sample.check("fib", workloads::fibonacci(n), got.result.value);
    sample.check("calls", calls, got.result.calls);
  });
}

Play play_skynet(const Request& request) {
  using W = workloads::Skynet<World>;
  const std::uint64_t leaves = SettingsOf<W>(request).config.leaves;
  refuse_too_many(request.peer, "leaves", (10 * leaves - 1) / 9);
  return play_on_one<W>([leaves](Peer& peer, Sample& sample) {
    const std::uint64_t tasks = (10 * leaves - 1) / 9;
    const auto got = peer.skynet(leaves);
    sample.metric("ns_per_task", nanoseconds_per(got.time, tasks));
    sample.metric("wall", nanoseconds(got.time));
    sample.check("sum", leaves * (leaves - 1) / 2, got.result.value);
    sample.check("tasks", tasks, got.result.calls);
  });
}

Play play_uts(const Request& request) {
  using W = workloads::Uts<World>;
  const SettingsOf<W> settings(request);
  // The other trees need SHA-1 and would measure that; a chunk is Rota's way to give work away.
  if (settings.text("tree") != "mix") throw Refused("request.workload.with.tree: peers play \"mix\" only");
  if (settings.text("split") != "fork") throw Refused("request.workload.with.split: peers play \"fork\" only");
  return play_on_one<W>([](Peer& peer, Sample& sample) {
    const auto got = peer.uts();
    sample.metric("ns_per_node", nanoseconds_per(got.time, mix_counts.nodes));
    sample.metric("wall", nanoseconds(got.time));
    sample.check("nodes", mix_counts.nodes, got.result.nodes);
    sample.check("leaves", mix_counts.leaves, got.result.leaves);
    sample.check("depth", mix_counts.depth, got.result.depth);
  });
}

}  // namespace rota::peers
