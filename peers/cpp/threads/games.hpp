// OS threads: workloads in which threads wake each other.
#pragma once

#include "peers/cpp/harness/peer.hpp"

namespace rota::peers {

[[nodiscard]] Timed threads_ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool channel);
[[nodiscard]] Timed threads_ring(std::uint64_t tasks, std::uint64_t hops);
[[nodiscard]] std::uint64_t threads_wake_latency(const Wakes& wakes);

}  // namespace rota::peers
