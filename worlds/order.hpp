// The memory orders a world offers. There is no sequentially consistent access: the only sequentially consistent
// operation is Env::full_fence(), so every place that needs one shows it by name.
#pragma once

#include <array>
#include <atomic>
#include <string_view>

namespace rota {

enum class Order : int { relaxed, acquire, release, acq_rel };

[[nodiscard]] constexpr std::string_view to_string(Order order) noexcept {
  constexpr std::array<std::string_view, 4> names{"relaxed", "acquire", "release", "acq_rel"};
  return names[static_cast<std::size_t>(order)];
}

// Translation for the real world; the explored worlds interpret Order themselves.
[[gnu::always_inline]] constexpr std::memory_order to_std(Order order) noexcept {
  switch (order) {
    case Order::relaxed:
      return std::memory_order_relaxed;
    case Order::acquire:
      return std::memory_order_acquire;
    case Order::release:
      return std::memory_order_release;
    case Order::acq_rel:
      return std::memory_order_acq_rel;
  }
  return std::memory_order_acq_rel;
}

}  // namespace rota
