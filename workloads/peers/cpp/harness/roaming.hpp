// Roaming: lets a thread that is no worker run on any processor.
#pragma once

#include <sched.h>

namespace rota::peers {

// From now on the calling thread may run anywhere. The process was confined to the processors of its workers, and a
// thread that is no worker is not confined to them in Rota either: it would take turns with the worker that it wakes.
// It begins on another processor if there is one, for the kernel leaves a thread where it is that merely may go; later
// it is the kernel's. Threads that it starts from now on would roam, too, so the workers must be there before. Where
// the kernel refuses, the thread stays where it may be.
inline void roam() noexcept {
  cpu_set_t before, others, all;
  if (::sched_getaffinity(0, sizeof before, &before) != 0) return;
  CPU_ZERO(&all);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) CPU_SET(cpu, &all);
  CPU_XOR(&others, &all, &before);
  ::sched_setaffinity(0, sizeof others, &others);  // refused if the workers have them all
  ::sched_setaffinity(0, sizeof all, &all);
}

// The same where it is said once an iteration, by the same thread.
inline void roam_once() noexcept {
  static const bool roams = (roam(), true);
  (void)roams;
}

}  // namespace rota::peers
