// Looks settings up where `rota describe` does, in the definitions that the line names.
#include "command/key_values.hpp"

#include <algorithm>
#include <exception>
#include <string_view>

#include "command/names.hpp"
#include "experiments/definition/find.hpp"
#include "experiments/definition/read.hpp"
#include "record/world.hpp"
#include "runtime/executor.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

namespace rota::command {
namespace {

namespace ex = rota::experiments;

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

std::vector<Named> policy_entries(const Line& line) { return entries(line, &ex::Definition::policies, policy_names()); }
std::vector<Named> workload_entries(const Line& line) {
  return entries(line, &ex::Definition::workloads, workload_names());
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
                 lists("policy=", line.word, policy_names()),
                 lists("workload=", line.word, workload_names()),
                 of_entries("policy", policy_entries(line)),
                 of_entries("workload", workload_entries(line)),
                 assignments("runtime.", describe<RuntimeConfig>()),
                 lists("world.machine=", line.word, machine_names()),
                 {"world.kind=real", "world.kind=sim"},
                 lists("sweep.placement=", line.word, placements())});
}

Words all_steps(const Line& line) {
  if (line.app->get_name() != "describe") return changes(line);
  return line.positionals.empty() ? Words{} : assignments("", settings_of_use(line.positionals.back()));
}

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

std::vector<std::string> labels(const Line& line) {
  Words words;
  for (const auto& entry : policy_entries(line)) words.push_back(entry.label);
  for (const auto& entry : workload_entries(line)) words.push_back(entry.label);
  return words;
}

std::vector<std::string> key_values(const Line& line) { return next_step(all_steps(line), line.word); }

}  // namespace rota::command
