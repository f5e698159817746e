// Asks dpkg.
#include "experiments/host/packages.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "experiments/child/child.hpp"

namespace rota::experiments {

std::optional<std::map<std::string, std::string>> installed_packages(std::span<const std::string> names) {
  std::vector<std::string> command{"dpkg-query", "-W", "-f", "${db:Status-Status} ${Package} ${Version}\n"};
  command.insert(command.end(), names.begin(), names.end());
  const ChildEnd end = run_child(command, "", 10, Interrupt());
  if (end.kind != ChildEnd::Kind::exited || end.status > 1) return std::nullopt;  // 1: some of them are unknown
  std::map<std::string, std::string> result;
  std::string_view lines = end.out;
  while (!lines.empty()) {
    const std::size_t length = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, length);
    lines.remove_prefix(std::min(length + 1, lines.size()));
    const std::size_t first = line.find(' '), second = line.find(' ', first + 1);
    if (second == std::string_view::npos || line.substr(0, first) != "installed") continue;
    result.emplace(line.substr(first + 1, second - first - 1), line.substr(second + 1));
  }
  return result;
}

}  // namespace rota::experiments
