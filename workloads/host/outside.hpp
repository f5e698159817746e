// Outside: where the thread of a cell stands that is no worker and wakes or spawns from outside.
//
// It keeps off the workers' processors, if there are others: on one of them it would take turns with the worker that it
// wakes, and a wake would be a switch there (some 3 us) or an interrupt for another processor (some 20 us), as the
// kernel happens to place it. The peers do the same (peers/cpp/harness/roaming.hpp).
#pragma once

#include <vector>

namespace rota::workloads::host {

// Where the workers of this program stand, by the kernel's numbers; nowhere in particular if nobody says so. Before
// anything is measured.
void workers_stand_on(std::vector<unsigned> processors);

// The calling thread keeps off them from now on. Nothing happens if they have all processors that it may use.
void stand_outside() noexcept;

}  // namespace rota::workloads::host
