// What workloads ask of the operating system beside the world: memory, limits, socket options.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/settings.hpp"

namespace rota::workloads::host {

[[nodiscard]] std::uint64_t resident_bytes();       // of this program, now
[[nodiscard]] std::uint64_t peak_resident_bytes();  // the most it ever was, since it was started

// How many fibers may live at once: each stack takes two mappings, and the kernel limits those.
[[nodiscard]] std::uint64_t most_fibers();
// False and an error at setting `key` if `wanted` is more than that. `got` is what was asked for.
[[nodiscard]] bool fibers_fit(std::uint64_t wanted, std::string_view key, std::string_view got, SettingError& error);

// Raises the soft limit of open descriptors as far as needed and allowed; false and an error at `key` if that is not
// enough. `each` descriptors for one unit of the setting.
[[nodiscard]] bool descriptors_fit(std::uint64_t units, std::uint64_t each, std::string_view key, SettingError& error);

// Closing this connected socket resets the connection: no port is left waiting for late packets.
void reset_on_close(int fd);

}  // namespace rota::workloads::host
