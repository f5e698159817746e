// Self: what a policy may know of the worker whose thread calls it: who it is, and chance. The rest of a worker is the
// runtime's.
//
// Threads   Its worker's only, but for id().
#pragma once

#include "runtime/vocabulary.hpp"
#include "worlds/random.hpp"

namespace rota {

class Self {
 public:
  Self(WorkerId id, std::uint64_t seed) : id_(id), random_(Random::stream(seed, id)) {}

  // From 0; its place is that of this number in the Placement that the policy was made with.
  [[nodiscard]] WorkerId id() const noexcept { return id_; }
  // This worker's own random stream: the only source of chance a policy may use (P7).
  [[nodiscard]] Random& random() noexcept { return random_; }

 private:
  WorkerId id_;
  Random random_;
};

}  // namespace rota
