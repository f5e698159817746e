// SHA-256, to tell whether a run is continued by the program that began it.
#pragma once

#include <string>
#include <string_view>

namespace rota::experiments {

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace rota::experiments
