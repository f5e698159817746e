// The operators new and delete of a program whose threads are not the system's: while one of them runs they serve from
// its world's own memory, and otherwise from the system's.
//
// ROTA_REPLACE_NEW(Source) stands in exactly one source file of such a program. Source is its world's memory: a type
// with inside, owns(), allocate() and release(). Programs that measure link no such file.
#pragma once

#include <cstdlib>
#include <new>

namespace rota::replaced {

inline constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

template <class Source> void* allocate(std::size_t bytes, std::size_t alignment) {
  if (Source::inside) [[unlikely]]
    return Source::allocate(bytes, alignment);
  return alignment <= usual ? std::malloc(bytes)
                            : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

template <class Source> void* allocate_or_throw(std::size_t bytes, std::size_t alignment) {
  void* const memory = allocate<Source>(bytes == 0 ? 1 : bytes, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

template <class Source> void release(void* memory) noexcept {
  if (memory == nullptr) return;
  if (!Source::owns(memory)) return std::free(memory);
  Source::release(memory);
}

}  // namespace rota::replaced

// NOLINTBEGIN(bugprone-macro-parentheses): Source is a type.
#define ROTA_REPLACE_NEW_AS(Source, array)                                                                         \
  void* operator new array(std::size_t n) {                                                                        \
    return rota::replaced::allocate_or_throw<Source>(n, rota::replaced::usual);                                    \
  }                                                                                                                \
  void* operator new array(std::size_t n, std::align_val_t a) {                                                    \
    return rota::replaced::allocate_or_throw<Source>(n, std::size_t(a));                                           \
  }                                                                                                                \
  void* operator new array(std::size_t n, const std::nothrow_t&) noexcept {                                        \
    return rota::replaced::allocate<Source>(n, rota::replaced::usual);                                             \
  }                                                                                                                \
  void operator delete array(void* memory) noexcept { rota::replaced::release<Source>(memory); }                   \
  void operator delete array(void* memory, std::size_t) noexcept { rota::replaced::release<Source>(memory); }      \
  void operator delete array(void* memory, std::align_val_t) noexcept { rota::replaced::release<Source>(memory); } \
  void operator delete array(void* memory, std::size_t, std::align_val_t) noexcept {                               \
    rota::replaced::release<Source>(memory);                                                                       \
  }                                                                                                                \
  void operator delete array(void* memory, const std::nothrow_t&) noexcept { rota::replaced::release<Source>(memory); }
// NOLINTEND(bugprone-macro-parentheses)

#define ROTA_REPLACE_NEW(Source) \
  ROTA_REPLACE_NEW_AS(Source, )  \
  ROTA_REPLACE_NEW_AS(Source, [])
