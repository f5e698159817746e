// How a policy becomes a row of what can be checked in the explored world of one thread: local:POLICY.
#pragma once

#include <string>

#include "checks/conformance/subject_of.hpp"
#include "checks/subjects.hpp"
#include "worlds/explored/local_world.hpp"

namespace rota {

template <> struct RowOf<checks::LocalSubject> {
  using E = env::ExploredLocal;
  template <class Policy, Name name> static checks::LocalSubject make(const Worlds&) {
    static const std::string local = std::string(checks::local_prefix).append(name.view());
    return {checks::make_subject<E, Policy>(local)};
  }
};

}  // namespace rota
