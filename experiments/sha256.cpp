// SHA-256 as FIPS 180-4 describes it. Its constants are the first 32 bits of the fractional parts of the roots of the
// first primes, and are computed so.
#include "experiments/sha256.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace rota::experiments {
namespace {

using Words = std::array<std::uint32_t, 64>;
using State = std::array<std::uint32_t, 8>;

// The floor of root(prime) * 2^32, by bisection in integers; power is 2 or 3.
std::uint32_t fraction_of_root(std::uint32_t prime, int power) {
  using Wide = unsigned __int128;
  std::uint64_t low = 0;
  std::uint64_t high = std::uint64_t{1} << 37;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    // middle / 2^32 is below the root exactly if middle^power < prime * 2^(32 * power); 3 * 32 bits fit after dividing.
    const Wide square = Wide{middle} * middle;
    const bool below = power == 2 ? square <= (Wide{prime} << 64) : square <= ((Wide{prime} << 96) / middle);
    (below ? low : high) = middle;
  }
  return static_cast<std::uint32_t>(low);
}

template <std::size_t N> std::array<std::uint32_t, N> constants(int power) {
  std::array<std::uint32_t, N> result{};
  std::uint32_t candidate = 2;
  for (auto& word : result) {
    for (bool prime = false; !prime; ++candidate) {
      prime = true;
      for (std::uint32_t d = 2; d * d <= candidate; ++d) prime = prime && candidate % d != 0;
      if (prime) word = fraction_of_root(candidate, power);
    }
  }
  return result;
}

Words message_words(const unsigned char* block) {
  Words w{};
  for (std::size_t i = 0; i < 16; ++i) {
    w[i] = std::uint32_t{block[4 * i]} << 24 | std::uint32_t{block[4 * i + 1]} << 16 |
           std::uint32_t{block[4 * i + 2]} << 8 | block[4 * i + 3];
  }
  for (std::size_t i = 16; i < 64; ++i) {
    const std::uint32_t a = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
    const std::uint32_t b = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + a + w[i - 7] + b;
  }
  return w;
}

void take_block(State& state, const unsigned char* block) {
  static const Words k = constants<64>(3);
  const Words w = message_words(block);
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i];
    const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const State added{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  State state = constants<8>(2);
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const std::size_t whole = bytes.size() / 64 * 64;
  for (std::size_t at = 0; at < whole; at += 64) take_block(state, data + at);
  std::string tail(bytes.substr(whole));
  tail += '\x80';
  while (tail.size() % 64 != 56) tail += '\0';
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  for (int shift = 56; shift >= 0; shift -= 8) tail += static_cast<char>(bits >> shift);
  for (std::size_t at = 0; at < tail.size(); at += 64)
    take_block(state, reinterpret_cast<const unsigned char*>(tail.data()) + at);
  std::string hex;
  for (const auto word : state) hex += fmt::format("{:08x}", word);
  return hex;
}

}  // namespace rota::experiments
