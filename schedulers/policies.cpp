// What is known of policies: of the rows, and of the presets of those that this program has.
#include "schedulers/policies.hpp"

#include <utility>

#include "schedulers/presets.hpp"

namespace rota::schedulers {
namespace {

SettingValues over(const SettingValues& below, const SettingValues& above) {
  SettingValues result = above;
  result.insert(below.begin(), below.end());
  return result;
}

PolicyInfo preset_of(const PolicyInfo& family, const Preset& preset) {
  PolicyInfo info = family;
  info.name = preset.name;
  info.summary = preset.summary;
  info.guarantees = family.promised(preset.with);
  info.with = preset.with;
  info.runtime = preset.runtime;
  info.source = preset.source;
  info.leaves_out = preset.leaves_out;
  if (preset.one_thread) info.worlds = {.local = family.worlds.local};
  for (SettingInfo& setting : info.settings) {
    if (const auto value = preset.with.find(setting.name); value != preset.with.end())
      setting.default_value = to_text(value->second);
  }
  return info;
}

}  // namespace

bool PolicyInfo::check(const SettingValues& values, SettingValues& all, SettingError& error) const {
  return check_family(over(with, values), all, error);
}

std::span<const PolicyInfo> policies() {
  static const std::vector<PolicyInfo> table = [] {
    const auto families = rows<PolicyInfo>();
    std::vector<PolicyInfo> all(families.begin(), families.end());
    for (const Preset& preset : presets()) {
      if (const PolicyInfo* const family = find(families, preset.family)) all.push_back(preset_of(*family, preset));
    }
    return sorted(std::move(all));
  }();
  return table;
}

}  // namespace rota::schedulers
