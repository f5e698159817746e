// Durations of a machine file, in picoseconds: "0.4ns" is 400 of them, exactly. A setting's duration
// (runtime/settings.hpp) is whole nanoseconds and would lose what a cache hit costs.
#pragma once

#include <string>
#include <string_view>

#include "worlds/simulated/costs.hpp"

namespace rota::experiments {

// Digits, perhaps a point and more digits, and one of ps, ns, us, ms, s. False if it is not that, not a whole number of
// picoseconds, or more than 10^15 of them (a thousand seconds).
[[nodiscard]] bool parse_picoseconds(std::string_view text, simulated::Ps& out);
// The shortest text that parses to the same: "400ps", "1.2ns", "2.5us".
[[nodiscard]] std::string picoseconds_text(simulated::Ps value);

}  // namespace rota::experiments
