// Where what is shipped beside the program lies: definitions, machines, the catalogue of peers.
#pragma once

#include <filesystem>

namespace rota::experiments {

// What the program was built or installed with; a project's own: the Rota that it was built against.
[[nodiscard]] std::filesystem::path shipped_folder();
// The environment's ROTA_SHARE, else that.
[[nodiscard]] std::filesystem::path share_folder();

}  // namespace rota::experiments
