// Rows: what a run of a service station left behind, one row a request. The oracles (paths.hpp) read nothing else.
//
// Times are whole nanoseconds of simulated time, and rows stand in the order of arrival.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rota::checks::theory {

using Ns = std::int64_t;

struct Request {
  Ns arrival = 0;
  Ns service = 0;  // at least 1
};
using Input = std::vector<Request>;  // by arrival

inline constexpr Ns unset = -1;
inline constexpr std::uint32_t nobody = ~std::uint32_t{0};

struct Row {
  Ns arrival = 0, service = 0;
  Ns start = unset, end = unset;  // of its first quantum, of its last; unset: it was never served
  std::uint32_t worker = nobody;  // who began it
  [[nodiscard]] Ns wait() const noexcept { return start - arrival; }
  [[nodiscard]] Ns sojourn() const noexcept { return end - arrival; }
};
using Rows = std::vector<Row>;

// What an oracle says: nothing, or a sentence with the first row that is wrong.
using Finding = std::optional<std::string>;

}  // namespace rota::checks::theory
