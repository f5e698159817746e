// Formulas: means and tails of queues in the steady state. Times are in units of the mean service time; `load` is the
// share of the workers' time that is asked for, below 1.
//
// Sources: L. Kleinrock, Queueing Systems I (1975): M/M/k, M/G/1. M. Harchol-Balter, Performance Modeling and Design of
// Computer Systems (2013): processor sharing, orders of service. N. Gunther, Guerrilla Capacity Planning (2007):
// scaling.
#pragma once

namespace rota::checks::theory {

// The probability that an arrival finds all k workers busy (Erlang's second formula).
[[nodiscard]] double erlang_c(unsigned workers, double load);
// M/M/k: the mean wait, and the probability of a wait longer than t. For every work-conserving policy that does not
// look at sizes; the tail for first come first served.
[[nodiscard]] double mmk_wait(unsigned workers, double load);
[[nodiscard]] double mmk_wait_tail(unsigned workers, double load, double t);
// M/M/k, first come first served: the time from arrival to end.
[[nodiscard]] double mmk_sojourn_tail(unsigned workers, double load, double t);
[[nodiscard]] double mmk_sojourn_quantile(unsigned workers, double load, double p);

// M/G/1, first come first served (Pollaczek and Khinchine); `variation` is the squared coefficient of variation.
[[nodiscard]] double pollaczek_khinchine_wait(double load, double variation);
// M/G/1 under processor sharing: the mean time in the system, whatever the distribution.
[[nodiscard]] double processor_sharing_sojourn(double load);
// M/M/1 under shortest remaining processing time first: the mean time in the system, and that of a size (L. Schrage and
// L. Miller, "The queue M/G/1 with the shortest remaining processing time discipline", Operations Research 1966).
[[nodiscard]] double srpt_sojourn(double load);
[[nodiscard]] double srpt_sojourn_of(double load, double size);
// M/G/1 under least attained service first: the mean time in the system of a request of size x, of which the law
// decides E[min(S, x)] and E[min(S, x)²] (Kleinrock, Queueing Systems II, 1976: foreground-background). A first level
// of feedback with an allotment a gives requests of x <= a the same with `a` in the wait: feedback_sojourn.
struct Truncated {
  double mean, square;
};
[[nodiscard]] double las_sojourn(double load, double size, Truncated at_size);
[[nodiscard]] double feedback_sojourn(double load, double size, Truncated at_allotment);

// M/M/1: the second moment of the wait, first come first served, and how many times larger other orders have it.
[[nodiscard]] double fcfs_wait_second_moment(double load);
[[nodiscard]] double lifo_factor(double load);
[[nodiscard]] double random_order_factor(double load);
// M/M/2 and two M/M/1 behind a random split: the mean time in the system.
[[nodiscard]] double shared_pair_sojourn(double load);
[[nodiscard]] double split_pair_sojourn(double load);

// The universal scalability law: speed-up of n workers with contention sigma and coherence kappa, and where it peaks.
[[nodiscard]] double scalability(double n, double sigma, double kappa);
[[nodiscard]] double scalability_peak(double sigma, double kappa);

}  // namespace rota::checks::theory
