// Asks the environment, then what the program is made of.
#include "experiments/input/share.hpp"

#include <cstdlib>

#include "experiments/input/origin.hpp"

namespace rota::experiments {

namespace fs = std::filesystem;

fs::path shipped_folder() {
  const fs::path share(origin().share);
  return share.is_absolute() ? share : (fs::read_symlink("/proc/self/exe").parent_path() / share).lexically_normal();
}

fs::path share_folder() {
  const char* const given = std::getenv("ROTA_SHARE");
  return given != nullptr && *given != '\0' ? fs::path(given) : shipped_folder();
}

}  // namespace rota::experiments
