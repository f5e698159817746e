// Reads policies and workloads: finds them in the registries, expands their sweeps, checks every combination.
#include "experiments/definition/entries.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "record/world.hpp"
#include "runtime/executor.hpp"
#include "runtime/near_name.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

namespace rota::experiments {
namespace {

// What both registries have in common.
struct Kind {
  std::string_view name;  // "policy"
  std::vector<std::string> known;
  std::function<bool(std::string_view use, const SettingValues&, SettingValues& all, SettingError&)> check;
};

bool check_policy(std::string_view use, const SettingValues& values, SettingValues& all, SettingError& error) {
  if (!record::peer_name(use)) return find(schedulers::policies(), record::plain_name(use))->check(values, all, error);
  if (values.empty()) return true;
  error = {values.begin()->first, "no settings: a peer has none", to_text(values.begin()->second)};
  return false;
}

Kind policy_kind() {
  Kind kind{"policy", {}, check_policy};
  for (const auto& entry : schedulers::policies()) kind.known.emplace_back(entry.name);
  return kind;
}

Kind workload_kind() {
  Kind kind{"workload", {}, [](std::string_view use, const SettingValues& values, SettingValues& all, SettingError& e) {
              return find(workloads::workloads(), use)->check(values, all, e);
            }};
  for (const auto& entry : workloads::workloads()) kind.known.emplace_back(entry.name);
  return kind;
}

// One combination of swept values.
struct Combination {
  std::string suffix;  // " tasks=1000"
  SettingValues with;
  std::map<std::string, const toml::node*> nodes;  // where the swept values stand
};

std::vector<Combination> combinations(const TomlSection& entry) {
  std::vector<Combination> result{{"", entry.settings("with"), {}}};
  const TomlSection sweep = entry.section("sweep");
  if (entry.has("sweep") && sweep.table().empty()) entry.fail("sweep", "at least one setting with its values", "none");
  for (const auto& [key, values] : sweep.table()) {
    const std::string name(key.str());
    if (!values.is_array()) sweep.fail(name, "an array of values", shown(values));
    if (result.front().with.contains(name)) sweep.fail(name, "a setting that is not also under with", "both");
    std::vector<Combination> next;
    for (const auto& before : result) {
      sweep.each(name, [&](const toml::node& node) {
        Combination one = before;
        one.with[name] = sweep.value(name, node);
        one.suffix += " " + name + "=" + to_text(one.with[name]);
        one.nodes[name] = &node;
        next.push_back(std::move(one));
      });
    }
    if (next.size() > most_cells) sweep.fail(name, fmt::format("at most {} combinations", most_cells), "more");
    result = std::move(next);
  }
  return result;
}

[[noreturn]] void refuse(const TomlSection& entry, const Combination& combination, const SettingError& error) {
  const auto swept = combination.nodes.find(error.key);
  if (swept == combination.nodes.end()) entry.section("with").fail(error);
  entry.section("sweep").fail(*swept->second, error.key, error.expected, error.got);
}

std::string label_of(const TomlSection& entry, const std::string& otherwise) {
  const std::string label = entry.text("label", otherwise);
  const bool plain = std::none_of(label.begin(), label.end(), [](unsigned char c) { return c < 0x20 || c == '/'; });
  if (label.empty() || !plain) entry.fail("label", "a text in one line without /", "\"" + label + "\"");
  return label;
}

std::map<std::string, std::string> answers_of(const TomlSection& entry) {
  std::map<std::string, std::string> result;
  for (const auto& [name, value] : entry.settings("expect")) result[name] = to_text(value);
  return result;
}

void check_local(const TomlSection& section, const std::string& use) {
  std::vector<std::string> known;
  for (const auto& entry : schedulers::policies()) {
    if (entry.worlds.local) known.push_back(fmt::format("{}{}", record::local_prefix, entry.name));
  }
  if (std::ranges::find(known, use) == known.end())
    section.fail("use", fmt::format("one of {}", fmt::join(known, ", ")), quoted_word(use, known));
}

std::string use_of(const TomlSection& section, const Kind& kind) {
  const std::string expected = fmt::format("one of {}", fmt::join(kind.known, ", "));
  const std::string use = section.required_text("use", expected);
  const bool peer = kind.name == "policy" && record::peer_name(use);
  if (kind.name == "policy" && record::world_of(use) == record::World::local) {
    check_local(section, use);
  } else if (!peer && std::find(kind.known.begin(), kind.known.end(), use) == kind.known.end()) {
    section.fail("use", expected, quoted_word(use, kind.known));
  }
  return use;
}

// Nothing if `use` names no peer.
std::optional<Peer> peer_of(const TomlSection& section, const std::string& use) {
  if (!record::peer_name(use)) return std::nullopt;
  std::vector<std::string> known;
  for (auto& peer : catalogue()) {
    known.push_back(record::peer_use(peer.name));
    if (known.back() == use) return std::move(peer);
  }
  section.fail("use", fmt::format("one of the peers {}", fmt::join(known, ", ")), quoted_word(use, known));
}

std::vector<std::uint32_t> counts_of(const TomlSection& section) {
  std::vector<std::uint32_t> counts;
  section.each("workers", [&](const toml::node& node) {
    const auto* number = node.as_integer();
    if (number == nullptr || number->get() < 1 || number->get() > most_workers)
      section.fail(node, "workers", fmt::format("an integer from 1 to {}, or an array of them", most_workers),
                   shown(node));
    counts.push_back(static_cast<std::uint32_t>(number->get()));
  });
  return counts;
}

// What a policy of Rota's own wants of the runtime, other than the definition says for all.
SettingValues runtime_of(const TomlSection& section, const Entry& entry) {
  const auto* const policy = find(schedulers::policies(), record::plain_name(entry.choice.use));
  const SettingValues preset = policy == nullptr ? SettingValues() : policy->runtime;
  if (!section.has("runtime")) return preset;
  if (entry.peer) section.fail("runtime", "no settings of the runtime: a peer has its own", "some");
  SettingValues values = section.settings("runtime");
  RuntimeConfig config;
  SettingError error;
  if (!rota::bind(config, values, error)) section.section("runtime").fail(error);
  values.insert(preset.begin(), preset.end());
  return values;
}

// What its programs are started with. A peer whose memory is its own affair cannot have another.
std::string allocator_of(const TomlSection& section, const std::optional<Peer>& peer) {
  std::vector<std::string> known;
  for (const auto& allocator : allocators()) known.push_back(allocator.name);
  std::string allocator = section.word("allocator", record::own_allocator, known);
  if (peer && peer->own_memory && allocator != record::own_allocator)
    section.fail("allocator", fmt::format("{}: {} does not use malloc", record::own_allocator, peer->title),
                 "\"" + allocator + "\"");
  return allocator;
}

// Keys that only workloads may have.
void read_players(const TomlSection& section, Entry& entry) {
  if (section.has("policies"))
    entry.policies = section.required_texts("policies", "an array of at least one policy's label");
  if (section.has("workers")) entry.workers = counts_of(section);
}

void add_entry(const TomlSection& section, const Kind& kind, std::vector<Entry>& entries) {
  const std::string use = use_of(section, kind);
  const std::optional<Peer> peer = peer_of(section, use);
  const std::string allocator = allocator_of(section, peer);
  const std::string family = label_of(section, record::default_label(use, allocator));
  for (const auto& combination : combinations(section)) {
    Entry entry{family, {family + combination.suffix, use, {}}, answers_of(section), peer};
    entry.runtime = runtime_of(section, entry);
    entry.allocator = allocator;
    read_players(section, entry);
    SettingError error;
    if (!kind.check(use, combination.with, entry.choice.with, error)) refuse(section, combination, error);
    for (const auto& other : entries) {
      if (other.choice.label == entry.choice.label)
        section.fail(section.has("label") ? "label" : "use", fmt::format("a label that no other {} has", kind.name),
                     "\"" + entry.choice.label + "\" again");
    }
    entries.push_back(std::move(entry));
  }
}

std::vector<Entry> read_entries(const TomlSection& root, const Kind& kind) {
  std::vector<Entry> result;
  for (const auto& section : root.sections(kind.name)) add_entry(section, kind, result);
  if (result.empty()) root.fail(kind.name, fmt::format("at least one [[{}]]", kind.name), "none");
  return result;
}

// Of an entry that read_entries() has accepted.
template <class Info>
void check_simulated(const TomlSection& section, std::string_view kind, std::span<const Info> table) {
  std::vector<std::string_view> able;
  for (const auto& info : table) {
    if (info.worlds.simulated) able.push_back(info.name);
  }
  const std::string use = section.text("use", "");
  if (std::ranges::find(able, use) != able.end()) return;
  section.fail("use", fmt::format("a {} that can be simulated: one of {}", kind, fmt::join(able, ", ")),
               quoted_word(use, able));
}

}  // namespace

std::vector<Entry> read_policies(const TomlSection& root, bool real) {
  const auto sections = root.sections("policy");
  for (const auto& section : sections) section.only({"label", "use", "with", "sweep", "runtime", "allocator"});
  std::vector<Entry> entries = read_entries(root, policy_kind());
  for (const auto& section : sections) {
    const std::string use = section.text("use", "");
    if (!real && record::peer_name(use))
      section.fail("use", "a policy of Rota's own: no peer can be simulated", "\"" + use + "\"");
    if (!real && record::world_of(use) == record::World::local)
      section.fail("use", "a policy that can be simulated: the local world is real", "\"" + use + "\"");
    if (!real) check_simulated(section, "policy", schedulers::policies());
    const std::string allocator = section.text("allocator", record::own_allocator);
    if (!real && allocator != record::own_allocator)
      section.fail("allocator",
                   fmt::format("{}: nothing is preloaded where threads are simulated", record::own_allocator),
                   "\"" + allocator + "\"");
  }
  return entries;
}

std::vector<Entry> read_workloads(const TomlSection& root, bool simulated) {
  const auto sections = root.sections("workload");
  for (const auto& section : sections) section.only({"label", "use", "with", "sweep", "expect", "policies", "workers"});
  std::vector<Entry> entries = read_entries(root, workload_kind());
  for (const auto& section : sections) {
    if (simulated) check_simulated(section, "workload", workloads::workloads());
  }
  return entries;
}

void check_players(const TomlSection& root, const Definition& definition, bool changed) {
  if (changed) return;
  std::set<std::string> known;
  for (const auto& policy : definition.policies) known.insert({policy.choice.label, policy.family});
  for (const auto& section : root.sections("workload")) {
    section.each("policies", [&](const toml::node& node) {
      if (!known.contains(node.value_or(std::string())))
        section.fail(node, "policies", fmt::format("labels out of {}", fmt::join(known, ", ")), shown(node));
    });
    section.each("workers", [&](const toml::node& node) {
      if (std::ranges::count(definition.workers, node.value_or(0)) == 0)
        section.fail(node, "workers",
                     fmt::format("counts out of sweep.workers, {}", fmt::join(definition.workers, ", ")), shown(node));
    });
  }
}

std::vector<std::string> metrics_of(const Definition& definition) {
  std::vector<std::string> result;
  const auto add = [&](std::string_view name) {
    if (std::ranges::find(result, name) == result.end()) result.emplace_back(name);
  };
  for (const auto& entry : definition.workloads) {
    for (const auto& metric : find(workloads::workloads(), entry.choice.use)->metrics) add(metric.name);
  }
  if (definition.machines.empty()) return result;
  for (const auto& metric : workloads::observed_metrics()) add(metric.name);
  return result;
}

}  // namespace rota::experiments
