// OpTable: the records of submitted ops, named by tickets, and the queue of those that are complete and unreported.
//
// A record's state:  pending ──complete()──► ready ──harvest()──► reported;  take() and discard() free it from any, and
// a timer's is freed when it is reported.
// Threads: the caller locks; idle() alone needs no lock. Records keep their address; 80 bytes each, kept for reuse.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "reactor/reactor.hpp"
#include "worlds/real.hpp"

namespace rota {

class OpTable {
 public:
  enum class State : std::uint8_t { free, pending, ready, reported };
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  struct Record {
    Op op;
    Token token;
    std::int64_t result = 0;
    std::uint32_t generation = 1;  // that of the ticket now out, or of the next one; 0 is never used
    std::uint32_t next = none;     // in the queue of ready records, or in the list of free ones
    std::uint32_t previous = none;
    State state = State::free;
  };

  OpTable() = default;
  OpTable(const OpTable&) = delete;
  OpTable& operator=(const OpTable&) = delete;
  ~OpTable();

  Ticket add_pending(const Op& op, Token token);
  Ticket add_complete(const Op& op, Token token, std::int64_t result);  // will not be reported
  [[nodiscard]] Record* find(Ticket ticket) noexcept;                   // nullptr if it is stale
  [[nodiscard]] Record& at(std::uint32_t slot) noexcept { return chunks_[slot / chunk][slot % chunk]; }

  void complete(std::uint32_t slot, std::int64_t result) noexcept;
  // Frees a complete record and gives its result to the caller.
  std::int64_t take(std::uint32_t slot) noexcept;
  // Frees a record in any state; a descriptor that it accepted is closed.
  void discard(std::uint32_t slot) noexcept;

  [[nodiscard]] bool any_ready() const noexcept { return first_ready_ != none; }
  std::size_t harvest(std::span<Completion> out) noexcept;
  // Reports a pending timer, past the queue.
  Completion report_timer(std::uint32_t slot) noexcept;
  // Nothing is pending or ready.
  [[nodiscard]] bool idle() const noexcept { return unreported_.load(Order::acquire) == 0; }

 private:
  static constexpr std::uint32_t chunk = 256;

  std::uint32_t claim(const Op& op, Token token);
  void release(std::uint32_t slot) noexcept;
  void unlink_ready(Record& record) noexcept;
  void count(std::int32_t change) noexcept;

  std::vector<std::unique_ptr<Record[]>> chunks_;
  std::uint32_t first_free_ = none;
  std::uint32_t first_ready_ = none;
  std::uint32_t last_ready_ = none;
  env::Real::atomic<std::uint32_t> unreported_{0};
};

}  // namespace rota
