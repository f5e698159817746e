// Stack: mapped memory with a guard page.
#include "worlds/stack.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace rota {

std::size_t Stack::page() noexcept {
  static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return size;
}

std::size_t Stack::whole_pages(std::size_t bytes) noexcept { return (bytes + page() - 1) / page() * page(); }

Stack::Stack(std::size_t bytes) : bytes_(whole_pages(bytes) + page()) {
  void* memory =
      mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, page(), PROT_NONE) != 0) {
    if (memory != MAP_FAILED) munmap(memory, bytes_);
    throw std::runtime_error("no memory for another fiber stack of " + std::to_string(bytes / 1024) +
                             " KiB: each takes two mappings, see /proc/sys/vm/max_map_count");
  }
  base_ = static_cast<std::byte*>(memory);
}

Stack::~Stack() {
  if (base_ != nullptr) munmap(base_, bytes_);
}

}  // namespace rota
