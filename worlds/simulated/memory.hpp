// Memory: where a simulated program's objects lie. While one of its threads runs, operator new takes from here
// (memory.cpp), so the same allocations give the same lines in every run (P7).
//
// Blocks come in size classes and go back to a stack of their class: a million tasks, one after the other, take the
// room of one. Everything is dropped when the next machine begins.
// Threads   One thread of the operating system simulates at a time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rota::simulated {

class Memory {
 public:
  static constexpr std::size_t size = std::size_t{16} << 30;  // reserved; pages are backed as they are used

  // Whether operator new serves from here.
  static inline bool inside = false;

  [[nodiscard]] static bool owns(const void* pointer) noexcept { return offset(pointer) < size; }
  [[nodiscard]] static std::uint64_t offset(const void* pointer) noexcept {
    return reinterpret_cast<std::uintptr_t>(pointer) - base_;
  }
  [[nodiscard]] static void* allocate(std::size_t bytes, std::size_t alignment);
  static void release(void* block) noexcept;
  // Memory that is never given back by itself.
  [[nodiscard]] static void* pages(std::size_t bytes, std::size_t alignment);
  static void begin();  // of a machine: all memory of the one before is dropped

 private:
  static inline std::uintptr_t base_ = 1;  // owns nothing until the first begin()
  static inline std::uintptr_t next_ = 1;
};

// The machine's own code, which runs on a simulated thread's stack but must not take its memory.
class OutsideMemory {
 public:
  OutsideMemory() noexcept : before_(Memory::inside) { Memory::inside = false; }
  OutsideMemory(const OutsideMemory&) = delete;
  OutsideMemory& operator=(const OutsideMemory&) = delete;
  ~OutsideMemory() { Memory::inside = before_; }

 private:
  bool before_;
};

}  // namespace rota::simulated
