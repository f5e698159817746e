// A history: what each thread called on a shared structure, what it got, and which calls overlapped.
//
// Recorder  filled by an explored program. It is made outside the execution and has a fixed size, so that nothing in it
//           lies in memory that ends with the execution. Only plain data: recording is no shared access and gives no
//           place to switch threads, hence it hides nothing. Stamps count begins and ends; a call precedes another if
//           it ended before the other began.
// Threads   one operating-system thread, which explores.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "worlds/contract.hpp"

namespace rota::checks::history {

// A few small numbers without memory of their own. Values are numbers of tasks (from 1), of
// workers (from 0), or truth.
template <std::size_t N> class InlineList {
 public:
  constexpr InlineList() = default;
  constexpr InlineList(std::initializer_list<int> values) {
    for (const int value : values) push(value);
  }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr int operator[](std::size_t index) const noexcept { return items_[index]; }
  [[nodiscard]] constexpr const std::int8_t* begin() const noexcept { return items_.data(); }
  [[nodiscard]] constexpr const std::int8_t* end() const noexcept { return items_.data() + size_; }

  constexpr void push(int value) {
    if (size_ == N) contract_failure("usage", "a history holds more values than it has places for");
    items_[size_++] = static_cast<std::int8_t>(value);
  }
  constexpr int take_front() noexcept {
    const int front = items_[0];
    for (std::size_t i = 1; i < size_; ++i) items_[i - 1] = items_[i];
    items_[--size_] = 0;
    return front;
  }
  constexpr int take_back() noexcept {
    const int back = items_[--size_];
    items_[size_] = 0;  // unused places are zero, so that equality is that of the places
    return back;
  }

  friend bool operator==(const InlineList&, const InlineList&) = default;

 private:
  std::array<std::int8_t, N> items_{};
  std::uint8_t size_ = 0;
};
using Values = InlineList<24>;

enum class Call : std::uint8_t {
  push,        // argument: the value; result: whether it went in
  push_chain,  // argument: the values
  pop,         // result: the value, or none
  pop_oldest,
  pop_batch,  // argument: how many at most
  take_all,
  take_half,
  steal_half,  // from `object` into `other`; result: the first, or none
  length,
  empty,
  announce,  // object: the worker
  retract,
  claim,
  claim_any,  // result: the worker, or none
  none,
  try_send,
  try_receive,
  close,
  // Steps of a call that takes effect more than once; made from it, never recorded.
  take,
  publish,
  release,
  absent,
};
[[nodiscard]] std::string_view to_string(Call call) noexcept;

inline constexpr std::uint32_t still_pending = ~std::uint32_t{0};
inline constexpr std::uint8_t nothing_before = 0xff;

struct Operation {
  Call call = Call::push;
  std::uint8_t thread = 0;  // 0 is the one that starts the others, waits for their end, and works before and after
  std::uint8_t object = 0;  // which of several
  std::uint8_t other = 0;   // the second object of a call that has two
  Values argument{}, result{};
  std::uint32_t begin = 0, end = still_pending;
  std::uint8_t after = nothing_before;  // index of the step of the same call that comes before this one

  [[nodiscard]] bool pending() const noexcept { return end == still_pending; }
  // Whether the call may have given `expected`. Nothing is known yet about a pending one.
  [[nodiscard]] bool gave(const Values& expected) const noexcept { return pending() || result == expected; }
  [[nodiscard]] bool gave(bool expected) const noexcept { return gave(Values{expected ? 1 : 0}); }
};
using History = std::span<const Operation>;

// For people: "pop(1)", "steal_half(0 into 1)", and "task 3", "nothing", "true".
[[nodiscard]] std::string describe_call(const Operation& operation);
[[nodiscard]] std::string describe_result(const Operation& operation);

class Recorder {
 public:
  static constexpr std::size_t most = 56;

  void reset() noexcept {
    size_ = 0;
    stamp_ = 0;
    finished_ = false;
  }

  // The call begins; its number, for end().
  std::size_t begin(Operation operation) {
    if (size_ == most) contract_failure("usage", "the program under test makes more calls than its history can hold");
    operation.begin = ++stamp_;
    operation.end = still_pending;
    operations_[size_] = operation;
    return size_++;
  }
  void end(std::size_t number, const Values& result) noexcept {
    operations_[number].result = result;
    operations_[number].end = ++stamp_;
  }

  // The program came to its end.
  void finish() noexcept { finished_ = true; }
  [[nodiscard]] bool finished() const noexcept { return finished_; }

  [[nodiscard]] History history() const noexcept { return {operations_.data(), size_}; }

 private:
  std::array<Operation, most> operations_{};
  std::size_t size_ = 0;
  std::uint32_t stamp_ = 0;
  bool finished_ = false;
};

}  // namespace rota::checks::history
