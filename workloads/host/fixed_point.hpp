// Logarithm, exponential and sine in whole numbers, for drawing random times: the same on every machine and compiler.
//
// Why not <cmath>: its last digit differs between C libraries, and a compiler may fuse a product with a sum. Then two
// machines would, once in a while, draw a service time that differs by a nanosecond, and a simulation with the same
// seed would part from there. Series in 62-bit fractions cost about 50 ns, need no tables of unknown origin, and are
// right to 2^-50. "Qn" is a number whose unit is 2^-n.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace rota::workloads::host {

__extension__ using Wide = unsigned __int128;

inline constexpr std::uint64_t one_q62 = std::uint64_t{1} << 62;
inline constexpr std::uint64_t ln2_q56 = 0xb17217f7d1cf7a;        // ln 2, whose digits go on with …79abc
inline constexpr std::uint64_t half_pi_q62 = 0x6487ed5110b4611a;  // pi / 2

constexpr std::uint64_t times_q62(std::uint64_t a, std::uint64_t b) {
  return static_cast<std::uint64_t>((Wide{a} * b) >> 62);
}

// factor times value, where factor has `bits` fractional bits; to the nearest whole number.
constexpr std::uint64_t scaled(std::uint64_t factor, std::uint64_t value, unsigned bits) {
  return static_cast<std::uint64_t>((Wide{factor} * value + (Wide{1} << (bits - 1))) >> bits);
}

namespace fixed_point {
inline constexpr unsigned log_terms = 17, exp_terms = 18, sin_terms = 11;

// 1 / (first + step * i), in Q62.
template <unsigned count> constexpr std::array<std::uint64_t, count> reciprocals(unsigned first, unsigned step) {
  std::array<std::uint64_t, count> result{};
  for (unsigned i = 0; i < count; ++i) result[i] = one_q62 / (first + step * i);
  return result;
}
}  // namespace fixed_point

// -ln u in Q56, for u = (word | 1) / 2^64: a word from a random stream gives an exponential variable of mean 1, always
// greater than 0 and at most 44.4. With u = 2^-n f and f from 1/2: -ln f = 2 artanh((1 - f) / (1 + f)).
constexpr std::uint64_t minus_log(std::uint64_t word) {
  constexpr auto odd = fixed_point::reciprocals<fixed_point::log_terms>(1, 2);
  const auto zeros = static_cast<unsigned>(std::countl_zero(word | 1));
  const std::uint64_t f = (word | 1) << zeros;
  const auto s = static_cast<std::uint64_t>((((Wide{1} << 64) - f) << 62) / ((Wide{1} << 64) + f));
  const std::uint64_t square = times_q62(s, s);
  std::uint64_t sum = 0;
  for (unsigned i = fixed_point::log_terms; i-- > 0;) sum = odd[i] + times_q62(sum, square);
  return zeros * ln2_q56 + (times_q62(s, sum) >> 5);  // twice, and from Q62 to Q56
}

// e^x with `bits` fractional bits, for x in Q56 below (62 - bits) ln 2, so that it fits. Taylor's series, after a
// multiple of ln 2 was taken off.
constexpr std::uint64_t exponential(std::int64_t x, unsigned bits) {
  constexpr auto inverse = fixed_point::reciprocals<fixed_point::exp_terms>(1, 1);
  const auto ln2 = static_cast<std::int64_t>(ln2_q56);
  const std::int64_t power = (x >= 0 ? x : x - ln2 + 1) / ln2;
  const std::uint64_t rest = static_cast<std::uint64_t>(x - power * ln2) << 6;
  std::uint64_t sum = one_q62;
  for (unsigned i = fixed_point::exp_terms; i-- > 0;) sum = one_q62 + times_q62(times_q62(rest, inverse[i]), sum);
  const std::int64_t shift = 62 - static_cast<std::int64_t>(bits) - power;
  return shift >= 64 ? 0 : sum >> shift;
}

// sin(pi / 2 * word / 2^64) in Q62. Taylor: x (1 - x^2 / 6 (1 - x^2 / 20 (…))).
constexpr std::uint64_t quarter_sine(std::uint64_t word) {
  const std::uint64_t x = times_q62(half_pi_q62, word >> 2);
  const std::uint64_t square = static_cast<std::uint64_t>((Wide{x} * x) >> 63);  // Q61, for it is up to 2.47
  std::uint64_t rest = one_q62;
  for (unsigned i = fixed_point::sin_terms; i > 0; --i)
    rest = one_q62 - static_cast<std::uint64_t>((Wide{square} * rest >> 61) / (2 * i * (2 * i + 1)));
  return times_q62(x, rest);
}

// The root of a number in Q56, in Q56, rounded down.
constexpr std::uint64_t root(std::uint64_t value) {
  const Wide wanted = Wide{value} << 56;
  std::uint64_t result = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 59; bit != 0; bit >>= 1) {
    if (Wide{result | bit} * (result | bit) <= wanted) result |= bit;
  }
  return result;
}

// A normal variable of mean 0 and variance 1, in Q56, from two words (Box and Muller 1958; the sign is a bit of its
// own).
constexpr std::int64_t normal(std::uint64_t radius, std::uint64_t angle) {
  const std::uint64_t length = root(2 * minus_log(radius));
  const auto size = static_cast<std::int64_t>(times_q62(length, quarter_sine(angle << 1)));
  return angle >> 63 != 0 ? -size : size;
}

}  // namespace rota::workloads::host
