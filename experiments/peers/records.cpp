// Reads and writes the records.
#include "experiments/peers/records.hpp"

#include "experiments/host/packages.hpp"
#include "experiments/input/share.hpp"
#include "record/files.hpp"
#include "record/manifest_parts.hpp"

namespace rota::experiments {
namespace {

std::filesystem::path record_file(const std::string& name) { return peers_folder() / (name + ".json"); }

std::string why_missing(const Peer& peer) {
  const auto installed = installed_packages(peer.packages);
  for (const auto& package : peer.packages) {
    if (installed && !installed->contains(package)) return "package " + package;
  }
  return "not built";
}

}  // namespace

std::filesystem::path peers_folder() { return share_folder() / "build" / "peers"; }

std::optional<record::PeerFacts> recorded(const std::string& name) {
  const auto file = record_file(name);
  if (!std::filesystem::exists(file)) return std::nullopt;
  return record::record_from(record::read_file(file), file.string());
}

record::PeerFacts facts_of(const Peer& peer) {
  record::PeerFacts facts = recorded(peer.name).value_or(record::PeerFacts{});
  const bool there = !facts.program.empty() && std::filesystem::exists(peers_folder() / facts.program);
  if (!there) facts = {};
  facts.title = peer.title;
  if (!there) facts.missing = why_missing(peer);
  return facts;
}

void write_record(const std::string& name, const record::PeerFacts& facts) {
  record::write_file_whole(record_file(name), record::record_text(name, facts));
}

}  // namespace rota::experiments
