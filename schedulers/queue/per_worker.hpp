// PerWorker: one T for each worker, side by side on line pairs of their own (P8).
#pragma once

#include <memory>
#include <new>

#include "worlds/env.hpp"

namespace rota::queue {

template <class T> class PerWorker {
  static_assert(alignof(T) % line_pair == 0, "workers would share a line: declare it alignas(line_pair)");

 public:
  // Every T is made from the same arguments.
  template <class... Args>
  explicit PerWorker(std::size_t count, const Args&... args) : items_(std::allocator<T>().allocate(count)) {
    for (; count_ < count; ++count_) new (items_ + count_) T(args...);
  }
  PerWorker(const PerWorker&) = delete;
  PerWorker& operator=(const PerWorker&) = delete;
  ~PerWorker() {
    std::destroy_n(items_, count_);
    std::allocator<T>().deallocate(items_, count_);
  }

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] T& operator[](std::size_t worker) noexcept { return items_[worker]; }
  [[nodiscard]] const T& operator[](std::size_t worker) const noexcept { return items_[worker]; }
  [[nodiscard]] const T* begin() const noexcept { return items_; }
  [[nodiscard]] const T* end() const noexcept { return items_ + count_; }

 private:
  T* items_;
  std::size_t count_ = 0;
};

}  // namespace rota::queue
