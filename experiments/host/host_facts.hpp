// What the host was like when a run began.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace rota::experiments {

// kernel, cpu, cpus, topology, memory, governor, thp, load, affinity, hypervisor, spin canary, noise. What the host
// does not tell is "not exposed". `noise` is empty on a quiet host, else one sentence that says what may disturb
// figures. Spins for about 50 ms.
[[nodiscard]] std::map<std::string, std::string> host_facts();

// How many processing units this program may use.
[[nodiscard]] std::size_t usable_cpus();

// How much of a spin of this length went missing between two looks at the clock, in per cent: what the host, or other
// programs, took away.
[[nodiscard]] double spin_canary(double milliseconds);

}  // namespace rota::experiments
