// Arena: the memory of one execution. While an explored thread runs, operator new takes from it; all of it is dropped
// when the execution ends, whether it came to its end or was abandoned in the middle.
//
// Why       The same allocations give the same addresses in every execution (P7), an execution that fails can be left
//           where it stands, and 20 000 executions a second cannot afford malloc.
// Contract  delete of arena memory does nothing: nothing is reused within an execution, so what a defect reads after it
//           was freed is still there and the defect is found by its meaning, not by a crash.
// Threads   One thread of the operating system explores at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include "worlds/sanitizers.hpp"
#include "worlds/stack.hpp"

namespace rota::explored {

class Arena {
 public:
  static constexpr std::size_t size = std::size_t{1} << 30;  // reserved; pages are backed as they are used

  // From now on operator new takes from here; the former state comes back when the value dies.
  static inline bool inside = false;

  [[nodiscard]] static bool owns(const void* pointer) noexcept {
    return reinterpret_cast<std::uintptr_t>(pointer) - base_ < size;
  }
  [[nodiscard]] static void* allocate(std::size_t bytes, std::size_t alignment) {
    const std::uintptr_t begin = (next_ + alignment - 1) & ~(alignment - 1);
    if (begin + bytes > base_ + size) exhausted();
    next_ = begin + bytes;
    return reinterpret_cast<void*>(begin);
  }
  static void release(void*) noexcept {}  // nothing is reused within an execution
  static void reserve();                  // once, before the first execution
  static void reset() noexcept {
    forget_frames(reinterpret_cast<void*>(base_), used());
    next_ = base_;
  }
  [[nodiscard]] static std::size_t used() noexcept { return next_ - base_; }
  // How far into the arena, for names that are the same in every run.
  [[nodiscard]] static std::uint64_t offset(const void* pointer) noexcept {
    return reinterpret_cast<std::uintptr_t>(pointer) - base_;
  }

 private:
  [[noreturn]] static void exhausted();
  static inline std::uintptr_t base_ = 1;  // owns nothing until it is reserved
  static inline std::uintptr_t next_ = 1;
};

// Memory for the stack of a fiber: gone with its execution, without a guard.
class ArenaStack {
 public:
  ArenaStack() = default;
  explicit ArenaStack(std::size_t bytes) : size_(whole_pages(bytes)) {
    low_ = static_cast<std::byte*>(Arena::allocate(size_, Stack::page()));
  }
  ArenaStack(ArenaStack&& other) noexcept : low_(std::exchange(other.low_, nullptr)), size_(other.size_) {}
  ArenaStack& operator=(ArenaStack&& other) noexcept {
    std::swap(low_, other.low_);
    std::swap(size_, other.size_);
    return *this;
  }

  [[nodiscard]] static std::size_t whole_pages(std::size_t bytes) noexcept { return Stack::whole_pages(bytes); }
  [[nodiscard]] bool empty() const noexcept { return low_ == nullptr; }
  [[nodiscard]] std::byte* low() const noexcept { return low_; }
  [[nodiscard]] std::byte* high() const noexcept { return low_ + size_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::byte* low_ = nullptr;
  std::size_t size_ = 0;
};

// The explored world's own memory, which outlives executions although it grows while one runs.
template <class T> struct HostAllocator {
  using value_type = T;
  HostAllocator() = default;
  template <class U> HostAllocator(const HostAllocator<U>&) noexcept {}
  [[nodiscard]] T* allocate(std::size_t n) {
    void* const memory = std::malloc(n * sizeof(T));
    if (memory == nullptr) throw std::bad_alloc();
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t) noexcept { std::free(memory); }
  friend bool operator==(HostAllocator, HostAllocator) noexcept { return true; }
};
template <class T> using HostVector = std::vector<T, HostAllocator<T>>;

// Code of the explored world, its observers and strategies that runs while an execution is under way.
class OutsideArena {
 public:
  OutsideArena() noexcept : before_(Arena::inside) { Arena::inside = false; }
  OutsideArena(const OutsideArena&) = delete;
  OutsideArena& operator=(const OutsideArena&) = delete;
  ~OutsideArena() { Arena::inside = before_; }

 private:
  bool before_;
};

}  // namespace rota::explored
