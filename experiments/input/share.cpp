// Asks the environment, then the build.
#include "experiments/input/share.hpp"

#include <cstdlib>

#include "build_constants.hpp"

namespace rota::experiments {

std::filesystem::path share_folder() {
  const char* const given = std::getenv("ROTA_SHARE");
  return given != nullptr && *given != '\0' ? given : share_folder_default;
}

}  // namespace rota::experiments
