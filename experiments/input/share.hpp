// Where what is shipped beside the program lies: definitions, machines, the catalogue of peers.
#pragma once

#include <filesystem>

namespace rota::experiments {

// The environment's ROTA_SHARE, else where the program was built from.
[[nodiscard]] std::filesystem::path share_folder();

}  // namespace rota::experiments
