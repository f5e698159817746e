// AccessKind: what a shared access was, and what people read for it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rota::explored {

enum class AccessKind : std::uint8_t {
  load,
  store,
  exchange,
  compare_exchange,        // that won
  compare_exchange_fails,  // that lost: a load
  fetch_add,
  fetch_sub,
  fetch_or,
  fetch_and,
  full_fence,
  lock,
  unpark,
  park_ends,
  park_times_out,
  begin_wait_elsewhere,
  end_wait_elsewhere,
};

[[nodiscard]] constexpr std::string_view to_string(AccessKind kind) noexcept {
  constexpr std::array<std::string_view, 16> names{"load",
                                                   "store",
                                                   "exchange",
                                                   "compare_exchange",
                                                   "compare_exchange fails",
                                                   "fetch_add",
                                                   "fetch_sub",
                                                   "fetch_or",
                                                   "fetch_and",
                                                   "full_fence",
                                                   "lock",
                                                   "unpark",
                                                   "park ends",
                                                   "park times out",
                                                   "begin_wait_elsewhere",
                                                   "end_wait_elsewhere"};
  static_assert(names.size() == static_cast<std::size_t>(AccessKind::end_wait_elsewhere) + 1);
  return names[static_cast<std::size_t>(kind)];
}

// Whether a table says its order: not of what has only one.
[[nodiscard]] constexpr bool order_matters(AccessKind kind) noexcept {
  switch (kind) {
    case AccessKind::full_fence:
    case AccessKind::park_ends:
    case AccessKind::park_times_out:
    case AccessKind::begin_wait_elsewhere:
    case AccessKind::end_wait_elsewhere:
      return false;
    default:
      return true;
  }
}

}  // namespace rota::explored
