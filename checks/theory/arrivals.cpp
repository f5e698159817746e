// The distributions.
#include "checks/theory/arrivals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace rota::checks::theory {
namespace {

double uniform(Random& random) { return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53; }  // in (0, 1)
double negative_log(Random& random) { return -std::log(uniform(random)); }

// exp(mu + s Z) with s = 1 and mu = -s²/2, so that the mean is 1 and the squared variation e - 1.
double draw_lognormal(Random& random) {
  const double radius = std::sqrt(2 * negative_log(random));
  return std::exp(radius * std::cos(2 * std::numbers::pi * uniform(random)) - 0.5);
}

// Bounded Pareto: shape 1.5, from l to 1000 l.
constexpr double shape = 1.5, span = 1000;
double pareto_moment(double n) {  // with l = 1
  return shape / (shape - n) * (1 - std::pow(span, n - shape)) / (1 - std::pow(span, -shape));
}
double draw_pareto(Random& random) {
  static const double least = 1 / pareto_moment(1);
  return least * std::pow(1 - uniform(random) * (1 - std::pow(span, -shape)), -1 / shape);
}

}  // namespace

const Law constant{"constant", 0, [](Random&) { return 1.0; }};
const Law exponential{"exponential", 1, negative_log};
const Law lognormal{"lognormal", std::numbers::e - 1, draw_lognormal};
const Law bimodal_1{"bimodal-1", 2.25, [](Random& r) { return uniform(r) < 0.9 ? 0.5 : 5.5; }};
const Law bimodal_2{"bimodal-2", 249.75, [](Random& r) { return uniform(r) < 0.999 ? 0.5 : 500.5; }};
const Law high{"high", 2450.25 / 2550.25, [](Random& r) { return (uniform(r) < 0.5 ? 1.0 : 100.0) / 50.5; }};
const Law pareto{"pareto", pareto_moment(2) / (pareto_moment(1) * pareto_moment(1)) - 1, draw_pareto};

std::span<const Law> laws() {
  static const std::array all{constant, exponential, lognormal, bimodal_1, bimodal_2, high, pareto};
  return all;
}

double mean_gap(const Stream& stream) { return 1 / (stream.load * stream.workers); }

Input poisson(const Stream& stream) {
  // Two streams of chance: what arrives when does not depend on how long it takes.
  Random gaps = Random::stream(stream.seed, 0), services = Random::stream(stream.seed, 1);
  const auto steps = static_cast<double>(stream.mean) / static_cast<double>(stream.step);
  Input input;
  input.reserve(stream.requests);
  double now = 1;
  for (std::size_t i = 0; i < stream.requests; ++i) {
    now += negative_log(gaps) * mean_gap(stream) * steps;
    const Ns service = std::max<Ns>(1, std::llround(stream.law.draw(services) * steps));
    input.push_back({static_cast<Ns>(now) * stream.step, service * stream.step});
  }
  return input;
}

}  // namespace rota::checks::theory
