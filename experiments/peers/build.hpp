// Building peers: packages first, then each family as one, then a record of every program.
#pragma once

#include <string>
#include <vector>

#include "experiments/peers/catalogue.hpp"

namespace rota::experiments {

// The peers that share a folder of sources.
struct PeerFamily {
  std::string name;
  std::vector<Peer> peers;
};

// The families that have these peers in them, whole; all if `names` is empty. Throws InputError that lists the names.
[[nodiscard]] std::vector<PeerFamily> families_of(const std::vector<std::string>& names);

// What building and running them needs, each once, by name.
[[nodiscard]] std::vector<std::string> packages_of(const std::vector<PeerFamily>& families);

// Those of the allocators that a definition may name, each once.
[[nodiscard]] std::vector<std::string> allocator_packages();

// Says what is missing of the packages and installs it (cmake/packages.sh); `yes`: without asking. False if it was not
// done; the reason is on standard error.
[[nodiscard]] bool install_packages(const std::vector<std::string>& packages, bool yes);

struct FamilyBuild {
  std::vector<std::string> built;  // names of the peers that have a record now
  std::string problem;             // one line; empty if all of them are built
};
// Runs peers/build.sh, whose words go to build/peers/<family>.log, and records every program. The packages
// must be installed.
[[nodiscard]] FamilyBuild build_family(const PeerFamily& family);

// What a package's version says about the software in it: "1.81.0" of "1.81.0-5+deb12u1", "1.22.1" of "1:1.22.1-1".
[[nodiscard]] std::string upstream_version(const std::string& package_version);

// "ROTA_VERSION_TOKIO_CURRENT" of tokio-current: where its build finds its version.
[[nodiscard]] std::string version_variable(const std::string& name);

}  // namespace rota::experiments
