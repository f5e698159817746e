// The subjects of the explored world, and presets of them.
#include "checks/subjects.hpp"

#include <utility>

#include "schedulers/presets.hpp"

namespace rota::checks {

std::span<const Subject> subjects() {
  static const std::vector<Subject> table = [] {
    const auto policies = rows<Subject>();
    std::vector<Subject> all(policies.begin(), policies.end());
    for (const auto& preset : schedulers::presets()) {
      const Subject* const family = find(policies, preset.family);
      if (family == nullptr) continue;
      Subject made = *family;
      made.name = preset.name;
      made.guarantees = family->guarantees_with(preset.with);
      made.with = preset.with;
      made.runtime = preset.runtime;
      all.push_back(std::move(made));
    }
    return sorted(std::move(all));
  }();
  return table;
}

}  // namespace rota::checks
