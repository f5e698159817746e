// Compares a peer's program and an allocator's library with the manifest, and looks up where its placement confines it
// to.
#include "experiments/run/peer_cell.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/host/sha256.hpp"
#include "experiments/peers/allocators.hpp"
#include "experiments/peers/records.hpp"
#include "record/files.hpp"
#include "record/input_error.hpp"
#include "record/world.hpp"
#include "worlds/topology.hpp"

namespace rota::experiments {
namespace {

// Empty if it cannot be read.
std::string sha256_of(const std::filesystem::path& program) {
  try {
    return sha256_hex(record::read_file(program));
  } catch (const record::InputError&) {
    return {};
  }
}

// What is there in the manifest's stead, as far as its record tells.
std::string version_now(const std::string& name, const std::string& sha256) {
  if (sha256.empty()) return "no program";
  std::string version = "an unknown version";
  try {
    const auto record = recorded(name);
    if (record && record->sha256 == sha256) version = "version " + record->version;
  } catch (const record::InputError&) {
  }
  return fmt::format("{} (sha256 {:.12})", version, sha256);
}

std::optional<CellEnd> refusal(const std::string& name, const record::PeerFacts& facts) {
  if (!facts.missing.empty())
    return not_started(record::Outcome::missing, fmt::format("peer {}: {}", name, facts.missing));
  const std::string sha256 = sha256_of(peers_folder() / facts.program);
  if (sha256 == facts.sha256) return std::nullopt;
  return not_started(record::Outcome::refused,
                     fmt::format("peer {}: expected version {} (sha256 {:.12}), as the manifest says, got {}", name,
                                 facts.version, facts.sha256, version_now(name, sha256)));
}

// Nothing if it is as the manifest says; glibc's own always is.
std::optional<CellEnd> refusal(const std::string& allocator, const record::AllocatorFacts& facts) {
  if (!facts.missing.empty())
    return not_started(record::Outcome::missing, fmt::format("allocator {}: {}", allocator, facts.missing));
  const std::string sha256 = facts.library.empty() ? "" : sha256_of(facts.library);
  if (sha256 == facts.sha256) return std::nullopt;
  return not_started(record::Outcome::refused,
                     fmt::format("allocator {}: expected {} {} (sha256 {:.12}), as the manifest says, "
                                 "got {}",
                                 allocator, facts.package, facts.version, facts.sha256,
                                 sha256.empty() ? "none" : fmt::format("another (sha256 {:.12})", sha256)));
}

// Both of its processing units for two workers: a peer's threads are not pinned one by one. Where threads cannot be
// bound, and for the placement `none`: any.
std::vector<unsigned> units_of(const record::CellRequest& request) {
  static const Topology host = Topology::host();
  std::vector<unsigned> units;
  const Placement placement(host, request.placement, request.workers);
  if (!placement.pinned()) return units;
  for (unsigned worker = 0; worker < placement.workers(); ++worker) units.push_back(placement.os_pu(worker));
  std::ranges::sort(units);
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

}  // namespace

Launch launch_of(const record::Manifest& manifest, const record::PlannedCell& cell,
                 const std::vector<std::string>& own_command) {
  Launch launch{.command = own_command, .units = {}, .environment = {}, .instead = {}};
  if (const auto name = record::peer_name(cell.request.policy.use)) {
    const record::PeerFacts& facts = manifest.peers.at(*name);
    launch.instead = refusal(*name, facts);
    launch.command = {(peers_folder() / facts.program).string()};
    launch.units = units_of(cell.request);
  }
  // A manifest from before there was a choice has none.
  const auto allocator = manifest.allocators.find(cell.allocator);
  const record::AllocatorFacts facts =
      allocator == manifest.allocators.end() ? record::AllocatorFacts{} : allocator->second;
  if (!launch.instead) launch.instead = refusal(cell.allocator, facts);
  launch.environment = cell_environment(facts.library);
  return launch;
}

std::string version_of(const record::Manifest& manifest, const record::PlannedCell& cell) {
  const auto name = record::peer_name(cell.request.policy.use);
  return name ? manifest.peers.at(*name).version : std::string();
}

}  // namespace rota::experiments
