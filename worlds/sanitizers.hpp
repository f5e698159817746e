// Which sanitizer the program is compiled for, and what the address sanitizer is told of memory that is used again.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ROTA_ASAN 1
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if __has_feature(thread_sanitizer)
#define ROTA_TSAN 1
#include <sanitizer/tsan_interface.h>
#endif
#endif

namespace rota {

// Code that was dropped in the middle had stacks there, and its frames are still marked as out of bounds.
inline void forget_frames([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#ifdef ROTA_ASAN
  __asan_unpoison_memory_region(memory, bytes);
#endif
}

}  // namespace rota
