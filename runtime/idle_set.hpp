// IdleSet: which workers sleep or are about to. One bit each, so that announcing and claiming one is one operation.
//
// Contract  announce and retract: the worker itself. claim: any thread. Between an announce and the end of that sleep
//           exactly one of retract and claim returns true, so a sleeper is woken once.
// Ordering  The callers put a full fence between enqueue and none()/claim, and between announce and their last look at
//           the queues; the argument is in runtime/parking.hpp. The bits carry acquire and release besides.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "runtime/vocabulary.hpp"
#include "runtime/worker_set.hpp"
#include "worlds/env.hpp"

namespace rota {

template <Env E> class IdleSet {
 public:
  explicit IdleSet(std::size_t workers) : words_((workers + 63) / 64) {}

  void announce(WorkerId id) noexcept { word(id).fetch_or(bit(id), Order::acq_rel); }
  // False if somebody claimed this worker meanwhile.
  [[nodiscard]] bool retract(WorkerId id) noexcept { return clear(id); }
  [[nodiscard]] bool claim(WorkerId id) noexcept { return contains(id) && clear(id); }
  [[nodiscard]] bool contains(WorkerId id) const noexcept {
    return (words_[id / 64].bits.load(Order::relaxed) & bit(id)) != 0;
  }

  // Claims some idle worker; false if there is none.
  [[nodiscard]] bool claim_any(WorkerId& claimed) noexcept {
    return claim_of(claimed, [](std::size_t) { return ~std::uint64_t{0}; });
  }
  [[nodiscard]] bool claim_among(const WorkerSet& set, WorkerId& claimed) noexcept {
    return claim_of(claimed, [&set](std::size_t i) { return set.word(i); });
  }
  [[nodiscard]] bool any_of(const WorkerSet& set) const noexcept {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i].bits.load(Order::relaxed) & set.word(i)) != 0) return true;
    }
    return false;
  }
  [[nodiscard]] bool none() const noexcept {
    for (const auto& word : words_) {
      if (word.bits.load(Order::relaxed) != 0) return false;
    }
    return true;
  }

 private:
  // allowed(i): which workers of word i may be claimed.
  template <class Allowed> bool claim_of(WorkerId& claimed, Allowed allowed) noexcept {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t seen = words_[i].bits.load(Order::relaxed) & allowed(i); seen != 0; seen &= seen - 1) {
        claimed = static_cast<WorkerId>(i * 64 + static_cast<unsigned>(std::countr_zero(seen)));
        if (clear(claimed)) return true;
      }
    }
    return false;
  }

  struct alignas(line_pair_of<E>) Word {
    typename E::template atomic<std::uint64_t> bits{};
  };
  auto& word(WorkerId id) noexcept { return words_[id / 64].bits; }
  static constexpr std::uint64_t bit(WorkerId id) noexcept { return std::uint64_t{1} << (id % 64); }
  bool clear(WorkerId id) noexcept { return (word(id).fetch_and(~bit(id), Order::acq_rel) & bit(id)) != 0; }

  std::vector<Word> words_;
};

}  // namespace rota
