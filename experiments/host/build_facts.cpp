// What this program was built from, by CMake's and git's account.
#include "experiments/host/build_facts.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include "build_constants.hpp"
#include "experiments/child/child.hpp"
#include "experiments/host/sha256.hpp"
#include "experiments/input/origin.hpp"
#include "experiments/input/share.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"

namespace rota::experiments {
namespace {

// What git prints about the sources; nothing if it fails.
std::optional<std::string> ask_git(std::vector<std::string> words) {
  std::vector<std::string> command{"git", "--no-optional-locks", "-C", shipped_folder()};
  command.insert(command.end(), words.begin(), words.end());
  const ChildEnd end = run_child(command, "", 10, Interrupt());
  if (end.kind != ChildEnd::Kind::exited || end.status != 0) return std::nullopt;
  return end.out.substr(0, end.out.find('\n'));
}

// The commit that an installed Rota is of, and whether it was dirty: two words beside what is shipped.
std::optional<std::map<std::string, std::string>> installed_from() {
  std::ifstream file(shipped_folder() / "built-from");
  std::string commit, dirty;
  if (!(file >> commit >> dirty)) return std::nullopt;
  return std::map<std::string, std::string>{{"commit", commit}, {"dirty", dirty}};
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
  std::map<std::string, std::string> facts{
      {"version", built_version}, {"compiler", built_compiler}, {"flags", built_flags}};
  const Origin from = origin();
  if (from.project.empty()) return facts;
  facts["project"] = from.project;
  facts["project_commit"] = from.commit;
  facts["project_dirty"] = from.dirty;
  facts["project_sources_sha256"] = from.sources_sha256;
  facts["project_compiler"] = from.compiler;
  facts["project_flags"] = from.flags;
  return facts;
}

std::map<std::string, std::string> source_facts() {
  if (const auto told = installed_from()) return *told;
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
