// check_copy<E, Driver>: linearizability of a mutated copy of a structure, by the programs and the specification of the
// shipped one.
#pragma once

#include "checks/history/drivers.hpp"
#include "checks/history/queues.hpp"

namespace rota::checks {

template <Env E, class Driver> Report check_copy(std::string_view shipped, const explored::Options& options) {
  history::Structure structure = history::structure_named(shipped);
  structure.run = &history::perform<E, Driver>;
  return history::check_structure(structure, options);
}

}  // namespace rota::checks
