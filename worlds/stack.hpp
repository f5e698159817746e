// Stack: memory for a second stack, with an inaccessible page below it.
#pragma once

#include <cstddef>
#include <utility>

namespace rota {

// Throws std::runtime_error, which names the limit, if the memory is refused.
class Stack {
 public:
  Stack() = default;
  explicit Stack(std::size_t bytes);  // rounded up to whole pages
  Stack(Stack&& other) noexcept : base_(std::exchange(other.base_, nullptr)), bytes_(other.bytes_) {}
  Stack& operator=(Stack&& other) noexcept {
    std::swap(base_, other.base_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Stack();

  [[nodiscard]] static std::size_t page() noexcept;
  [[nodiscard]] static std::size_t whole_pages(std::size_t bytes) noexcept;

  [[nodiscard]] bool empty() const noexcept { return base_ == nullptr; }
  [[nodiscard]] std::byte* low() const noexcept { return base_ + page(); }
  [[nodiscard]] std::byte* high() const noexcept { return base_ + bytes_; }
  [[nodiscard]] std::size_t size() const noexcept { return bytes_ - page(); }

 private:
  std::byte* base_ = nullptr;  // the guard page
  std::size_t bytes_ = 0;      // with the guard page
};

}  // namespace rota
