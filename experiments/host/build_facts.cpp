// What this program was built from, by CMake's and git's account.
#include "experiments/host/build_facts.hpp"

#include <filesystem>
#include <optional>

#include "build_constants.hpp"
#include "experiments/child/child.hpp"
#include "experiments/host/sha256.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"

namespace rota::experiments {
namespace {

// What git prints about the sources; nothing if it fails.
std::optional<std::string> ask_git(std::vector<std::string> words) {
  std::vector<std::string> command{"git", "--no-optional-locks", "-C", source_folder};
  command.insert(command.end(), words.begin(), words.end());
  const ChildEnd end = run_child(command, "", 10, Interrupt());
  if (end.kind != ChildEnd::Kind::exited || end.status != 0) return std::nullopt;
  return end.out.substr(0, end.out.find('\n'));
}

std::string sha256_of_file(const std::filesystem::path& file) {
  try {
    return sha256_hex(record::read_file(file));
  } catch (const record::InputError&) {
    return "unknown";
  }
}

// Of the program of that name which lies beside this one.
std::string sha256_beside(const char* program) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return sha256_of_file(self.parent_path() / program);
}

}  // namespace

std::map<std::string, std::string> build_facts() {
  return {{"version", built_version}, {"compiler", built_compiler}, {"flags", built_flags}};
}

std::map<std::string, std::string> source_facts() {
  const auto commit = ask_git({"rev-parse", "--verify", "--quiet", "HEAD"});
  const auto changes = ask_git({"status", "--porcelain", "--untracked-files=no"});
  return {{"commit", commit.value_or("unknown")},
          {"dirty", !commit || !changes ? "unknown"
                    : changes->empty()  ? "no"
                                        : "yes"}};
}

std::string binary_sha256() { return sha256_beside("rota-cell"); }
std::string simulator_sha256() { return sha256_beside("rota-simulate"); }

}  // namespace rota::experiments
