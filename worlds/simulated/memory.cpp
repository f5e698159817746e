// Blocks, their classes, and the stacks of free ones; and the operators new and delete of every program that simulates.
// In one source, for a linker takes no file of a library for operators that a sanitizer has as well.
#include "worlds/simulated/memory.hpp"

#include <sys/mman.h>

#include <array>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "worlds/replace_new.hpp"

namespace rota::simulated {
namespace {

// In front of each block. What follows it is aligned as was asked.
struct Header {
  std::uint32_t size_class;
  std::uint32_t machine;  // whose block it is: those of a former machine are not taken back
  std::uint64_t shift;    // from the beginning of the class's block to what the caller got
};
std::uint32_t machine_number = 0;
constexpr std::size_t header_bytes = 16;

// Four sizes between one power of two and the next.
constexpr unsigned class_of(std::size_t bytes) {
  if (bytes <= 64) return static_cast<unsigned>((bytes + 15) / 16);
  const unsigned top = static_cast<unsigned>(std::bit_width(bytes - 1)) - 1;  // of the power of two below
  const std::size_t step = (std::size_t{1} << top) / 4;
  return 4 + (top - 6) * 4 + static_cast<unsigned>((bytes - (std::size_t{1} << top) + step - 1) / step);
}
constexpr std::size_t size_of(unsigned size_class) {
  if (size_class <= 4) return std::size_t{size_class} * 16;
  const unsigned top = 6 + (size_class - 5) / 4, quarter = (size_class - 5) % 4 + 1;
  return (std::size_t{1} << top) + quarter * ((std::size_t{1} << top) / 4);
}
static_assert(class_of(64) == 4 && class_of(65) == 5 && size_of(5) == 80 && class_of(128) == 8 && size_of(8) == 128);
static_assert(size_of(class_of(1000)) >= 1000 && size_of(class_of(129)) == 160);

constexpr unsigned classes = 160;
std::array<void*, classes> free_blocks{};  // linked through their first word

Header& header_of(void* given) { return *reinterpret_cast<Header*>(static_cast<std::byte*>(given) - header_bytes); }

}  // namespace

void* Memory::allocate(std::size_t bytes, std::size_t alignment) {
  const std::size_t extra = alignment > header_bytes ? alignment : 0;
  const unsigned size_class = class_of(bytes + header_bytes + extra);
  void* block = free_blocks[size_class];
  if (block != nullptr) {
    free_blocks[size_class] = *static_cast<void**>(block);
  } else {
    block = pages(size_of(size_class), 16);
  }
  const auto begin = reinterpret_cast<std::uintptr_t>(block);
  const std::uintptr_t mask = (alignment > header_bytes ? alignment : header_bytes) - 1;
  const std::uintptr_t given = (begin + header_bytes + mask) & ~mask;
  auto* const result = reinterpret_cast<void*>(given);
  header_of(result) = {size_class, machine_number, given - begin};
  return result;
}

void Memory::release(void* given) noexcept {
  const Header header = header_of(given);
  if (header.machine != machine_number) return;
  void* const block = static_cast<std::byte*>(given) - header.shift;
  *static_cast<void**>(block) = free_blocks[header.size_class];
  free_blocks[header.size_class] = block;
}

void* Memory::pages(std::size_t bytes, std::size_t alignment) {
  const std::uintptr_t begin = (next_ + alignment - 1) & ~(alignment - 1);
  if (begin + bytes > base_ + size) {
    std::fputs("rota: a simulated program allocated more than its memory holds (16 GiB)\n", stderr);
    std::abort();
  }
  next_ = begin + bytes;
  return reinterpret_cast<void*>(begin);
}

void Memory::begin() {
  constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  if (base_ == 1) {
    // Room to align it to what the largest pages ask for.
    constexpr std::size_t room = std::size_t{1} << 30;
    void* const memory = mmap(nullptr, size + room, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    base_ = (reinterpret_cast<std::uintptr_t>(memory) + room - 1) & ~(room - 1);
  } else if (next_ != base_) {
    madvise(reinterpret_cast<void*>(base_), next_ - base_, MADV_DONTNEED);
  }
  next_ = base_;
  free_blocks = {};
  ++machine_number;
}

}  // namespace rota::simulated

ROTA_REPLACE_NEW(rota::simulated::Memory)
