// Runs the scripts that install and build, and writes down what came of it.
#include "experiments/peers/build.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <set>
#include <system_error>

#include "experiments/host/packages.hpp"
#include "experiments/host/sha256.hpp"
#include "experiments/input/share.hpp"
#include "experiments/peers/records.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"
#include "runtime/near_name.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (auto& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

// Runs a program to its end, on this terminal or with its words in a file, and returns its exit status.
int run_to_end(std::vector<std::string> command, std::vector<std::string> variables, const fs::path& log) {
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (!log.empty()) {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  } else {
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  }
  pid_t pid = -1;
  const int error =
      ::posix_spawnp(&pid, command[0].c_str(), &actions, nullptr, pointers(command).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), command[0]);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

// What the start lines of a family's peers will say.
std::vector<std::string> versions_of(const PeerFamily& family, const std::map<std::string, std::string>& packages) {
  std::vector<std::string> result;
  for (const auto& peer : family.peers)
    result.push_back(version_variable(peer.name) + "=" + upstream_version(packages.at(peer.version)));
  return result;
}

std::string first_line_of(const fs::path& file) {
  std::string text = record::read_file(file);
  return text.substr(0, text.find('\n'));
}

record::PeerFacts facts_of_build(const Peer& peer, const std::map<std::string, std::string>& packages) {
  const fs::path folder = peers_folder() / peer.family, program = folder / "bin" / peer.program;
  record::PeerFacts facts{.title = peer.title,
                          .missing = {},
                          .version = upstream_version(packages.at(peer.version)),
                          .compiler = first_line_of(folder / "compiler"),
                          .program = fs::path(peer.family) / "bin" / peer.program,
                          .sha256 = sha256_hex(record::read_file(program)),
                          .packages = {}};
  facts.packages[peer.version] = packages.at(peer.version);
  for (const auto& package : peer.packages) facts.packages[package] = packages.at(package);
  return facts;
}

// Throws InputError if one is not installed.
std::map<std::string, std::string> packages_now(const PeerFamily& family) {
  std::set<std::string> names;
  for (const auto& peer : family.peers) {
    names.insert(peer.packages.begin(), peer.packages.end());
    names.insert(peer.version);
  }
  const std::vector<std::string> list(names.begin(), names.end());
  auto packages = installed_packages(list);
  if (!packages) throw record::InputError("peers build: expected Debian's dpkg-query, which tells versions, got none");
  for (const auto& name : list) {
    if (!packages->contains(name))
      throw record::InputError(fmt::format("peers build: expected the package {} to be installed, got none", name));
  }
  return *std::move(packages);
}

}  // namespace

std::string upstream_version(const std::string& package_version) {
  std::string version = package_version.substr(package_version.find(':') + 1);  // npos + 1 is 0
  version = version.substr(0, version.rfind('-'));
  return version.substr(0, version.find_first_of("+~"));
}

std::string version_variable(const std::string& name) {
  std::string variable = "ROTA_VERSION_";
  for (const char c : name) variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable;
}

std::vector<PeerFamily> families_of(const std::vector<std::string>& names) {
  const std::vector<Peer> peers = catalogue();
  std::vector<std::string> known;
  for (const auto& peer : peers) known.push_back(peer.name);
  for (const auto& name : names) {
    if (std::ranges::count(known, name) == 0)
      throw record::InputError(fmt::format("peers build: expected one of the peers {}, got {}", fmt::join(known, ", "),
                                           quoted_word(name, known)));
  }
  std::vector<PeerFamily> families;
  for (const auto& peer : peers) {
    const auto same = std::ranges::find(families, peer.family, &PeerFamily::name);
    if (same == families.end()) {
      families.push_back({peer.family, {peer}});
    } else {
      same->peers.push_back(peer);
    }
  }
  const auto unwanted = [&](const PeerFamily& family) {
    return std::ranges::none_of(family.peers,
                                [&](const Peer& peer) { return std::ranges::count(names, peer.name) > 0; });
  };
  if (!names.empty()) std::erase_if(families, unwanted);
  return families;
}

std::vector<std::string> packages_of(const std::vector<PeerFamily>& families) {
  std::set<std::string> names;
  for (const auto& family : families) {
    for (const auto& peer : family.peers) names.insert(peer.packages.begin(), peer.packages.end());
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> allocator_packages() {
  std::set<std::string> names;
  for (const auto& allocator : allocators()) {
    if (!allocator.library.empty()) names.insert(allocator.package);
  }
  return {names.begin(), names.end()};
}

bool install_packages(const std::vector<std::string>& packages, bool yes) {
  std::vector<std::string> command{"bash", share_folder() / "cmake" / "packages.sh"};
  if (yes) command.emplace_back("--yes");
  command.emplace_back("these");
  command.insert(command.end(), packages.begin(), packages.end());
  return run_to_end(std::move(command), {}, {}) == 0;
}

FamilyBuild build_family(const PeerFamily& family) {
  FamilyBuild result;
  try {
    const auto packages = packages_now(family);
    fs::create_directories(peers_folder());
    const fs::path log = peers_folder() / (family.name + ".log");
    const int status =
        run_to_end({"bash", share_folder() / "peers" / "build.sh", family.name, peers_folder() / family.name},
                   versions_of(family, packages), log);
    if (status != 0) {
      result.problem = fmt::format("{} could not be built; the whole log: {}", family.name, log.string());
      return result;
    }
    for (const auto& peer : family.peers) {
      write_record(peer.name, facts_of_build(peer, packages));
      result.built.push_back(peer.name);
    }
  } catch (const record::InputError& error) {
    result.problem = error.what();
  }
  return result;
}

}  // namespace rota::experiments
