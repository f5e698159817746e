// One try at an op's system call, without waiting.
#pragma once

#include <cstdint>
#include <optional>

#include "reactor/reactor.hpp"

namespace rota {

// The op's result as Op defines it; empty if it would have to wait. Not for timers.
[[nodiscard]] std::optional<std::int64_t> attempt(const Op& op) noexcept;

}  // namespace rota
