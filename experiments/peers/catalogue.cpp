// Reads the catalogue, one function for each table.
#include "experiments/peers/catalogue.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

#include "experiments/input/share.hpp"
#include "experiments/input/toml_section.hpp"
#include "record/facts.hpp"
#include "record/files.hpp"

namespace rota::experiments {
namespace {

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
  const auto file = share_folder() / "peers" / "catalogue.toml";
  std::vector<decltype(read(std::declval<TomlSection>()))> result;
  if (!std::filesystem::exists(file)) return result;
  const toml::table table = parse_toml(record::read_file(file), file.string());
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

}  // namespace

bool Peer::speaks(std::string_view workload) const { return std::ranges::count(workloads, workload) > 0; }

std::vector<Peer> catalogue() { return read_catalogue("peer", peer_of); }

std::vector<Allocator> allocators() {
  std::vector<Allocator> result{{std::string(record::own_allocator), "libc6", ""}};
  for (auto& allocator : read_catalogue("allocator", allocator_of)) result.push_back(std::move(allocator));
  return result;
}

}  // namespace rota::experiments
