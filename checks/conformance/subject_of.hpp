// make_subject<E, Policy>(name): a policy, or a mutant of one, as something to check in the explored world E.
//
//   const Subject fifo = make_subject<env::Explored, Fifo<env::Explored>>("fifo");
// A function as third argument, void(Policy::Config&), changes the policy's settings from the small ones.
#pragma once

#include "checks/conformance/interpreter.hpp"
#include "checks/subject.hpp"

namespace rota::checks {

template <class E, class Policy, void (*Adjust)(typename Policy::Config&) = nullptr>
[[nodiscard]] Subject make_subject(std::string_view name) {
  return {.name = name,
          .guarantees = Policy::guarantees,
          .run = &run_program<E, Policy, Adjust>,
          .with = {},
          .runtime = {}};
}

}  // namespace rota::checks
