// The universal scalability law, fitted to throughputs: C(n) = n / (1 + sigma (n-1) + kappa n (n-1)).
#pragma once

#include <span>

#include "checks/theory/intervals.hpp"

namespace rota::checks::theory {

struct Throughput {
  double workers, rate;
};
struct ScalingFit {
  Interval sigma, kappa;              // contention, coherence
  [[nodiscard]] double peak() const;  // where throughput is highest, in workers; infinite if kappa is not above 0
};

// By least squares on n/C - 1 = sigma (n-1) + kappa n (n-1), weighted so that each C has the same relative error. The
// first point gives the rate of one worker.
[[nodiscard]] ScalingFit fit_scaling(std::span<const Throughput> points, double confidence = usual_confidence);

}  // namespace rota::checks::theory
