// Looks for definitions in the shipped folder.
#include "experiments/definition/find.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/input/share.hpp"
#include "record/input_error.hpp"
#include "runtime/near_name.hpp"

namespace rota::experiments {

namespace fs = std::filesystem;

std::vector<ShippedDefinition> shipped_definitions() {
  std::vector<ShippedDefinition> result;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(share_folder() / "experiments" / "definitions", none)) {
    if (entry.path().extension() == ".toml") result.push_back({entry.path().stem().string(), entry.path()});
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return result;
}

fs::path find_definition(const std::string& name_or_path) {
  const fs::path path(name_or_path);
  if (name_or_path.find('/') != std::string::npos || path.extension() == ".toml" || fs::is_regular_file(path))
    return path;
  std::vector<std::string> names;
  for (const auto& shipped : shipped_definitions()) {
    if (shipped.name == name_or_path) return shipped.file;
    names.push_back(shipped.name);
  }
  throw record::InputError(
      fmt::format("{}: expected the path of a definition or one of the experiments {}, got neither{}", name_or_path,
                  fmt::join(names, ", "), did_you_mean(name_or_path, names)));
}

}  // namespace rota::experiments
