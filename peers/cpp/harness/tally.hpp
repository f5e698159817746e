// Tally: counts what tasks did, each thread on a cache line of its own, so that counting does not become what is timed.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rota::peers {

class Tally {
 public:
  void add() noexcept {
    auto& mine = counts_[index() % counts_.size()].value;
    mine.store(mine.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
  // Exact once what was counted has been joined.
  [[nodiscard]] std::uint64_t sum() const noexcept {
    std::uint64_t result = 0;
    for (const auto& count : counts_) result += count.value.load(std::memory_order_relaxed);
    return result;
  }

 private:
  // More than the workers that a cell can ask for; who uses this has no other threads.
  static constexpr std::size_t most_threads = 1280;
  struct alignas(64) Count {
    std::atomic<std::uint64_t> value{0};
  };

  // Not inlined: a fiber that moved to another thread must not go on with the address of the old one's number.
  [[gnu::noinline]] static std::size_t index() noexcept {
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed);
    return mine;
  }

  std::array<Count, most_threads> counts_{};
};

}  // namespace rota::peers
