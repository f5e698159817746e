// Roaming: lets a thread that is no worker run on other processors than the workers'.
#pragma once

#include <sched.h>

namespace rota::peers {

// From now on the calling thread runs on other processors, if there are any. The process was confined to those of its
// workers; a thread that is no worker keeps off them, as in Rota, for it would take turns with the worker that it
// wakes. Threads that it starts from now on would do so, too, so the workers must be there before. Where the kernel
// refuses, the thread stays where it may be.
inline void roam() noexcept {
  cpu_set_t before, others;
  if (::sched_getaffinity(0, sizeof before, &before) != 0) return;
  CPU_ZERO(&others);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &before)) CPU_SET(cpu, &others);
  }
  ::sched_setaffinity(0, sizeof others, &others);  // refused if the workers have them all
}

// The same where it is said once an iteration, by the same thread.
inline void roam_once() noexcept {
  static const bool roams = (roam(), true);
  (void)roams;
}

}  // namespace rota::peers
