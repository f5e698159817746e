// A random stream as a value: xoshiro256** seeded by splitmix64 (Blackman and Vigna, "Scrambled linear pseudorandom
// number generators", 2019). Every stream is seeded explicitly, so the same seed gives the same decisions in any world.
#pragma once

#include <bit>
#include <cstdint>

namespace rota {

class Random {
 public:
  using result_type = std::uint64_t;

  explicit constexpr Random(std::uint64_t seed) noexcept {
    for (auto& word : state_) word = split(seed);
  }

  // The stream of one member (a worker, a block) of a family that shares a seed: streams of different members differ.
  static constexpr Random stream(std::uint64_t seed, std::uint64_t member) noexcept {
    std::uint64_t mixed = seed;
    return Random(split(mixed) ^ (member * 0x9e3779b97f4a7c15U));
  }

  constexpr std::uint64_t operator()() noexcept {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  // Uniform in [0, bound), bound > 0, without a division (Lemire's multiply; the bias is below bound / 2^32).
  constexpr std::uint32_t below(std::uint32_t bound) noexcept {
    return static_cast<std::uint32_t>((((*this)() >> 32) * bound) >> 32);
  }

  static constexpr std::uint64_t min() noexcept { return 0; }
  static constexpr std::uint64_t max() noexcept { return ~std::uint64_t{0}; }

 private:
  static constexpr std::uint64_t split(std::uint64_t& seed) noexcept {
    std::uint64_t z = (seed += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }

  std::uint64_t state_[4];
};

}  // namespace rota
