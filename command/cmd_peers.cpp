// rota peers: builds the runtimes of others that take part in experiments, and lists them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "command/command.hpp"
#include "experiments/input/share.hpp"
#include "experiments/peers/build.hpp"
#include "experiments/peers/records.hpp"
#include "record/input_error.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;

struct Options {
  std::vector<std::string> names;
  bool yes = false;
  bool json = false;
};

std::string names_of(const ex::PeerFamily& family) {
  std::vector<std::string> names;
  for (const auto& peer : family.peers) names.push_back(peer.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

// What compilers said last.
void show_end_of(const std::filesystem::path& log) {
  std::ifstream file(log);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(std::move(line));
  for (std::size_t i = lines.size() > 20 ? lines.size() - 20 : 0; i < lines.size(); ++i)
    fmt::print(stderr, "{}\n", lines[i]);
}

// Apart from what the peers need: without them, only the cells that name them are missing.
bool install_allocators(bool yes) {
  const auto packages = ex::allocator_packages();
  if (packages.empty()) return true;
  fmt::print(stderr, "rota: allocators that a definition may name for its policies: {}\n", fmt::join(packages, ", "));
  return ex::install_packages(packages, yes);
}

int build(const Options& options) {
  const auto families = ex::families_of(options.names);
  if (!std::filesystem::exists(ex::share_folder() / "peers" / "build.sh"))
    throw record::InputError(fmt::format("peers build: expected a checkout of Rota, with the sources of peers, in {}",
                                         ex::share_folder().string()));
  if (!ex::install_packages(ex::packages_of(families), options.yes)) return 1;
  int status = install_allocators(options.yes) ? 0 : 1;
  for (const auto& family : families) {
    const auto log = ex::peers_folder() / (family.name + ".log");
    fmt::print(stderr, "rota: building {}: {}\n", family.name, names_of(family));
    const ex::FamilyBuild build = ex::build_family(family);
    for (const auto& name : build.built) fmt::print("{} {}\n", name, ex::recorded(name)->version);
    if (build.problem.empty()) continue;
    show_end_of(log);
    fmt::print(stderr, "rota: {}\n", build.problem);
    status = 1;
  }
  return status;
}

}  // namespace

void add_peers(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("peers", "Build and list the runtimes of others that take part in experiments");
  command->require_subcommand(1);
  CLI::App* builder = command->add_subcommand(
      "build", "Install what peers need from Debian's packages, build them, and record what they were built from");
  builder->add_option("PEER", options->names, "peers, each with all others of its family; all if absent")
      ->default_str("");
  builder->add_flag("--yes", options->yes, "install packages without asking");
  builder->callback([options, &context] { context.status = build(*options); });
  CLI::App* list = command->add_subcommand("list", "List peers with their versions, or why one is missing");
  list->add_flag("--json", options->json, "an array of objects");
  list->callback([options] { print_list("peers", options->json); });
}

}  // namespace rota::command
