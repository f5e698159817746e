// WorkerSet: some of a runtime's workers, made once, to be named in wake hints (WakeHint::among).
//
//   std::array sets_{WorkerSet::from(reserved, workers)};              // a member of the policy
//   std::span<const WorkerSet> wake_sets() const noexcept { return sets_; }
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/vocabulary.hpp"

namespace rota {

class WorkerSet {
 public:
  // The workers `first` to `end` - 1.
  static WorkerSet from(WorkerId first, WorkerId end) {
    WorkerSet set;
    for (WorkerId id = first; id < end; ++id) set.add(id);
    return set;
  }

  void add(WorkerId id) {
    if (words_.size() <= id / 64) words_.resize(id / 64 + 1);
    words_[id / 64] |= std::uint64_t{1} << (id % 64);
  }
  [[nodiscard]] bool contains(WorkerId id) const noexcept { return (word(id / 64) >> (id % 64) & 1) != 0; }
  // Workers 64 i to 64 i + 63, one bit each.
  [[nodiscard]] std::uint64_t word(std::size_t i) const noexcept { return i < words_.size() ? words_[i] : 0; }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace rota
