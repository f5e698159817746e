// SHA-1 of a short message. OpenSSL's, by the calls that take no lock and no memory: its newer ones do both each time,
// so that threads which hash small messages would wait for each other there.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace rota::workloads::host {

using Sha1Digest = std::array<std::uint8_t, 20>;

[[nodiscard]] Sha1Digest sha1(std::span<const std::uint8_t> message) noexcept;

}  // namespace rota::workloads::host
