// SHA-1 of a short message: of at most 55 bytes, which are one block of it. Our own, since a program that measures
// links no library of cryptography; whoever calls it takes no lock and no memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace rota::workloads::host {

using Sha1Digest = std::array<std::uint8_t, 20>;

inline constexpr std::size_t sha1_most = 55;  // bytes of a message

[[nodiscard]] Sha1Digest sha1(std::span<const std::uint8_t> message) noexcept;

}  // namespace rota::workloads::host
