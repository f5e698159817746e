// Cuts, fills and breaks text.
#include "analysis/terminal/terminal_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rota::analysis {

std::string Style::operator()(std::string_view code, std::string text) const {
  return on && !code.empty() ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string fit(std::string_view text, std::size_t width) {
  const std::size_t length = width_of(text);
  if (length <= width) return std::string(text) + std::string(width - length, ' ');
  std::string cut;
  std::size_t taken = 0;
  for (const char c : text) {
    if ((c & 0xC0) != 0x80 && ++taken == width) break;
    cut += c;
  }
  return cut + "…";
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string lines, line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && width_of(line) + 1 + width_of(word) > width) {
      lines += line + "\n";
      line = "  ";
      line += word;
    } else {
      line += (line.empty() ? "" : " ") + std::string(word);
    }
  }
  return lines + line + "\n";
}

std::vector<std::string> lines_within(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view whole = text.substr(0, end);
    const std::string word = width_of(whole) > width ? fit(whole, width) : std::string(whole);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!lines.back().empty() && width_of(lines.back()) + 1 + width_of(word) > width) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  return lines;
}

}  // namespace rota::analysis
