// How a policy is started in a world: a runtime with it and its settings, and with a reactor of that world.
#pragma once

#include "reactor/late_reactor.hpp"
#include "reactor/registry.hpp"
#include "reactor/simulated_reactor.hpp"
#include "runtime/runtime.hpp"
#include "schedulers/policies.hpp"
#include "schedulers/policy.hpp"
#include "worlds/contract.hpp"

namespace rota {
namespace schedulers {

template <Env E> [[nodiscard]] std::unique_ptr<Reactor> reactor_of() {
  if constexpr (!real_time<E>) {
    return std::make_unique<SimulatedReactor<E>>();
  } else if constexpr (one_thread<E>) {
    return std::make_unique<LateReactor>(reactors()[0].make_local);
  } else {
    return reactors()[0].make();
  }
}

template <Env E, class Policy>
std::unique_ptr<Executor<E>> start_runtime(const Placement& placement, const RuntimeConfig& runtime,
                                           const SettingValues& values) {
  typename Policy::Config config;
  SettingError error;
  if (!bind(config, values, error))
    contract_failure("usage", "a policy was started with settings that check() refuses");
  return std::make_unique<Runtime<E, Policy>>(placement, runtime, config, reactor_of<E>());
}

}  // namespace schedulers

template <Env World> struct RowOf<schedulers::PolicyIn<World>> {
  using E = World;
  template <class Policy, Name> static schedulers::PolicyIn<E> make(const Worlds&) {
    return {Policy::name, &schedulers::start_runtime<E, Policy>};
  }
};

}  // namespace rota
