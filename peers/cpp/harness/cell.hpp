// The cell protocol's side of a peer: reads the request, plays it, prints the answer.
#pragma once

#include "peers/cpp/harness/peer.hpp"

namespace rota::peers {

// What a peer's main() calls, and all that it does. Returns the exit status: 0 measured, 1 a wrong answer, 2 the
// request is refused, 3 the measurement failed.
[[nodiscard]] int run_peer(const PeerInfo& info);

}  // namespace rota::peers
