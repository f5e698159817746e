// Labels in the definition's order, made unique.
#include "analysis/figures/labels.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "record/facts.hpp"

namespace rota::analysis {
namespace {

std::vector<std::string> labels_of(const toml::table& definition, std::string_view key) {
  std::vector<std::string> labels;
  const toml::array* entries = definition[key].as_array();
  if (!entries) return labels;
  for (const toml::node& entry : *entries) {
    if (!entry.is_table()) continue;
    const toml::table& table = *entry.as_table();
    const std::string allocator = table["allocator"].value_or(std::string(record::own_allocator));
    labels.push_back(table["label"].value_or(record::default_label(table["use"].value_or(std::string()), allocator)));
  }
  return labels;
}

// The definition's label that this one is, or else the longest that it begins with; past the end for none.
std::size_t defined_at(const std::string& label, const std::vector<std::string>& defined) {
  std::size_t best = defined.size(), length = 0;
  for (std::size_t i = 0; i < defined.size(); ++i) {
    if (label == defined[i]) return i;
    if (label.starts_with(defined[i]) && defined[i].size() > length) {
      best = i;
      length = defined[i].size();
    }
  }
  return best;
}

std::string differing_settings(const Json& config, const std::set<std::string>& configs) {
  std::string text;
  for (const auto& [key, value] : config.items()) {
    const bool same = std::ranges::all_of(configs, [&](const std::string& other) {
      const Json parsed = Json::parse(other);
      return parsed.contains(key) && parsed[key] == value;
    });
    if (!same) text += " " + key + "=" + (value.is_string() ? value.get<std::string>() : value.dump());
  }
  return text;
}

struct Place {
  std::size_t defined;
  std::vector<std::string> texts;  // the configuration's settings that are no numbers
  std::vector<double> numbers;     // its numbers
  std::size_t length;              // "x" before "x (A/A)"
  std::size_t seen;                // first come, first served
  auto operator<=>(const Place&) const = default;
};

std::vector<double> numbers_of(const Json& config) {
  std::vector<double> numbers;
  for (const auto& [key, value] : config.items()) {
    if (double number = 0; numeric(value, number)) numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::string> texts_of(const Json& config) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : config.items()) {
    if (double number = 0; value.is_string() && !numeric(value, number)) texts.push_back(value.get<std::string>());
  }
  return texts;
}

}  // namespace

DefinedLabels defined_labels(std::string_view text) {
  try {
    const toml::table definition = toml::parse(text);
    return {labels_of(definition, "policy"), labels_of(definition, "workload")};
  } catch (const toml::parse_error&) {
    return {};
  }
}

std::vector<std::string> unique_labels(const std::vector<Choice*>& choices, const std::vector<std::string>& defined) {
  std::map<std::string, std::set<std::string>> configs;
  for (const Choice* choice : choices) configs[choice->label].insert(choice->config.dump());
  std::map<std::string, Place> places;
  for (Choice* choice : choices) {
    const std::size_t at = defined_at(choice->label, defined);
    if (const auto& known = configs[choice->label]; known.size() > 1) {
      choice->label += differing_settings(choice->config, known);
    }
    places.try_emplace(choice->label, Place{at, texts_of(choice->config), numbers_of(choice->config),
                                            choice->label.size(), places.size()});
  }
  std::vector<std::string> labels;
  for (const auto& [label, place] : places) labels.push_back(label);
  std::ranges::sort(labels, {}, [&](const std::string& label) -> const Place& { return places.at(label); });
  return labels;
}

bool numeric(const Json& setting, double& value) {
  if (setting.is_number()) {
    value = setting.get<double>();
    return true;
  }
  if (!setting.is_string()) return false;
  std::string text = setting.get<std::string>();
  std::erase(text, '_');
  char* end = nullptr;
  value = std::strtod(text.c_str(), &end);
  if (end == text.c_str()) return false;
  static const std::map<std::string_view, double> factors{{"", 1},     {"k", 1e3},  {"M", 1e6}, {"ns", 1},
                                                          {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
  const auto factor = factors.find(end);
  if (factor == factors.end()) return false;
  value *= factor->second;
  return true;
}

}  // namespace rota::analysis
