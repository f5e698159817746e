// make_subject<E, Policy>(name): a policy, or a mutant of one, as something to check in the explored world E.
//
//   const Subject fifo = make_subject<env::Explored, Fifo<env::Explored>>("fifo");
// A function as third argument, void(Policy::Config&), changes the policy's settings from the small ones.
#pragma once

#include "checks/conformance/interpreter.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

template <class Policy, void (*Adjust)(typename Policy::Config&)>
[[nodiscard]] Guarantees guarantees_with(const SettingValues& with) {
  typename Policy::Config config;
  if constexpr (Adjust != nullptr) Adjust(config);
  adopt(with, config);
  return guarantees_of<Policy>(config);
}

template <class Policy, void (*Adjust)(typename Policy::Config&)>
[[nodiscard]] Guarantees promised_of(const Program& program, const Subject& subject) {
  return guarantees_of<Policy>(settings_for<Policy, Adjust>(program, subject));
}

template <Env E, class Policy, void (*Adjust)(typename Policy::Config&) = nullptr>
[[nodiscard]] Subject make_subject(std::string_view name) {
  return {.name = name,
          .guarantees = guarantees_with<Policy, Adjust>({}),
          .run = &run_program<E, Policy, Adjust>,
          .guarantees_with = &guarantees_with<Policy, Adjust>,
          .with = {},
          .runtime = {},
          .promised = &promised_of<Policy, Adjust>,
          .one_thread = one_thread<E>};
}

}  // namespace rota::checks
