// Recursions: when each request of an input must begin, exactly. They know nothing of runtimes and policies.
//
// Sources: D. Lindley, The theory of queues with a single server (1952); J. Kiefer and J. Wolfowitz, On the theory of
// queues with many servers (1955).
#pragma once

#include <span>

#include "checks/theory/rows.hpp"

namespace rota::checks::theory {

// One worker, first come first served. `overhead` is what the worker needs for each request beside its service.
[[nodiscard]] std::vector<Ns> lindley_starts(std::span<const Request> input, Ns overhead = 0);
// k workers, one queue, first come first served.
[[nodiscard]] std::vector<Ns> kiefer_wolfowitz_starts(std::span<const Request> input, unsigned workers);
// One worker, each request in turn for at most a quantum, newcomers behind: when each ends. An arrival at the very end
// of a quantum comes before the request that gives way; who has simultaneous clocks may do it the other way round.
[[nodiscard]] std::vector<Ns> round_robin_ends(std::span<const Request> input, Ns quantum);

// When a single worker that never idles has work: from the first arrival on, the same for every order of service.
struct Period {
  Ns begin, end;
  friend bool operator==(const Period&, const Period&) = default;
};
[[nodiscard]] std::vector<Period> busy_periods(std::span<const Request> input);

}  // namespace rota::checks::theory
