// How a registry entry is made from a policy: its settings described, checked, and a runtime started with it.
#pragma once

#include "reactor/registry.hpp"
#include "runtime/runtime.hpp"
#include "schedulers/registry.hpp"
#include "worlds/contract.hpp"

namespace rota::schedulers {

template <class Policy> bool check_settings(const SettingValues& values, SettingValues& all, SettingError& error) {
  typename Policy::Config config;
  if (!bind(config, values, error)) return false;
  all = unbind(config);
  return true;
}

template <class E, class Policy>
std::unique_ptr<Executor<E>> start_runtime(const Placement& placement, const RuntimeConfig& runtime,
                                           const SettingValues& values, std::unique_ptr<Reactor> reactor) {
  typename Policy::Config config;
  SettingError error;
  if (!bind(config, values, error))
    contract_failure("usage", "a policy was started with settings that check() refuses");
  return std::make_unique<Runtime<E, Policy>>(placement, runtime, config, std::move(reactor));
}

template <class Policy>
std::unique_ptr<Executor<env::Real>> start_real(const Placement& placement, const RuntimeConfig& runtime,
                                                const SettingValues& values) {
  return start_runtime<env::Real, Policy>(placement, runtime, values, reactors()[0].make());
}

template <class Policy> PolicyEntry make_entry() {
  return {Policy::name,
          Policy::summary,
          Policy::guarantees,
          describe<typename Policy::Config>(),
          &check_settings<Policy>,
          &start_real<Policy>};
}

}  // namespace rota::schedulers
