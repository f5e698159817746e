// Progress: tells a person how far a run is. On a terminal one line that is redrawn, elsewhere a plain line for each
// cell.
#pragma once

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "record/run.hpp"

namespace rota::experiments {

// The cells of one world.
struct Share {
  std::size_t total = 0;
  std::size_t done = 0;   // now or before
  std::size_t ended = 0;  // now
  double seconds = 0;     // that these took, all together
};

// How long the rest takes if it goes on as before; a world of which nothing has ended yet, like the other one. Nothing
// if nothing has ended at all.
[[nodiscard]] std::optional<double> seconds_left(const Share& real, const Share& simulated);

class Progress {
 public:
  // `out` must outlive it; null for silence. Of each world, so many cells are done already.
  Progress(std::FILE* out, const Share& real, const Share& simulated);

  void starting(const record::PlannedCell& cell);
  void ended(const record::PlannedCell& cell, const record::CellResult& result);
  void close();  // leaves the terminal at the beginning of an empty line

 private:
  void draw(const std::string& what);
  [[nodiscard]] std::string time_left() const;
  [[nodiscard]] std::size_t total() const { return real_.total + simulated_.total; }
  [[nodiscard]] std::size_t done() const { return real_.done + simulated_.done; }

  std::FILE* out_;
  bool terminal_;
  Share real_, simulated_;
  std::size_t failed_ = 0;
  std::chrono::steady_clock::time_point before_;  // when the last one ended
};

// "[#####-----]" of this many cells between the brackets.
[[nodiscard]] std::string bar(std::size_t done, std::size_t total, std::size_t width);
// "0:07", "12:34", "1:02:03"
[[nodiscard]] std::string clock_text(double seconds);
// The first `columns` characters of UTF-8 text.
[[nodiscard]] std::string_view first_columns(std::string_view text, std::size_t columns);

}  // namespace rota::experiments
