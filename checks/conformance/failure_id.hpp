// What a failure without an id of its own means: a deadlock, an endless execution or a program that came to rest too
// early, named by the state that its trace ends in.
#pragma once

#include <string_view>

#include "schedulers/policy.hpp"
#include "worlds/explored/explore.hpp"

namespace rota::checks {

// Gives `failure` the id of the invariant that is broken, if its trace shows one, and a sentence that says how.
// A schedule that gives two executions (`leak`) is P7 for a policy that promises to be deterministic. Failures that
// have an id already stay as they are.
void name_failure(explored::Failure& failure, const Guarantees& guarantees, unsigned workers, explored::Memory memory);

}  // namespace rota::checks
