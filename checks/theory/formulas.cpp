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

namespace {

// By Simpson's rule.
template <class F> double integral(double from, double to, F f) {
  constexpr int pieces = 200;
  const double width = (to - from) / pieces;
  double sum = f(from) + f(to);
  for (int i = 1; i < pieces; ++i) sum += (i % 2 == 1 ? 4 : 2) * f(from + i * width);
  return sum * width / 3;
}

// Exponential services of mean 1: the load of those up to a size, and their second moment up to there.
double load_up_to(double load, double size) { return load * (1 - std::exp(-size) * (1 + size)); }
double square_up_to(double size) { return 2 - std::exp(-size) * (size * size + 2 * size + 2); }

}  // namespace

double srpt_sojourn_of(double load, double size) {
  const double left = 1 - load_up_to(load, size);
  const double wait = load * (square_up_to(size) + size * size * std::exp(-size)) / (2 * left * left);
  return wait + integral(0, size, [load](double t) { return 1 / (1 - load_up_to(load, t)); });
}

double srpt_sojourn(double load) {
  return integral(0, 40, [load](double size) { return srpt_sojourn_of(load, size) * std::exp(-size); });
}

double las_sojourn(double load, double size, Truncated at_size) {
  const double left = 1 - load * at_size.mean;
  return (load * at_size.square / 2 / left + size) / left;
}

double feedback_sojourn(double load, double size, Truncated at_allotment) {
  return load * at_allotment.square / 2 / (1 - load * at_allotment.mean) + size;
}

double fcfs_wait_second_moment(double load) { return 2 * load / ((1 - load) * (1 - load)); }
double lifo_factor(double load) { return 1 / (1 - load); }
double random_order_factor(double load) { return 2 / (2 - load); }

double shared_pair_sojourn(double load) { return 1 / (1 - load * load); }
double split_pair_sojourn(double load) { return 1 / (1 - load); }

double scalability(double n, double sigma, double kappa) { return n / (1 + sigma * (n - 1) + kappa * n * (n - 1)); }
double scalability_peak(double sigma, double kappa) { return std::sqrt((1 - sigma) / kappa); }

}  // namespace rota::checks::theory
