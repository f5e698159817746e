// small_settings<Config>(seed): a policy's settings as a program draws them. Small, so that what happens after 61 picks
// or 5 us happens in a short program too, and at the borders, where rules change.
//
// Seed 1 is the policy as it comes: its choices, its booleans, its numbers no larger than 4. Any other seed draws every
// setting: a choice or boolean among all, a number or a time among the least that is allowed, the next one, a few small
// ones and the default. Never large ones: a queue of 65536 tasks would be made anew for every execution. What a policy
// promises is asked of the settings drawn (Subject::promises), so each is judged by its own word.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

#include "runtime/settings.hpp"
#include "worlds/random.hpp"

namespace rota::checks {

namespace small {

constexpr std::uint32_t most = 4;

template <class Number> Number shrunk(Number value, double least) {
  return std::min(value, static_cast<Number>(std::max(least, double{most})));
}

template <class Config, class S> void shrink(Config& config, const S& setting) {
  using Field = std::remove_reference_t<decltype(config.*setting.field)>;
  if constexpr (std::is_same_v<Field, std::uint32_t> || std::is_same_v<Field, std::uint64_t>)
    config.*setting.field = shrunk(config.*setting.field, setting.least);
}

template <class Config, class S> void draw(Config& config, const S& setting, Random& random) {
  auto& field = config.*setting.field;
  using Field = std::remove_reference_t<decltype(field)>;
  const auto one_of = [&](const auto& values) {
    return values[random.below(static_cast<std::uint32_t>(values.size()))];
  };
  if constexpr (requires { setting.options; }) {
    field = one_of(setting.options).value;
  } else if constexpr (std::is_same_v<Field, bool>) {
    field = random.below(2) == 0;
  } else if constexpr (std::is_same_v<Field, Duration>) {
    using std::chrono::microseconds;
    const Duration least(static_cast<Duration::rep>(setting.least)), largest(static_cast<Duration::rep>(setting.most));
    const Duration border = setting.least == 0 ? least : microseconds(1);  // a nanosecond would make many steps
    const std::array<Duration, 5> values{border, microseconds(1), microseconds(2), microseconds(3), field};
    field = std::clamp(one_of(values), least, largest);
  } else if constexpr (std::is_integral_v<Field>) {
    const auto least = static_cast<Field>(setting.least);
    const std::array<Field, 4> values{least, static_cast<Field>(least + 1), static_cast<Field>(least + 2), field};
    field = static_cast<Field>(std::min<double>(static_cast<double>(one_of(values)), setting.most));
  } else if constexpr (std::is_same_v<Field, double>) {
    field = one_of(std::array<double, 2>{setting.least, field});
  }
}

}  // namespace small

template <class Config> [[nodiscard]] Config small_settings(std::uint64_t seed) {
  Config config;
  std::apply([&](const auto&... setting) { (small::shrink(config, setting), ...); }, settings_of<Config>());
  Random random(seed);
  if (seed != 1)
    std::apply([&](const auto&... setting) { (small::draw(config, setting, random), ...); }, settings_of<Config>());
  return config;
}

}  // namespace rota::checks
