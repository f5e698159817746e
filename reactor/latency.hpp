// Latency: how long a made-up device takes for one op, drawn from a seeded stream.
//
// Whole nanoseconds, by integer arithmetic alone: libm's last digit differs between systems, and one nanosecond would
// be another trace (P7).
#pragma once

#include <bit>
#include <cstdint>

#include "worlds/random.hpp"
#include "worlds/time.hpp"

namespace rota {

struct LatencyModel {
  enum class Kind : std::uint8_t { constant, uniform, exponential } kind = Kind::constant;
  Duration least{0};   // of every op
  Duration spread{0};  // uniform: the greatest is least + spread. exponential: the mean is least + spread
  std::uint64_t seed = 0;

  [[nodiscard]] static constexpr LatencyModel constant(Duration time) { return {Kind::constant, time, {}, 0}; }
  [[nodiscard]] static constexpr LatencyModel uniform(Duration least, Duration most, std::uint64_t seed) {
    return {Kind::uniform, least, most - least, seed};
  }
  [[nodiscard]] static constexpr LatencyModel exponential(Duration least, Duration mean, std::uint64_t seed) {
    return {Kind::exponential, least, mean - least, seed};
  }
};

// -ln(word / 2^64) in units of 2^-32, for word > 0, within 2e-8: the binary logarithm digit by digit, by squaring.
[[nodiscard]] constexpr std::uint64_t minus_ln(std::uint64_t word) noexcept {
  constexpr std::uint64_t ln_2 = 2'977'044'472;  // ln 2 * 2^32
  const int zeros = std::countl_zero(word);
  std::uint64_t mantissa = word << zeros;  // 1.0 is 2^63
  std::uint64_t digits = 0;
  for (int i = 0; i < 32; ++i) {
    const auto square = static_cast<unsigned __int128>(mantissa) * mantissa;
    const bool two = (square >> 127) != 0;
    mantissa = static_cast<std::uint64_t>(square >> (two ? 64 : 63));
    digits = digits << 1 | (two ? 1 : 0);
  }
  const std::uint64_t minus_log_2 = (static_cast<std::uint64_t>(zeros + 1) << 32) - digits;
  return static_cast<std::uint64_t>(static_cast<unsigned __int128>(minus_log_2) * ln_2 >> 32);
}

class Latency {
 public:
  explicit constexpr Latency(const LatencyModel& model) noexcept : model_(model), random_(model.seed) {}

  constexpr Duration draw() noexcept {
    if (model_.kind == LatencyModel::Kind::constant) return model_.least;
    const std::uint64_t word = random_();
    const auto spread = static_cast<unsigned __int128>(model_.spread.count());
    const auto extra =
        model_.kind == LatencyModel::Kind::uniform ? (spread + 1) * word >> 64 : spread * minus_ln(word | 1) >> 32;
    return model_.least + Duration(static_cast<Duration::rep>(extra));
  }

 private:
  LatencyModel model_;
  Random random_;
};

}  // namespace rota
