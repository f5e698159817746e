// How a policy's description is made of its class. No runtime is instantiated for it.
#pragma once

#include "schedulers/policies.hpp"
#include "schedulers/policy.hpp"
#include "worlds/contract.hpp"
#include "worlds/real.hpp"

namespace rota {
namespace schedulers {

template <class Policy> bool check_settings(const SettingValues& values, SettingValues& all, SettingError& error) {
  typename Policy::Config config;
  if (!bind(config, values, error)) return false;
  all = unbind(config);
  return true;
}

// The values must fit.
template <class Policy> Guarantees guarantees_with(const SettingValues& values) {
  typename Policy::Config config;
  SettingError error;
  if (!bind(config, values, error)) contract_failure("usage", "promises were asked for settings that do not fit");
  return guarantees_of<Policy>(config);
}

// Of a policy that plays the scheduler of another runtime: what of that it does not play. Most play nobody's.
template <class Policy> constexpr std::string_view left_out() {
  if constexpr (requires { Policy::leaves_out; }) return Policy::leaves_out;
  return {};
}

}  // namespace schedulers

template <> struct RowOf<schedulers::PolicyInfo> {
  using E = env::Real;  // what a policy says of itself is the same in every world
  template <class Policy, Name name> static schedulers::PolicyInfo make(const Worlds& worlds) {
    static_assert(SchedulerPolicy<Policy, E>,
                  "the class does not fulfil SchedulerPolicy (schedulers/policy.hpp says what a policy has: name, "
                  "summary, guarantees, Config, and enqueue, pick and has_work, all noexcept)");
    static_assert(Policy::name == name.view(),
                  "the line rota_policy() calls this policy otherwise than its header does");
    return {.name = Policy::name,
            .summary = Policy::summary,
            .guarantees = guarantees_of<Policy>(),
            .settings = describe<typename Policy::Config>(),
            .worlds = worlds,
            .check_family = &schedulers::check_settings<Policy>,
            .promised = &schedulers::guarantees_with<Policy>,
            .family = Policy::name,
            .leaves_out = schedulers::left_out<Policy>()};
  }
};

}  // namespace rota
