// Arrivals: inputs of a service station. Poisson arrivals, and service times whose moments are known.
#pragma once

#include <span>
#include <string_view>

#include "checks/theory/rows.hpp"
#include "worlds/random.hpp"

namespace rota::checks::theory {

// A distribution of service times with mean 1.
struct Law {
  std::string_view name;
  double variation;  // squared coefficient of variation
  double (*draw)(Random&);
};

extern const Law constant, exponential, lognormal, bimodal_1, bimodal_2, high, pareto;
[[nodiscard]] std::span<const Law> laws();  // all of these

struct Stream {
  Law law;
  unsigned workers = 1;
  double load = 0.8;  // of each worker
  std::size_t requests = 10'000;
  std::uint64_t seed = 1;
  Ns mean = 10'000;  // of the service time
  Ns step = 1;       // times are multiples of this
};
[[nodiscard]] Input poisson(const Stream& stream);
// The mean time between two arrivals of a stream, in units of the mean service time.
[[nodiscard]] double mean_gap(const Stream& stream);

}  // namespace rota::checks::theory
