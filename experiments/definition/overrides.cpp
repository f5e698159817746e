// Applies --set texts to the tables of a definition.
#include "experiments/definition/overrides.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "experiments/input/toml_section.hpp"
#include "experiments/peers/allocators.hpp"
#include "record/input_error.hpp"
#include "record/world.hpp"
#include "runtime/near_name.hpp"

namespace rota::experiments {
namespace {

constexpr std::array<std::string_view, 4> plain_tables{"sweep", "limits", "runtime", "world"};

struct Assignment {
  std::string key, value;
  std::string source;  // "--set <text>", and the option's name likewise
  [[noreturn]] void fail(const std::string& expected, const std::string& got) const {
    throw record::InputError(fmt::format("{}: expected {}, got {}", source, expected, got));
  }
};

// A table {v = VALUE}; the value as a text if it is not TOML.
toml::table parsed(const std::string& value, const std::string& source) {
  try {
    toml::table table = toml::parse(std::string_view("v = " + value), std::string_view(source));
    if (table.size() == 1) return table;
  } catch (const toml::parse_error&) {
  }
  std::string quoted;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    quoted += c == '"' || c == '\\' ? fmt::format("\\{}", c)
              : byte < 0x20         ? fmt::format("\\u{:04x}", byte)
                                    : std::string(1, c);
  }
  return toml::parse(std::string_view("v = \"" + quoted + "\""), std::string_view(source));
}

// Moves the node into the table; a moved node keeps its source.
void put(toml::table& table, std::string_view key, toml::node& node) {
  node.visit([&](auto& concrete) { table.insert_or_assign(key, std::move(concrete)); });
}

toml::table& inner_table(toml::table& table, std::string_view key, const Assignment& set) {
  if (!table.contains(key)) table.insert(key, toml::table{});
  toml::table* inner = table[key].as_table();
  if (inner == nullptr) set.fail(fmt::format("{} to be a table in the definition", key), "something else");
  return *inner;
}

std::string label_of(const toml::table& entry) {
  if (const auto label = entry["label"].value<std::string>()) return *label;
  return record::default_label(entry["use"].value_or(std::string()),
                               entry["allocator"].value_or(std::string(record::own_allocator)));
}

std::vector<toml::table*> entries_of(toml::table& definition, std::string_view kind) {
  std::vector<toml::table*> result;
  if (toml::array* array = definition[kind].as_array()) {
    for (auto& node : *array) {
      if (toml::table* entry = node.as_table()) result.push_back(entry);
    }
  }
  return result;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    result.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

// A chart of the file cannot divide by a policy that is no longer there.
void forget_absent_baselines(toml::table& definition) {
  for (toml::table* chart : entries_of(definition, "report")) {
    bool present = false;
    for (toml::table* entry : entries_of(definition, "policy"))
      present = present || label_of(*entry) == (*chart)["against"].value_or(std::string());
    if (!present) chart->erase("against");
  }
}

// policy=A,B
void replace_entries(toml::table& definition, std::string_view kind, const Assignment& set) {
  toml::array chosen;
  for (const auto& name : split(set.value)) {
    if (name.empty()) set.fail("names with commas between them", "\"" + set.value + "\"");
    toml::table* known = nullptr;
    for (toml::table* entry : entries_of(definition, kind)) {
      if (known == nullptr && label_of(*entry) == name) known = entry;
    }
    if (known != nullptr) {
      chosen.push_back(std::move(*known));
      continue;
    }
    toml::table entry = toml::parse(std::string_view("use = ''"), std::string_view(set.source));
    toml::table value = toml::parse(std::string_view("v = ''"), std::string_view(set.source));
    value["v"].as_string()->get() = name;
    put(entry, "use", *value.get("v"));
    chosen.push_back(std::move(entry));
  }
  definition.insert_or_assign(kind, std::move(chosen));
  if (kind == "policy") forget_absent_baselines(definition);
  if (kind == "workload") definition.erase("report");  // its metrics and axes were those of the file's workloads
}

// policy.LABEL.with.KEY=VALUE
bool set_entry(toml::table& definition, std::string_view kind, const Assignment& set) {
  const std::string prefix = std::string(kind) + ".";
  const std::size_t with = set.key.rfind(".with.");
  if (!set.key.starts_with(prefix) || with == std::string::npos || with < prefix.size()) return false;
  const std::string label = set.key.substr(prefix.size(), with - prefix.size());
  const std::string key = set.key.substr(with + 6);
  std::vector<std::string> labels;
  bool found = false;
  for (toml::table* entry : entries_of(definition, kind)) {
    labels.push_back(label_of(*entry));
    if (label != "*" && label != labels.back()) continue;
    found = true;
    toml::table value = parsed(set.value, set.source);
    if (toml::table* sweep = (*entry)["sweep"].as_table()) sweep->erase(key);
    const bool several = value["v"].is_array();
    if (toml::table* settings = (*entry)["with"].as_table()) settings->erase(key);
    put(inner_table(*entry, several ? "sweep" : "with", set), key, *value.get("v"));
    if (toml::table* sweep = (*entry)["sweep"].as_table(); sweep != nullptr && sweep->empty()) entry->erase("sweep");
  }
  if (!found)
    set.fail(fmt::format("one of the {} labels {}", kind, fmt::join(labels, ", ")), quoted_word(label, labels));
  return true;
}

// Real threads cannot run on the file's machine.
void forget_unused_machine(toml::table& definition) {
  toml::table* world = definition["world"].as_table();
  if (world == nullptr) return;
  const auto is_sim = [](const std::string& kind) { return kind == to_text(record::World::simulated); };
  bool simulated = is_sim((*world)["kind"].value_or(std::string()));
  if (const toml::array* kinds = (*world)["kind"].as_array()) {
    for (const auto& kind : *kinds) simulated = simulated || is_sim(kind.value_or(std::string()));
  }
  if (!simulated) world->erase("machine");
}

// sweep.KEY=VALUE and its like
void set_plain(toml::table& definition, std::string_view name, const Assignment& set) {
  const bool bare = set.key == "sweep.workers" && set.value.find_first_not_of("0123456789, ") == std::string::npos;
  toml::table value = parsed(bare ? "[" + set.value + "]" : set.value, set.source);
  put(inner_table(definition, name, set), set.key.substr(name.size() + 1), *value.get("v"));
  if (set.key == "world.kind") forget_unused_machine(definition);
}

Assignment assignment_of(const std::string& option, const std::string& text) {
  Assignment set{"", "", option + " " + text};
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) set.fail("KEY=VALUE", "\"" + text + "\"");
  set.key = text.substr(0, equals);
  set.value = text.substr(equals + 1);
  return set;
}

}  // namespace

void apply_override(toml::table& definition, const std::string& text) {
  const Assignment set = assignment_of("--set", text);
  for (const std::string_view kind : {"policy", "workload"}) {
    if (set.key == kind) return replace_entries(definition, kind, set);
    if (set_entry(definition, kind, set)) return;
  }
  for (const auto& name : plain_tables) {
    if (set.key.starts_with(std::string(name) + ".")) return set_plain(definition, name, set);
  }
  set.fail(
      "policy=NAME, policy.LABEL.with.KEY=VALUE, workload.LABEL.with.KEY=VALUE, sweep.KEY=VALUE, limits.KEY=VALUE, "
      "runtime.KEY=VALUE or world.KEY=VALUE",
      "\"" + set.key + "\"");
}

std::pair<std::string, SettingValue> parse_setting(const std::string& option, const std::string& text) {
  const Assignment set = assignment_of(option, text);
  const toml::table table = parsed(set.value, set.source);
  return {set.key, TomlSection(table, set.source, "").value(set.key, *table.get("v"))};
}

}  // namespace rota::experiments
