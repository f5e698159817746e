// The costs of a machine that do not depend on distance, by the names they have in a machine file.
#pragma once

#include <array>

#include "worlds/simulated/costs.hpp"

namespace rota::experiments {

struct NamedCost {
  const char* name;
  simulated::Ps simulated::Costs::* field;
  // No for what a program may do over and over while it waits: in no time at all it would never end. Memory is no
  // nearer than a cache, which is not for nothing either.
  bool may_be_zero;
  const char* meaning;
};

inline constexpr std::array named_costs{
    NamedCost{"fence", &simulated::Costs::fence, true, "a full fence"},
    NamedCost{"memory", &simulated::Costs::memory, false, "a line that no cache has"},
    NamedCost{"relax", &simulated::Costs::relax, false, "one pause of a spinning thread"},
    NamedCost{"park", &simulated::Costs::park, true, "going to sleep, until the unit is idle"},
    NamedCost{"unpark", &simulated::Costs::unpark, true, "unparking a sleeper, for the caller"},
    NamedCost{"wake_up", &simulated::Costs::wake_up, true, "from the unpark until the sleeper runs"},
    NamedCost{"clock", &simulated::Costs::clock, false, "one reading of the clock"},
    NamedCost{"spawn", &simulated::Costs::spawn, true, "making a task"},
    NamedCost{"look", &simulated::Costs::look, true, "asking the policy once"},
    NamedCost{"resume", &simulated::Costs::resume, true, "the switch into a task and back"},
    NamedCost{"preempt", &simulated::Costs::preempt, true, "the end of a quantum"},
    NamedCost{"allocate", &simulated::Costs::allocate, true, "memory from the system"}};

struct NamedLevels {
  const char* name;
  simulated::ByLevel simulated::Costs::* field;
  const char* meaning;
};

inline constexpr std::array named_levels{
    NamedLevels{"load", &simulated::Costs::load, "reading a line that was last written so far away"},
    NamedLevels{"store", &simulated::Costs::store, "writing a line of which the farthest copy is so far away"},
    NamedLevels{"update", &simulated::Costs::update, "a read-modify-write of such a line"}};

}  // namespace rota::experiments
