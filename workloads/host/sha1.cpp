// SHA-1 (FIPS 180-4) of one block.
#include "workloads/host/sha1.hpp"

#include <algorithm>
#include <bit>

namespace rota::workloads::host {
namespace {

constexpr std::size_t block = 64;

std::uint32_t word_of(const std::uint8_t* bytes) noexcept {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

void write(std::uint32_t word, std::uint8_t* out) noexcept {
  for (unsigned i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(word >> (24 - 8 * i));
}

// Word t of the message schedule, of which the last 16 are kept.
template <unsigned t> std::uint32_t expand(std::array<std::uint32_t, 16>& w) noexcept {
  if constexpr (t >= 16) w[t % 16] = std::rotl(w[(t - 3) % 16] ^ w[(t - 8) % 16] ^ w[(t - 14) % 16] ^ w[t % 16], 1);
  return w[t % 16];
}

template <unsigned t> std::uint32_t choose(std::uint32_t b, std::uint32_t c, std::uint32_t d) noexcept {
  if constexpr (t < 20) return (d ^ (b & (c ^ d))) + 0x5a827999;
  if constexpr (t >= 20 && t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if constexpr (t >= 40 && t < 60) return ((b & c) + (d & (b ^ c))) + 0x8f1bbcdc;
  if constexpr (t >= 60) return (b ^ c ^ d) + 0xca62c1d6;
}

using State = std::array<std::uint32_t, 5>;
constexpr State initial{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

template <unsigned t> void round(State& s, std::array<std::uint32_t, 16>& w) noexcept {
  // Names move instead of values: a of round t is s[-t mod 5].
  constexpr auto at = [](unsigned i) { return (i + 80 - t) % 5; };
  s[at(4)] += std::rotl(s[at(0)], 5) + choose<t>(s[at(1)], s[at(2)], s[at(3)]) + expand<t>(w);
  s[at(1)] = std::rotl(s[at(1)], 30);
}

template <unsigned... t>
void rounds(State& s, std::array<std::uint32_t, 16>& w, std::integer_sequence<unsigned, t...>) noexcept {
  (round<t>(s, w), ...);
}

}  // namespace

Sha1Digest sha1(std::span<const std::uint8_t> message) noexcept {
  std::array<std::uint8_t, block> bytes{};
  std::ranges::copy(message, bytes.begin());
  bytes[message.size()] = 0x80;
  write(static_cast<std::uint32_t>(8 * message.size()), bytes.data() + block - 4);
  std::array<std::uint32_t, 16> w;
  for (unsigned i = 0; i < 16; ++i) w[i] = word_of(bytes.data() + 4 * i);
  State state = initial;
  rounds(state, w, std::make_integer_sequence<unsigned, 80>());
  Sha1Digest digest;
  for (unsigned i = 0; i < 5; ++i) write(state[i] + initial[i], digest.data() + 4 * i);
  return digest;
}

}  // namespace rota::workloads::host
