// Finds definitions by name or by path.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rota::experiments {

struct ShippedDefinition {
  std::string name;
  std::filesystem::path file;
};
[[nodiscard]] std::vector<ShippedDefinition> shipped_definitions();  // sorted by name

// A path (it has a slash, ends in .toml, or there is such a file) or the name of a shipped definition.
// Throws InputError that lists the names.
[[nodiscard]] std::filesystem::path find_definition(const std::string& name_or_path);

}  // namespace rota::experiments
