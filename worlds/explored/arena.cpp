// Arena: where it lies, and the operators new and delete of every program that explores. In one source, for a linker
// takes no file of a library for operators that a sanitizer has as well.
#include "worlds/explored/arena.hpp"

#include <sys/mman.h>

#include <cstdio>

#include "worlds/replace_new.hpp"

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

#ifdef ROTA_ASAN
// An execution may be dropped in the middle, and with it the frames that the address sanitizer would keep elsewhere to
// find uses after return: memory of theirs that nobody gives back, at each execution.
extern "C" const char* __asan_default_options() { return "detect_stack_use_after_return=0"; }
#endif

ROTA_REPLACE_NEW(rota::explored::Arena)
