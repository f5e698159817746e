// rota_count: prints, for every path, the locked instructions, fences and allocations of so many operations, as JSON
// lines.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <new>

#include "tests/bench/counts/scenes.hpp"

// The counting world's own; the library that has it for calibration is none of what is counted.
[[gnu::noinline]] rota::experiments::Counts& rota::experiments::counts() noexcept {
  asm volatile("");  // a task may go on elsewhere: its address is not kept across a suspension
  thread_local Counts mine;
  return mine;
}

namespace rota::bench {

[[gnu::noinline]] std::uint64_t& allocations() noexcept {
  asm volatile("");
  thread_local std::uint64_t mine = 0;
  return mine;
}

void* Counted::pages(std::size_t bytes, std::size_t alignment) {
  ++allocations();
  return env::Real::pages(bytes, alignment);
}

namespace {

using experiments::Counts;
using experiments::counts;

class CountMeter final : public Meter {
 public:
  void begin() noexcept override {
    before_ = counts();
    before_allocations_ = allocations();
  }
  void end() noexcept override {
    const Counts& now = counts();
    updates_ += now.update - before_.update;
    fences_ += now.fence - before_.fence;
    allocations_ += allocations() - before_allocations_;
  }
  [[nodiscard]] std::string text() const {
    return fmt::format(R"("rmw": {}, "fences": {}, "allocations": {})", updates_, fences_, allocations_);
  }

 private:
  Counts before_;
  std::uint64_t before_allocations_ = 0;
  std::uint64_t updates_ = 0, fences_ = 0, allocations_ = 0;
};

void count(const std::string& name, std::size_t least, Metered how, const Walk& walk) {
  CountMeter ignored;
  walk(2 * least, ignored);  // slots and queues have room from then on
  for (const std::size_t operations : {least, 2 * least}) {
    CountMeter meter;
    for (int i = 0; i < repeats(how); ++i) walk(operations, meter);
    fmt::print("{{\"path\": \"{}\", \"operations\": {}, {}}}\n", name, operations * repeats(how), meter.text());
  }
  std::fflush(stdout);
}

}  // namespace
}  // namespace rota::bench

namespace {

void* counted(std::size_t bytes, std::size_t alignment) {
  ++rota::bench::allocations();
  void* const memory = alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__
                           ? std::malloc(bytes == 0 ? 1 : bytes)
                           : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes, 1); }
void* operator new(std::size_t bytes, std::align_val_t a) { return counted(bytes, std::size_t(a)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

int main() try {
  using namespace rota::bench;
  visit_paths<Counted>(count);
  visit_finish<Probed<Counted>>(count);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "rota_count: {}\n", error.what());
  return 1;
}
