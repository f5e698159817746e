// Reads the catalogue and the records of builds, and asks dpkg.
#include "experiments/peers.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "experiments/allocators.hpp"
#include "experiments/child.hpp"
#include "experiments/files.hpp"
#include "experiments/find.hpp"
#include "experiments/manifest_parts.hpp"
#include "experiments/toml_section.hpp"

namespace rota::experiments {
namespace {

constexpr std::string_view use_prefix = "peer:";

std::string plain_text(const TomlSection& section, std::string_view key) {
  const std::string expected = "a text of letters, digits, . + and -";
  std::string text = section.required_text(key, expected);
  const bool plain = std::ranges::all_of(
      text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '+'; });
  if (text.empty() || text.front() == '.' || text.front() == '-' || !plain)
    section.fail(key, expected, "\"" + text + "\"");
  return text;
}

Peer peer_of(const TomlSection& section) {
  section.only({"name", "title", "family", "program", "packages", "version", "plays", "workloads", "most_workers",
                "own_memory"});
  return {.name = plain_text(section, "name"),
          .title = section.required_text("title", "a text"),
          .family = plain_text(section, "family"),
          .program = plain_text(section, "program"),
          .packages = section.required_texts("packages", "an array of at least one Debian package"),
          .version = plain_text(section, "version"),
          .plays = plain_text(section, "plays"),
          .workloads = section.required_texts("workloads", "an array of at least one workload"),
          .most_workers = static_cast<std::uint32_t>(section.integer("most_workers", 0, 1, 1024)),
          .own_memory = section.flag("own_memory", false)};
}

Allocator allocator_of(const TomlSection& section) {
  section.only({"name", "package", "library"});
  return {plain_text(section, "name"), plain_text(section, "package"), plain_text(section, "library")};
}

// All tables of this name, read one by one; no two may have one name. None if no catalogue is shipped.
template <class Read> auto read_catalogue(std::string_view kind, Read read) {
  const auto file = share_folder() / "workloads" / "peers" / "catalogue.toml";
  std::vector<decltype(read(std::declval<TomlSection>()))> result;
  if (!std::filesystem::exists(file)) return result;
  const toml::table table = parse_toml(read_file(file), file.string());
  const TomlSection root(table, file.string(), "");
  root.only({"peer", "allocator"});
  for (const auto& section : root.sections(kind)) {
    auto entry = read(section);
    if (std::ranges::any_of(result, [&](const auto& other) { return other.name == entry.name; }))
      section.fail("name", fmt::format("a name that no other {} has", kind), "\"" + entry.name + "\" again");
    result.push_back(std::move(entry));
  }
  return result;
}

std::filesystem::path record_file(const std::string& name) { return peers_folder() / (name + ".json"); }

std::string why_missing(const Peer& peer) {
  const auto installed = installed_packages(peer.packages);
  for (const auto& package : peer.packages) {
    if (installed && !installed->contains(package)) return "package " + package;
  }
  return "not built";
}

}  // namespace

bool Peer::speaks(std::string_view workload) const { return std::ranges::count(workloads, workload) > 0; }

std::optional<std::string> peer_name(std::string_view use) {
  if (!use.starts_with(use_prefix)) return std::nullopt;
  return std::string(use.substr(use_prefix.size()));
}

std::string peer_use(std::string_view name) { return fmt::format("{}{}", use_prefix, name); }

std::vector<Peer> catalogue() { return read_catalogue("peer", peer_of); }

std::filesystem::path peers_folder() { return share_folder() / "build" / "peers"; }

std::vector<Allocator> allocators() {
  std::vector<Allocator> result{{std::string(own_allocator), "libc6", ""}};
  for (auto& allocator : read_catalogue("allocator", allocator_of)) result.push_back(std::move(allocator));
  return result;
}

std::optional<PeerFacts> recorded(const std::string& name) {
  const auto file = record_file(name);
  if (!std::filesystem::exists(file)) return std::nullopt;
  return record_from(read_file(file), file.string());
}

PeerFacts facts_of(const Peer& peer) {
  PeerFacts facts = recorded(peer.name).value_or(PeerFacts{});
  const bool there = !facts.program.empty() && std::filesystem::exists(peers_folder() / facts.program);
  if (!there) facts = {};
  facts.title = peer.title;
  if (!there) facts.missing = why_missing(peer);
  return facts;
}

void write_record(const std::string& name, const PeerFacts& facts) {
  write_file_whole(record_file(name), record_text(name, facts));
}

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
