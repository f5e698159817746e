// The costs of a machine that do not depend on distance, by the names they have in a machine file.
#pragma once

#include <array>

#include "worlds/simulate/costs.hpp"

namespace rota::experiments {

struct NamedCost {
  const char* name;
  simulate::Ps simulate::Costs::* field;
  // No for what a program may do over and over while it waits: in no time at all it would never end. Memory is no
  // nearer than a cache, which is not for nothing either.
  bool may_be_zero;
  const char* meaning;
};

inline constexpr std::array named_costs{
    NamedCost{"fence", &simulate::Costs::fence, true, "a full fence"},
    NamedCost{"memory", &simulate::Costs::memory, false, "a line that no cache has"},
    NamedCost{"relax", &simulate::Costs::relax, false, "one pause of a spinning thread"},
    NamedCost{"park", &simulate::Costs::park, true, "going to sleep, until the unit is idle"},
    NamedCost{"unpark", &simulate::Costs::unpark, true, "unparking a sleeper, for the caller"},
    NamedCost{"wake_up", &simulate::Costs::wake_up, true, "from the unpark until the sleeper runs"},
    NamedCost{"clock", &simulate::Costs::clock, false, "one reading of the clock"},
    NamedCost{"spawn", &simulate::Costs::spawn, true, "making a task"},
    NamedCost{"look", &simulate::Costs::look, true, "asking the policy once"},
    NamedCost{"resume", &simulate::Costs::resume, true, "the switch into a task and back"},
    NamedCost{"preempt", &simulate::Costs::preempt, true, "the end of a quantum"},
    NamedCost{"allocate", &simulate::Costs::allocate, true, "memory from the system"}};

struct NamedLevels {
  const char* name;
  simulate::ByLevel simulate::Costs::* field;
  const char* meaning;
};

inline constexpr std::array named_levels{
    NamedLevels{"load", &simulate::Costs::load, "reading a line that was last written so far away"},
    NamedLevels{"store", &simulate::Costs::store, "writing a line of which the farthest copy is so far away"},
    NamedLevels{"update", &simulate::Costs::update, "a read-modify-write of such a line"}};

}  // namespace rota::experiments
