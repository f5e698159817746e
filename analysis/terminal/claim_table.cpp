// Lays claims out for a terminal: a table of stated figures, and one of lines.
#include "analysis/terminal/claim_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "analysis/claims/claim_words.hpp"
#include "analysis/terminal/estimate_text.hpp"
#include "analysis/terminal/terminal_text.hpp"
#include "analysis/words/units.hpp"

namespace rota::analysis {
namespace {

constexpr std::size_t indent = 2, gap = 2;

struct Place {
  std::string_view heading;
  std::size_t width;
};

// Widths and gaps fill table_width.
constexpr std::array<Place, 5> figure_columns{
    {{"verdict", 21}, {"what is stated", 34}, {"as", 15}, {"measured", 24}, {"Rota's", 16}}};
constexpr std::array<Place, 6> line_columns{
    {{"verdict", 17}, {"line", 27}, {"asked", 13}, {"measured", 19}, {"asked of", 16}, {"against", 16}}};

std::string colour_of(Standing standing) {
  constexpr std::array<std::string_view, 4> codes{"32", "33", "1;31", "2"};
  return std::string(codes.at(static_cast<std::size_t>(standing)));
}

// Several lines, if a cell needs them; the first cell in a style of its own.
std::string row_text(std::span<const Place> columns, const std::vector<std::string>& cells, const Style& style,
                     const std::string& code) {
  std::vector<std::vector<std::string>> lines;
  std::size_t height = 1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    lines.push_back(lines_within(printable(cells[i]), columns[i].width));
    height = std::max(height, lines.back().size());
  }
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    std::string one(indent, ' ');
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string cell = fit(line < lines[i].size() ? lines[i][line] : "", columns[i].width);
      one += (i == 0 ? style(code, cell) : cell) + std::string(i + 1 < columns.size() ? gap : 0, ' ');
    }
    text += trimmed(one);
  }
  return text;
}

std::string heading(std::span<const Place> columns, const Style& style) {
  std::string line(indent, ' ');
  for (const Place& column : columns) line += fit(column.heading, column.width) + std::string(gap, ' ');
  return style("2", trimmed(line));
}

// Under a row, beside its verdict.
std::string remark(std::span<const Place> columns, const std::string& text, const Style& style) {
  if (text.empty()) return {};
  const std::size_t left = indent + columns.front().width + gap;
  std::string lines;
  for (const std::string& line : lines_within(printable(text), table_width - left))
    lines += style("2", std::string(left, ' ') + line) + "\n";
  return lines;
}

// "5.81 ns lifo-slot"
std::string party_text(const Party& party) {
  if (party.policy.empty()) return {};
  return (party.figure ? human(party.figure->value.median, party.unit) : "–") + " " + party.policy;
}

std::string figure_row(const JudgedClaim& one, const Style& style) {
  const Party& theirs = one.theirs;
  const std::string measured = theirs.figure ? figure_text(theirs.figure->value, theirs.unit) : "–";
  return row_text(figure_columns, {one.verdict.word, one.claim.says, asked(one.claim), measured, party_text(one.ours)},
                  style, colour_of(one.verdict.standing)) +
         remark(figure_columns, explanation(one), style);
}

std::string line_row(const JudgedClaim& one, const Style& style) {
  const bool ratio = !one.claim.against.empty();
  std::string measured = "–";
  if (one.value) measured = ratio ? ratio_text(*one.value) : figure_text(one.ours.figure->value, one.ours.unit);
  const std::string ours = ratio || !one.value ? party_text(one.ours) : one.ours.policy;
  return row_text(line_columns,
                  {one.verdict.word, one.claim.row, asked(one.claim), measured, ours, party_text(one.theirs)}, style,
                  colour_of(one.verdict.standing)) +
         remark(line_columns, explanation(one), style);
}

// The figures or the lines, under where they stand.
std::string part_text(const std::vector<JudgedClaim>& all, bool lines, const Style& style) {
  std::string text, where;
  for (const JudgedClaim& one : all) {
    if (one.claim.is_line() != lines) continue;
    if (text.empty()) text = "\n" + (lines ? heading(line_columns, style) : heading(figure_columns, style));
    if (one.claim.where != where) text += style("1", trimmed(printable(one.claim.where)));
    where = one.claim.where;
    text += lines ? line_row(one, style) : figure_row(one, style);
  }
  return text;
}

}  // namespace

std::string format_claims(const std::vector<JudgedClaim>& all, bool colour) {
  if (all.empty()) return {};
  const Style style{colour};
  return "\n" + style("1", "Claims") + part_text(all, false, style) + part_text(all, true, style) + "\n" +
         wrapped(claims_sentence(all), table_width);
}

void print_claims(const std::vector<JudgedClaim>& all, std::FILE* out, bool colour) {
  const std::string text = format_claims(all, colour);
  std::fwrite(text.data(), 1, text.size(), out);
}

}  // namespace rota::analysis
