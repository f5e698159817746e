// Takes the workers' processors out of a thread's set.
#include "workloads/host/outside.hpp"

#include <sched.h>

#include <utility>

namespace rota::workloads::host {
namespace {

std::vector<unsigned>& taken() {
  static std::vector<unsigned> processors;
  return processors;
}

}  // namespace

void workers_stand_on(std::vector<unsigned> processors) { taken() = std::move(processors); }

void stand_outside() noexcept {
  cpu_set_t set;
  if (taken().empty() || ::sched_getaffinity(0, sizeof set, &set) != 0) return;
  for (const unsigned processor : taken()) CPU_CLR(processor, &set);
  if (CPU_COUNT(&set) > 0) ::sched_setaffinity(0, sizeof set, &set);
}

}  // namespace rota::workloads::host
