// The policies that this build knows: what each says of itself, and how it is started in each world. Filled by the
// rota_policy() lines of schedulers/CMakeLists.txt.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/guarantees.hpp"
#include "runtime/rows.hpp"
#include "runtime/settings.hpp"

namespace rota {

class Placement;
struct RuntimeConfig;
template <class E> class Executor;
namespace env {
struct Real;
struct Local;
struct Simulated;
}  // namespace env

namespace schedulers {

// What is to be known of a policy, or of a preset of one, without any runtime.
struct PolicyInfo {
  std::string_view name;     // as definitions and the command line write it
  std::string_view summary;  // one line
  Guarantees guarantees;     // with its default settings
  std::vector<SettingInfo> settings;
  Worlds worlds;
  bool (*check_family)(const SettingValues& values, SettingValues& all, SettingError& error);
  Guarantees (*promised)(const SettingValues& all);  // with these settings, which must fit
  std::string_view family;  // what the tables of worlds call it: its own name, or that of the policy it is a preset of
  SettingValues with = {}, runtime = {};  // a preset's
  std::string_view source = {};           // a preset's
  std::string_view leaves_out = {};       // of a runtime whose part it plays, what it does not

  // False and an error if the values do not fit; on success `all` holds every setting, defaults included.
  [[nodiscard]] bool check(const SettingValues& values, SettingValues& all, SettingError& error) const;
};

// A policy in the world E.
template <class E> struct PolicyIn {
  std::string_view name;
  // A running runtime with this policy and a reactor of that world. The values must have passed PolicyInfo::check().
  // Local: its one worker is the calling thread whenever that waits. Simulated: by a thread of a simulated machine,
  // whose topology the placement is of.
  std::unique_ptr<Executor<E>> (*start)(const Placement&, const RuntimeConfig&, const SettingValues&);
};

}  // namespace schedulers

template <> std::span<const schedulers::PolicyInfo> rows<schedulers::PolicyInfo>();
template <> std::span<const schedulers::PolicyIn<env::Real>> rows<schedulers::PolicyIn<env::Real>>();
template <> std::span<const schedulers::PolicyIn<env::Local>> rows<schedulers::PolicyIn<env::Local>>();
template <> std::span<const schedulers::PolicyIn<env::Simulated>> rows<schedulers::PolicyIn<env::Simulated>>();

namespace schedulers {

// Presets too; sorted by name.
[[nodiscard]] std::span<const PolicyInfo> policies();
// Those that run in the world E. Of the simulated world: first called by a thread outside of any machine, since the
// table must not lie in a machine's memory.
template <class E> [[nodiscard]] std::span<const PolicyIn<E>> policies_in() { return rows<PolicyIn<E>>(); }

}  // namespace schedulers
}  // namespace rota
