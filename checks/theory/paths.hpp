// Paths: oracles over the rows of one run. Each holds to the nanosecond for every distribution; there is no tolerance.
//
// All are pure functions of rows. Who applies to which policy follows from its promises (subjects.hpp).
#pragma once

#include <span>

#include "checks/theory/recursions.hpp"
#include "checks/theory/rows.hpp"

namespace rota::checks::theory {

// Every request of the input is there as it was asked for, and was served: after its arrival, for no less than its
// service. `uncut`: without a break, so for its service exactly.
[[nodiscard]] Finding all_served(const Rows& rows, const Input& input, bool uncut);

// First come first served by one worker (Lindley), by k (Kiefer and Wolfowitz), or by each worker of those requests
// that it got (k recursions of Lindley's).
[[nodiscard]] Finding follows_lindley(const Rows& rows, Ns overhead = 0);
[[nodiscard]] Finding follows_kiefer_wolfowitz(const Rows& rows, unsigned workers);
[[nodiscard]] Finding follows_split_lindley(const Rows& rows, unsigned workers);
// Each request went to a worker drawn at random, all alike and whatever came before: the numbers of each pair of
// workers in a row, by a chi-square test. The one oracle here that can err: one time in a thousand, by the choice of
// the seed.
[[nodiscard]] Finding splits_at_random(const Rows& rows, unsigned workers);
// One worker, round robin by a quantum.
[[nodiscard]] Finding follows_round_robin(const Rows& rows, Ns quantum);

// One worker that never idles: it works in the busy periods of the input and at no other time. So two policies of which
// this holds have the same unfinished work at every instant. Also for requests that were cut into quanta.
[[nodiscard]] Finding keeps_busy_periods(const Rows& rows);
// k workers that never idle while a request waits, and no worker that serves two at a time. Requests must be uncut.
[[nodiscard]] Finding keeps_workers_busy(const Rows& rows, unsigned workers);

// Little's law at an empty instant: the requests in the system, summed over time as somebody else counted them (in
// nanoseconds), are the times in the system, summed over requests.
[[nodiscard]] Finding obeys_little(const Rows& rows, Ns present);

// Its mean time in the system is at most the other's, on the same input.
[[nodiscard]] Finding no_slower(const Rows& best, const Rows& other);

// Greedy schedules of a task graph (R. Graham 1966, R. Brent 1974): max(all / P, longest) <= makespan and makespan <=
// all / P + longest (1 - 1/P). `longest` is the work on the critical path.
[[nodiscard]] Finding within_graham(Ns all, Ns longest, unsigned workers, Ns makespan);

}  // namespace rota::checks::theory
