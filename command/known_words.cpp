// Looks names up where `rota list` does, and settings where `rota describe` does.
#include "command/known_words.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>

#include "experiments/definition/find.hpp"
#include "experiments/definition/read.hpp"
#include "experiments/machine/file.hpp"
#include "experiments/peers/catalogue.hpp"
#include "record/world.hpp"
#include "runtime/executor.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;
using Words = std::vector<std::string>;

template <class All> Words names_of(const All& all) {
  Words names;
  for (const auto& one : all) names.emplace_back(one.name);
  return names;
}

Words joined(std::initializer_list<Words> lists) {
  Words all;
  for (const Words& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

Words policies(const Line&) { return names_of(schedulers::policies()); }
Words workload_names(const Line&) { return names_of(workloads::workloads()); }
Words experiment_names(const Line&) { return names_of(ex::shipped_definitions()); }
Words machines(const Line&) { return names_of(ex::shipped_machines()); }
Words peers(const Line&) { return names_of(ex::catalogue()); }
Words placements(const Line&) { return {"compact", "scatter", "per-node", "none"}; }

Words checked(const Line& line) {
  Words words = joined({policies(line), {"all", "mechanism", "queues", "litmus", "mutants"}});
  for (const auto& policy : schedulers::policies()) {
    if (policy.worlds.local) words.push_back(std::string(record::local_prefix).append(policy.name));
  }
  return words;
}

Words described(const Line& line) {
  return joined({policies(line),
                 workload_names(line),
                 experiment_names(line),
                 machines(line),
                 {"policy", "workload", "experiment", "machine"}});
}

Words described_of_kind(const Line& line) {
  const std::string kind = line.positionals.empty() ? "" : line.positionals.front();
  if (kind == "policy") return policies(line);
  if (kind == "workload") return workload_names(line);
  if (kind == "experiment") return experiment_names(line);
  return kind == "machine" ? machines(line) : Words{};
}

Words runs(const Line& line) {
  const auto out = line.given.find("--out");
  Words names{"latest"};
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(out == line.given.end() ? "runs" : out->second, none)) {
    if (exists(entry.path() / "manifest.json", none)) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

// What a definition calls its policies, or its workloads, and what they are: of those on the line, else all there are.
struct Named {
  std::string label, use;
};

std::vector<Named> entries(const Line& line, std::vector<ex::Entry> ex::Definition::* kind, const Words& otherwise) {
  std::vector<Named> result;
  for (const std::string& name : line.positionals) {
    try {
      for (const auto& entry : ex::read_definition(ex::find_definition(name)).*kind)
        result.push_back({entry.family, entry.choice.use});
    } catch (const std::exception&) {  // no definition: the call itself will say so
    }
  }
  if (!line.positionals.empty()) return result;
  for (const std::string& name : otherwise) result.push_back({name, name});
  return result;
}

std::vector<Named> policy_entries(const Line& line) { return entries(line, &ex::Definition::policies, policies(line)); }
std::vector<Named> workload_entries(const Line& line) {
  return entries(line, &ex::Definition::workloads, workload_names(line));
}

Words labels(const Line& line) {
  Words words;
  for (const auto& entry : policy_entries(line)) words.push_back(entry.label);
  for (const auto& entry : workload_entries(line)) words.push_back(entry.label);
  return words;
}

std::vector<SettingInfo> settings_of_use(const std::string& use) {
  if (const auto* policy = find(schedulers::policies(), record::plain_name(use)); policy != nullptr)
    return policy->settings;
  const auto* workload = find(workloads::workloads(), use);
  return workload == nullptr ? std::vector<SettingInfo>{} : workload->settings;
}

// "prefix" + "KEY=", or behind an "=" the values that there are.
Words assignments(const std::string& prefix, const std::vector<SettingInfo>& settings) {
  Words words;
  for (const auto& setting : settings) {
    const std::string key = prefix + setting.name + "=";
    words.push_back(key);
    for (const auto& value : setting.type == "bool" ? Words{"true", "false"} : setting.choices)
      words.push_back(key + value);
  }
  return words;
}

// "policy=" and all but the last of the names in `word`, then each of the names.
Words lists(const std::string& key, const std::string& word, const Words& names) {
  const std::string head = word.starts_with(key) ? word.substr(0, std::max(word.rfind(',') + 1, key.size())) : key;
  Words words;
  for (const auto& name : names) words.push_back(head + name);
  return words;
}

Words of_entries(const std::string& kind, const std::vector<Named>& entries) {
  Words words;
  for (const auto& [label, use] : entries) {
    const Words some = assignments(kind + "." + label + ".with.", settings_of_use(use));
    words.insert(words.end(), some.begin(), some.end());
  }
  return words;
}

// What overrides.hpp takes.
Words changes(const Line& line) {
  Words plain{"policy=", "policy.", "workload=", "workload."};
  for (const char* const key : {"sweep.workers", "sweep.placement", "sweep.repetitions", "sweep.seed", "limits.timeout",
                                "limits.min_time", "limits.max_iterations", "world.kind", "world.machine"})
    plain.push_back(std::string(key) + "=");
  return joined({std::move(plain),
                 lists("policy=", line.word, policies(line)),
                 lists("workload=", line.word, workload_names(line)),
                 of_entries("policy", policy_entries(line)),
                 of_entries("workload", workload_entries(line)),
                 assignments("runtime.", describe<RuntimeConfig>()),
                 lists("world.machine=", line.word, machines(line)),
                 {"world.kind=real", "world.kind=sim"},
                 lists("sweep.placement=", line.word, placements(line))});
}

Words key_values(const Line& line) {
  if (line.app->get_name() != "describe") return changes(line);
  return line.positionals.empty() ? Words{} : assignments("", settings_of_use(line.positionals.back()));
}

struct Place {
  std::string_view name;
  Words (*words)(const Line&);
};
constexpr std::array places{
    Place{"POLICY", policies}, Place{"DEFINITION", experiment_names}, Place{"MACHINE", machines},
    Place{"PEER", peers},      Place{"PLACEMENT", placements},        Place{"WHAT", checked},
    Place{"NAME", described},  Place{"NAME2", described_of_kind},     Place{"RUN", runs},
    Place{"LABEL", labels},    Place{"KEY=VALUE", key_values}};

// Of "runtime.spin=5000" no more than the next step: keys until there is an "=", then values.
Words next_step(const Words& words, const std::string& word) {
  Words result;
  for (const auto& one : words) {
    const auto end = one.find_first_of(".=", word.size());
    const std::string step = end == std::string::npos ? one : one.substr(0, end + 1);
    const bool further = one.starts_with(word) && step != word;
    if (further && std::ranges::find(result, step) == result.end()) result.push_back(step);
  }
  return result;
}

}  // namespace

std::vector<std::string> known_words(const Line& line) {
  const std::string name = placeholder(*line.option);
  const auto* place = std::ranges::find(places, name, &Place::name);
  if (place == places.end()) return {};
  Words words = place->words(line);
  return name == "KEY=VALUE" ? next_step(words, line.word) : words;
}

}  // namespace rota::command
