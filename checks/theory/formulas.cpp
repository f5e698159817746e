// The formulas.
#include "checks/theory/formulas.hpp"

#include <cmath>

namespace rota::checks::theory {

double erlang_c(unsigned workers, double load) {
  const double offered = load * workers;
  double blocked = 1;  // Erlang's first formula, by its recursion over the number of workers
  for (unsigned k = 1; k <= workers; ++k) blocked = offered * blocked / (k + offered * blocked);
  return blocked / (1 - load * (1 - blocked));
}

double mmk_wait(unsigned workers, double load) { return erlang_c(workers, load) / (workers * (1 - load)); }

double mmk_wait_tail(unsigned workers, double load, double t) {
  return erlang_c(workers, load) * std::exp(-(workers * (1 - load) * t));
}

// Who waits, waits exponentially with this rate; then comes a service of rate 1, independent of it.
double mmk_sojourn_tail(unsigned workers, double load, double t) {
  const double waits = erlang_c(workers, load);
  const double rate = workers * (1 - load);
  const double both =
      std::abs(rate - 1) < 1e-9 ? (1 + t) * std::exp(-t) : (rate * std::exp(-t) - std::exp(-rate * t)) / (rate - 1);
  return (1 - waits) * std::exp(-t) + waits * both;
}

double mmk_sojourn_quantile(unsigned workers, double load, double p) {
  double low = 0, high = 1;
  while (mmk_sojourn_tail(workers, load, high) > 1 - p) high *= 2;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (mmk_sojourn_tail(workers, load, middle) > 1 - p ? low : high) = middle;
  }
  return high;
}

double pollaczek_khinchine_wait(double load, double variation) { return load * (1 + variation) / (2 * (1 - load)); }
double processor_sharing_sojourn(double load) { return 1 / (1 - load); }

double fcfs_wait_second_moment(double load) { return 2 * load / ((1 - load) * (1 - load)); }
double lifo_factor(double load) { return 1 / (1 - load); }
double random_order_factor(double load) { return 2 / (2 - load); }

double shared_pair_sojourn(double load) { return 1 / (1 - load * load); }
double split_pair_sojourn(double load) { return 1 / (1 - load); }

double scalability(double n, double sigma, double kappa) { return n / (1 + sigma * (n - 1) + kappa * n * (n - 1)); }
double scalability_peak(double sigma, double kappa) { return std::sqrt((1 - sigma) / kappa); }

}  // namespace rota::checks::theory
