// How a policy becomes a row of what can be checked: in the explored world.
#pragma once

#include "checks/conformance/subject_of.hpp"
#include "checks/subjects.hpp"
#include "worlds/explored/world.hpp"

namespace rota {

template <> struct RowOf<checks::Subject> {
  using E = env::Explored;
  template <class Policy, Name name> static checks::Subject make(const Worlds&) {
    static_assert(SchedulerPolicy<Policy, E>,
                  "the class does not fulfil SchedulerPolicy in the explored world (schedulers/policy.hpp)");
    return checks::make_subject<E, Policy>(name.view());
  }
};

}  // namespace rota
