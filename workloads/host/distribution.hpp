// Service times and arrivals: the distributions that papers on tail latency use, each scaled to a mean.
//
//   name         what it is, before scaling                           C²      source
//   constant     always the same                                      0
//   exponential  mean 1                                               1
//   lognormal    sigma = 1                                            1.718   e - 1; in no artifact, between the others
//   bimodal-1    90 % 0.5, 10 % 5.5                                   2.25    Shenango (NSDI 2019), synthetic client
//   bimodal-2    99.9 % 0.5, 0.1 % 500.5                              249.75  Shenango, the same
//   high         50 % 1, 50 % 100                                     0.961   Perséphone (SOSP 2021) "high bimodal",
//                                                                             Shinjuku
//   extreme      99.5 % 0.5, 0.5 % 500                                138.1   Shinjuku (NSDI 2019), Perséphone
//                                                                             "extreme bimodal"
//   rocksdb      50 % 1.5 (GET), 50 % 635 (SCAN)                      0.991   Perséphone, RocksDB
//   tpc-c        44 % 5.7, 4 % 6, 44 % 20, 4 % 88, 4 % 100            1.479   Perséphone, TPC-C's five transactions
//   skyloft      99.5 % 4, 0.5 % 10000                                170.6   Skyloft (SOSP 2024), as ghOSt, Shinjuku
//   pareto       bounded, largest / smallest = 10000; alpha 1.1 to    110 to  Harchol-Balter, "Performance Modeling and
//                1.5                                                  33      Design of Computer Systems", ch. 20
//
// Every sample is a whole number of nanoseconds and takes a fixed number of words of the random stream, so the n-th
// request is the n-th in every policy's run. All of it by inversion, in whole numbers (fixed_point.hpp says why).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/settings.hpp"
#include "workloads/host/fixed_point.hpp"
#include "worlds/random.hpp"
#include "worlds/time.hpp"

namespace rota::workloads::host {

enum class Shape : std::uint8_t {
  constant,
  exponential,
  lognormal,
  bimodal_1,
  bimodal_2,
  high,
  extreme,
  rocksdb,
  tpc_c,
  skyloft,
  pareto,
};

inline constexpr std::array shapes{
    named("constant", Shape::constant),   named("exponential", Shape::exponential),
    named("lognormal", Shape::lognormal), named("bimodal-1", Shape::bimodal_1),
    named("bimodal-2", Shape::bimodal_2), named("high", Shape::high),
    named("extreme", Shape::extreme),     named("rocksdb", Shape::rocksdb),
    named("tpc-c", Shape::tpc_c),         named("skyloft", Shape::skyloft),
    named("pareto", Shape::pareto),
};

class Distribution {
 public:
  // Scaled to `mean`, at least 1 ns. `alpha`, from 1.1 to 1.5, is for pareto alone.
  Distribution(Shape shape, Duration mean, double alpha = 1.3);

  [[nodiscard]] Duration operator()(Random& random) const;

  // Exact, in nanoseconds: for mixtures of constants that of the rounded constants, else before rounding to whole
  // nanoseconds. It may differ from the mean that was asked for by that rounding.
  [[nodiscard]] double mean() const { return mean_; }
  // Variance / mean²: exact likewise.
  [[nodiscard]] double c2() const { return c2_; }

 private:
  struct Part {
    std::uint64_t per_thousand;
    std::uint64_t ns;
  };
  void set_mixture(Shape shape, std::uint64_t mean);
  void set_pareto(std::uint64_t mean, double alpha);

  Shape shape_;
  std::vector<Part> parts_;      // of mixtures of constants
  std::uint64_t unit_q20_ = 0;   // ns: the mean; for pareto the smallest value
  std::uint64_t alpha_inv_ = 0;  // Q62
  std::uint64_t lowest_ = 0;     // pareto: smallest u, Q64
  double mean_ = 0, c2_ = 0;
};

// The instants of a Poisson process, in nanoseconds after its start. Gaps add up before they are rounded.
class PoissonArrivals {
 public:
  // `gap` is the mean distance in nanoseconds, below 10^13.
  PoissonArrivals(Random random, double gap) : random_(random), gap_q20_(static_cast<std::uint64_t>(gap * 0x1p20)) {}
  [[nodiscard]] Duration next() {
    time_q20_ += (Wide{minus_log(random_())} * gap_q20_) >> 56;
    return Duration(static_cast<std::int64_t>((time_q20_ + (1U << 19)) >> 20));
  }

 private:
  Random random_;
  std::uint64_t gap_q20_;
  Wide time_q20_ = 0;
};

}  // namespace rota::workloads::host
