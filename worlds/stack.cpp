// Stack: mapped memory with a guard page.
#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "worlds/explored/arena.hpp"
#include "worlds/stack_context.hpp"

namespace rota {
namespace {

std::size_t page_size() {
  static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return size;
}

}  // namespace

Stack::Stack(std::size_t bytes) {
  const std::size_t page = page_size();
  bytes_ = whole_pages(bytes) + page;
  if (explored::Arena::inside) {  // an explored world's: gone with its execution, without a guard
    base_ = static_cast<std::byte*>(explored::Arena::allocate(bytes_, page));
    return;
  }
  void* memory =
      mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, page, PROT_NONE) != 0) {
    if (memory != MAP_FAILED) munmap(memory, bytes_);
    throw std::runtime_error("no memory for another fiber stack of " + std::to_string(bytes / 1024) +
                             " KiB: each takes two mappings, see /proc/sys/vm/max_map_count");
  }
  base_ = static_cast<std::byte*>(memory);
}

std::size_t Stack::whole_pages(std::size_t bytes) noexcept {
  const std::size_t page = page_size();
  return (bytes + page - 1) / page * page;
}

Stack::~Stack() {
  if (base_ != nullptr && !explored::Arena::owns(base_)) munmap(base_, bytes_);
}

std::byte* Stack::low() const noexcept { return base_ + page_size(); }
std::size_t Stack::size() const noexcept { return bytes_ - page_size(); }

}  // namespace rota
