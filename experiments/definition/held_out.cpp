// Reads held-out seeds and machines from TOML.
#include "experiments/definition/held_out.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "experiments/input/toml_section.hpp"
#include "experiments/machine/file.hpp"
#include "record/files.hpp"
#include "runtime/near_name.hpp"

namespace rota::experiments {
namespace {

namespace fs = std::filesystem;

std::uint64_t seed_of(const TomlSection& root, const toml::node& node) {
  const auto* number = node.as_integer();
  if (number == nullptr || number->get() < 0 || number->get() > std::int64_t{1} << 53)
    root.fail(node, "seeds", "integers from 0 to 2^53", shown(node));
  return static_cast<std::uint64_t>(number->get());
}

std::string machine_of(const TomlSection& root, const toml::node& node, const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& shipped : shipped_machines()) names.push_back(shipped.name);
  std::string word = node.value_or(std::string());
  if (std::ranges::find(names, word) != names.end()) return word;
  if (word.ends_with(".toml") && fs::is_regular_file(folder / word)) return (folder / word).string();
  root.fail(
      node, "machines",
      fmt::format("names among {}, or paths of machine files from the folder of this one", fmt::join(names, ", ")),
      node.is_string() ? quoted_word(word, names) : shown(node));
}

}  // namespace

HeldOut read_held_out(const fs::path& file) {
  const toml::table table = parse_toml(record::read_file(file), file.string());
  const TomlSection root(table, file.string(), "");
  root.only({"seeds", "machines"});
  HeldOut held_out;
  root.each("seeds", [&](const toml::node& node) { held_out.seeds.push_back(seed_of(root, node)); });
  root.each("machines", [&](const toml::node& node) {
    held_out.machines.push_back(machine_of(root, node, fs::absolute(file).parent_path()));
  });
  if (table.empty())
    throw record::InputError(fmt::format("{}: expected seeds, machines, or both, got neither", file.string()));
  return held_out;
}

}  // namespace rota::experiments
