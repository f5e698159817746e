// Text for a terminal: widths counted in code points, cut with an ellipsis, coloured on demand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rota::analysis {

// Columns of the tables that end a run.
inline constexpr std::size_t table_width = 120;

// Wraps a text in an escape sequence ("1": bold, "2": dim, "31": red), or leaves it as it is.
struct Style {
  bool on;
  [[nodiscard]] std::string operator()(std::string_view code, std::string text) const;
};

// Code points: labels and units need no wider ones.
[[nodiscard]] std::size_t width_of(std::string_view text);

// Cut to `width` code points with an ellipsis, or filled up with blanks.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

// Without blanks at its end, and with a line's end.
[[nodiscard]] std::string trimmed(std::string line);

// Terminals obey control characters in what a cell printed; a table must not.
[[nodiscard]] std::string printable(std::string text);

// Broken at blanks into lines of at most `width` code points, all but the first indented.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width);

// The same as lines without ends or indents, at least one; a word that is longer is cut.
[[nodiscard]] std::vector<std::string> lines_within(std::string_view text, std::size_t width);

}  // namespace rota::analysis
