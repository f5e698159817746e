// Which Debian packages this host has.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

namespace rota::experiments {

// Those of these Debian packages that are installed, with their versions; nothing where there is no dpkg.
[[nodiscard]] std::optional<std::map<std::string, std::string>> installed_packages(std::span<const std::string> names);

}  // namespace rota::experiments
