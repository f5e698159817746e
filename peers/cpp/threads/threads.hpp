// Threads that are joined together.
#pragma once

#include <thread>
#include <vector>

namespace rota::peers {

using Threads = std::vector<std::thread>;

inline void join(Threads& threads) {
  for (auto& thread : threads) thread.join();
}

}  // namespace rota::peers
