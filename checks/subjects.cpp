// The subjects of the explored worlds, and presets of them.
#include "checks/subjects.hpp"

#include <deque>
#include <string>
#include <utility>

#include "schedulers/presets.hpp"

namespace rota::checks {
namespace {

// Those of one world, with what their names begin with.
template <class Row> void add_all(std::vector<Subject>& all, std::string_view prefix) {
  static std::deque<std::string> names;  // of presets
  const auto policies = rows<Row>();
  all.insert(all.end(), policies.begin(), policies.end());
  for (const auto& preset : schedulers::presets()) {
    const auto* const family = find(policies, std::string(prefix).append(preset.family));
    if (family == nullptr || (preset.one_thread && prefix.empty())) continue;
    Subject made = *family;
    made.name = names.emplace_back(prefix).append(preset.name);
    made.guarantees = family->guarantees_with(preset.with);
    made.with = preset.with;
    made.runtime = preset.runtime;
    all.push_back(std::move(made));
  }
}

}  // namespace

std::span<const Subject> subjects() {
  static const std::vector<Subject> table = [] {
    std::vector<Subject> all;
    add_all<Subject>(all, "");
    add_all<LocalSubject>(all, local_prefix);
    return sorted(std::move(all));
  }();
  return table;
}

}  // namespace rota::checks
