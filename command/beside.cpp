// Going on to a program that lies beside this one.
#include "command/beside.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

namespace rota::command {

std::string beside(const std::string& program) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / program;
}

int become(const std::string& program, std::span<const std::string> words, const std::string& built_by) {
  const std::string path = beside(program);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(path.c_str(), arguments.data());
  fmt::print(stderr, "rota: {}: {}; '{}' builds it, or the build of the project that this rota is of\n", path,
             std::strerror(errno), built_by);
  return 2;
}

}  // namespace rota::command
