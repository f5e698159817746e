// Drawing service times.
#include "workloads/host/distribution.hpp"

#include <cmath>
#include <span>

namespace rota::workloads::host {
namespace {

struct Term {
  std::uint64_t per_thousand, size;  // in units of which only the ratio matters
};

std::span<const Term> terms_of(Shape shape) {
  static constexpr std::array constant{Term{1000, 1}};
  static constexpr std::array bimodal_1{Term{900, 1}, Term{100, 11}};
  static constexpr std::array bimodal_2{Term{999, 1}, Term{1, 1001}};
  static constexpr std::array high{Term{500, 1}, Term{500, 100}};
  static constexpr std::array extreme{Term{995, 1}, Term{5, 1000}};
  static constexpr std::array rocksdb{Term{500, 3}, Term{500, 1270}};
  static constexpr std::array tpc_c{Term{440, 57}, Term{40, 60}, Term{440, 200}, Term{40, 880}, Term{40, 1000}};
  static constexpr std::array skyloft{Term{995, 4}, Term{5, 10000}};
  switch (shape) {
    case Shape::constant:
      return constant;
    case Shape::bimodal_1:
      return bimodal_1;
    case Shape::bimodal_2:
      return bimodal_2;
    case Shape::high:
      return high;
    case Shape::extreme:
      return extreme;
    case Shape::rocksdb:
      return rocksdb;
    case Shape::tpc_c:
      return tpc_c;
    case Shape::skyloft:
      return skyloft;
    case Shape::exponential:
    case Shape::lognormal:
    case Shape::pareto:
      break;
  }
  return {};
}

constexpr std::uint64_t span_of_pareto = 10'000;  // largest / smallest
constexpr std::uint64_t log_span_q56 = minus_log(~std::uint64_t{0} / span_of_pareto);
constexpr std::int64_t half_q56 = std::int64_t{1} << 55;

}  // namespace

Distribution::Distribution(Shape shape, Duration mean, double alpha) : shape_(shape) {
  const auto wanted = static_cast<std::uint64_t>(mean.count());
  unit_q20_ = wanted << 20;
  mean_ = static_cast<double>(wanted);
  if (shape == Shape::exponential) {
    c2_ = 1;
  } else if (shape == Shape::lognormal) {
    c2_ = std::expm1(1.0);
  } else if (shape == Shape::pareto) {
    set_pareto(wanted, alpha);
  } else {
    set_mixture(shape, wanted);
  }
}

void Distribution::set_mixture(Shape shape, std::uint64_t mean) {
  std::uint64_t sum = 0;
  for (const Term& term : terms_of(shape)) sum += term.per_thousand * term.size;
  double first = 0, second = 0;
  for (const Term& term : terms_of(shape)) {
    const Wide wanted = Wide{mean} * term.size * 1000;
    parts_.push_back({term.per_thousand, static_cast<std::uint64_t>((wanted + sum / 2) / sum)});
    const double share = static_cast<double>(term.per_thousand) / 1000;
    const auto ns = static_cast<double>(parts_.back().ns);
    first += share * ns;
    second += share * ns * ns;
  }
  mean_ = first;
  c2_ = first == 0 ? 0 : second / (first * first) - 1;
}

// With smallest value 1 and largest r, F(x) = (1 - x^-alpha) / (1 - r^-alpha), and the k-th moment is
// alpha / (alpha - k) (1 - r^(k - alpha)) / (1 - r^-alpha).
void Distribution::set_pareto(std::uint64_t mean, double alpha) {
  constexpr auto r = static_cast<double>(span_of_pareto);
  alpha_inv_ = static_cast<std::uint64_t>(0x1p62 / alpha);
  const auto alpha_q40 = static_cast<std::uint64_t>(alpha * 0x1p40);
  const auto power = static_cast<std::int64_t>(scaled(log_span_q56, alpha_q40, 40));
  lowest_ = exponential(-power, 62) << 2;
  const double least = static_cast<double>(lowest_) * 0x1p-64;  // r^-alpha
  const double first = alpha / (alpha - 1) * (1 - r * least) / (1 - least);
  const double second = alpha / (2 - alpha) * (r * r * least - 1) / (1 - least);
  unit_q20_ = static_cast<std::uint64_t>(static_cast<double>(mean) * 0x1p20 / first);
  mean_ = static_cast<double>(unit_q20_) * 0x1p-20 * first;
  c2_ = second / (first * first) - 1;
}

Duration Distribution::operator()(Random& random) const {
  std::uint64_t ns = 0;
  const std::uint64_t word = random();
  if (shape_ == Shape::exponential) {
    ns = scaled(minus_log(word), unit_q20_, 76);
  } else if (shape_ == Shape::lognormal) {
    ns = scaled(exponential(normal(word, random()) - half_q56, 32), unit_q20_, 52);
  } else if (shape_ == Shape::pareto) {
    // Inversion: u runs from r^-alpha to 1, and the value is u^(-1 / alpha).
    const std::uint64_t u = lowest_ + scaled(word, ~lowest_, 64);
    ns = scaled(exponential(static_cast<std::int64_t>(times_q62(minus_log(u), alpha_inv_)), 32), unit_q20_, 52);
  } else {
    auto rank = static_cast<std::uint64_t>((Wide{word} * 1000) >> 64);
    auto part = parts_.begin();
    for (; rank >= part->per_thousand; ++part) rank -= part->per_thousand;
    ns = part->ns;
  }
  return Duration(static_cast<std::int64_t>(ns));
}

}  // namespace rota::workloads::host
