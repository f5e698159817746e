// Arena: where it lies.
#include "worlds/explored/arena.hpp"

#include <sys/mman.h>

#include <cstdio>

namespace rota::explored {

void Arena::reserve() {
  if (base_ != 1) return;
  // A fixed place, so that addresses are the same in the process that replays; elsewhere if it is taken.
  constexpr std::uintptr_t wish = 0x2000'0000'0000;
  constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* memory = mmap(reinterpret_cast<void*>(wish), size, PROT_READ | PROT_WRITE, flags | MAP_FIXED_NOREPLACE, -1, 0);
  if (memory == MAP_FAILED) memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  base_ = next_ = reinterpret_cast<std::uintptr_t>(memory);
}

void Arena::exhausted() {
  std::fputs("rota: an execution allocated more than its arena holds (1 GiB)\n", stderr);
  std::abort();
}

}  // namespace rota::explored
