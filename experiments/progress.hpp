// Progress: tells a person how far a run is. On a terminal one line that is redrawn, elsewhere a plain line for each
// cell.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#include "experiments/run_reader.hpp"

namespace rota::experiments {

class Progress {
 public:
  // `out` must outlive it; null for silence. `done` cells of `total` are there already.
  Progress(std::FILE* out, std::size_t total, std::size_t done);

  void starting(const PlannedCell& cell);
  void ended(const PlannedCell& cell, const CellResult& result);
  void close();  // leaves the terminal at the beginning of an empty line

 private:
  void draw(const std::string& what);
  [[nodiscard]] std::string time_left() const;

  std::FILE* out_;
  bool terminal_;
  std::size_t total_, done_, before_;
  std::size_t failed_ = 0;
  std::chrono::steady_clock::time_point begin_;
};

// "[#####-----]" of this many cells between the brackets.
[[nodiscard]] std::string bar(std::size_t done, std::size_t total, std::size_t width);
// "0:07", "12:34", "1:02:03"
[[nodiscard]] std::string clock_text(double seconds);
// The first `columns` characters of UTF-8 text.
[[nodiscard]] std::string_view first_columns(std::string_view text, std::size_t columns);

}  // namespace rota::experiments
