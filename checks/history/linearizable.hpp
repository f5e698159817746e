// Linearizability: is there an order of the calls of a history, with each call taking effect at one moment between its
// begin and its end, in which a sequential specification gives the same results? The search of Wing and Gong (1993)
// with Lowe's memory of what failed (2017): a set of calls already ordered and the state after them is tried once.
//
// A pending call may have taken effect or not, and its result is free.
//
// Precedence  real_time  a call that ended comes before a call that began later, whoever made them: linearizability.
//             program    only the calls of one thread are ordered, and those of thread 0 with all others: sequential
//                        consistency. Right for relaxed memory where nobody put a fence between the calls.
// Cost        exponential at worst; usually one step for each call. At most 128 calls.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "checks/history/history.hpp"

namespace rota::checks::history {

// A set of calls, by their numbers in the history.
__extension__ using Set = unsigned __int128;

enum class Precedence : std::uint8_t { real_time, program };

// A value: the state of the structure. apply() makes one call on it; false if the call cannot have given that result
// now (the state is then thrown away).
template <class S>
concept Specification = std::copyable<S> && std::equality_comparable<S> &&
                        requires(S state, const S& fixed, const Operation& operation) {
                          { fixed.hash() } -> std::same_as<std::size_t>;
                        } && (requires(S state, const Operation& operation) {
                          { state.apply(operation) } -> std::same_as<bool>;
                        } || requires(S state, const Operation& operation, unsigned choice) {
                          // A call that may go several ways: choice counts from 0 to below choices(operation).
                          { state.choices(operation) } -> std::convertible_to<unsigned>;
                          { state.apply(operation, choice) } -> std::same_as<bool>;
                        });

struct Answer {
  bool linearizable = true;
  std::vector<std::size_t> order;  // a witness; if there is none, the longest beginning that has one
  std::vector<std::size_t> stuck;  // if there is none: the calls that could come next, of which none fits
  std::uint64_t states = 0;        // tried
};

// "no order of these calls explains their results: once 3 of them are placed …" and the history as a table with a
// column that says how far the longest beginning of an order comes. Of a history that has an order: the table.
[[nodiscard]] std::string explain(History history, const Answer& answer);

// The bits of the calls that must come before each call. Throws std::length_error for more than 128.
[[nodiscard]] std::vector<Set> predecessors(History history, Precedence precedence);

template <Specification S> class Search {
 public:
  Search(History history, Precedence precedence) : history_(history), before_(predecessors(history, precedence)) {
    for (std::size_t i = 0; i < history.size(); ++i) {
      if (!history[i].pending()) required_ |= bit(i);
    }
  }

  [[nodiscard]] Answer run(const S& initial) {
    answer_.linearizable = place(0, initial);
    if (answer_.linearizable) answer_.order = path_;
    return std::move(answer_);
  }

 private:
  struct Tried {
    Set placed;
    S state;
    friend bool operator==(const Tried&, const Tried&) = default;
  };
  struct Hash {
    std::size_t operator()(const Tried& tried) const {
      const auto folded = static_cast<std::uint64_t>(tried.placed ^ (tried.placed >> 61));
      return tried.state.hash() ^ (folded * 0x9e3779b97f4a7c15U);
    }
  };
  static constexpr Set bit(std::size_t index) { return Set{1} << index; }
  [[nodiscard]] bool may_be_next(std::size_t index, Set placed) const {
    return (placed & bit(index)) == 0 && (before_[index] & ~placed) == 0;
  }

  // Orders the calls that are not in `placed`; path_ is the order so far.
  bool place(Set placed, const S& state) {
    if ((required_ & ~placed) == 0) return true;
    if (failed_.contains({placed, state})) return false;
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (may_be_next(i, placed) && place_next(i, placed, state)) return true;
    }
    keep_if_longest(placed);
    failed_.insert({placed, state});
    return false;
  }

  bool place_next(std::size_t index, Set placed, const S& state) {
    const Operation& operation = history_[index];
    unsigned choices = 1;
    if constexpr (requires { state.choices(operation); }) choices = state.choices(operation);
    path_.push_back(index);
    for (unsigned choice = 0; choice < choices; ++choice) {
      S next = state;
      ++answer_.states;
      if (apply(next, operation, choice) && place(placed | bit(index), next)) return true;
    }
    path_.pop_back();
    return false;
  }

  static bool apply(S& state, const Operation& operation, unsigned choice) {
    if constexpr (requires { state.apply(operation, choice); }) {
      return state.apply(operation, choice);
    } else {
      return state.apply(operation);
    }
  }

  void keep_if_longest(Set placed) {
    if (!answer_.stuck.empty() && path_.size() <= answer_.order.size()) return;
    answer_.order = path_;
    answer_.stuck.clear();
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (may_be_next(i, placed)) answer_.stuck.push_back(i);
    }
  }

  History history_;
  std::vector<Set> before_;
  Set required_ = 0;
  std::vector<std::size_t> path_;
  std::unordered_set<Tried, Hash> failed_;
  Answer answer_;
};

template <Specification S>
[[nodiscard]] Answer linearize(History history, const S& initial, Precedence precedence = Precedence::real_time) {
  return Search<S>(history, precedence).run(initial);
}

}  // namespace rota::checks::history
