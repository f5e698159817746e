// Rendering of litmus results.
#include "checks/litmus/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace rota::checks::litmus {
namespace {

constexpr const char* legend =
    "`W x 1` stores, `R x r0` loads, `X x 1 r0` exchanges, `A x 1 r0` adds, `C x 0 1 r0` compares and exchanges, `F` "
    "is\n"
    "a full fence; `rel`, `acq` and `ar` are orders, none means relaxed. `;` separates operations, `||` threads. All\n"
    "locations begin as 0. An outcome is what the registers hold in the end, and the locations named after them. "
    "*asked*\n"
    "is the outcome that the test is known for; *exact* says that the outcomes seen are those of the model, no more, "
    "no\n"
    "less. The model is `sc` by all interleavings, and `relaxed` by RC11 with fences in the order of steps\n"
    "(`checks/litmus/axiomatic.hpp`), which differs from RC11 in one line: ISA2 with *fence, rlx, fence*, which RC11 "
    "lets\n"
    "show its asked outcome.\n\n";

// A Markdown line: the orders that agree in memory, outcomes and verdict.
struct Group {
  const Row* first;
  std::vector<std::string> orders;
};

const char* verdict(const Row& row) { return !row.passed ? "WRONG" : row.owes_all ? "exact" : "within"; }

bool shows_asked(const Row& row) {
  return std::any_of(row.seen.begin(), row.seen.end(), [&](const auto& one) { return answers(one, row.asked); });
}

std::vector<Group> group(const std::vector<const Row*>& rows, explored::Memory memory) {
  std::vector<Group> groups;
  for (const Row* row : rows) {
    if (row->memory != memory) continue;
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& other) {
      return other.first->seen == row->seen && other.first->passed == row->passed;
    });
    if (same == groups.end()) {
      groups.push_back({row, {row->orders}});
    } else {
      same->orders.push_back(row->orders);
    }
  }
  return groups;
}

// "0 1, 1 0" for {"r0=0 r1=1", "r0=1 r1=0"}: the names stand in the heading.
std::string values(const std::string& outcome) {
  std::string text;
  bool value = false;
  for (const char c : outcome) {
    if (c == ' ') text += c;
    value = c == '=' || (value && c != ' ');
    if (value && c != '=') text += c;
  }
  return text;
}

std::string names(const std::string& outcome) {
  std::string text;
  bool name = true;
  for (const char c : outcome) {
    name = c != '=' && (name || c == ' ');
    if (name) text += c;
  }
  return text;
}

std::string listed(const Outcomes& outcomes) {
  constexpr std::size_t most = 8;
  if (outcomes.size() > most) return fmt::format("{} outcomes", outcomes.size());
  std::vector<std::string> parts;
  for (const std::string& one : outcomes) parts.push_back("`" + values(one) + "`");
  return fmt::format("{}: {}", outcomes.size(), fmt::join(parts, " "));
}

std::string markdown_line(const Group& group, bool only) {
  const Row& row = *group.first;
  const std::string orders = only ? "all" : fmt::format("{}", fmt::join(group.orders, "<br>"));
  return fmt::format("| {} | {} | {} | {} | {} |\n", to_string(row.memory), orders, listed(row.seen),
                     shows_asked(row) ? "seen" : "never", row.passed ? verdict(row) : "**wrong**");
}

std::string markdown_section(const std::vector<const Row*>& rows) {
  const Row& first = *rows.front();
  std::string text = fmt::format("### {}\n\n`{}` with the first orders of the table; asked: `{}`\n\n", first.test,
                                 first.text, first.asked);
  text += fmt::format("| memory | orders | outcomes ({}) | asked | verdict |\n|---|---|---|---|---|\n",
                      first.allowed.empty() ? "" : names(*first.allowed.begin()));
  for (const explored::Memory memory : {explored::Memory::sc, explored::Memory::relaxed}) {
    const std::vector<Group> groups = group(rows, memory);
    for (const Group& each : groups) text += markdown_line(each, groups.size() == 1 && each.orders.size() > 1);
  }
  return text + "\n";
}

}  // namespace

std::string table_heading() {
  return fmt::format("{:<27} {:<26} {:<7} {:>8} {:<6} {:>10}  {}", "test", "orders", "memory", "outcomes", "asked",
                     "executions", "verdict");
}

std::string table_line(const Row& row) {
  std::string line = fmt::format("{:<27} {:<26} {:<7} {:>8} {:<6} {:>10}  {}", row.test, row.orders,
                                 to_string(row.memory), fmt::format("{}/{}", row.seen.size(), row.allowed.size()),
                                 shows_asked(row) ? "seen" : "never", row.executions, verdict(row));
  if (!row.passed) line += fmt::format("\n  {}\n  {}", row.problem, row.text);
  return line;
}

std::string table_summary(const std::vector<Row>& rows) {
  std::uint64_t executions = 0;
  std::chrono::duration<double> time{0};
  std::size_t passed = 0;
  for (const Row& row : rows) {
    executions += row.executions;
    time += row.time;
    passed += row.passed ? 1 : 0;
  }
  return fmt::format("{} litmus rows: {} right, {} wrong; {} executions in {:.1f} s", rows.size(), passed,
                     rows.size() - passed, executions, time.count());
}

std::string text_table(const std::vector<Row>& rows, bool only_failed) {
  std::string text = table_heading() + "\n";
  for (const Row& row : rows) {
    if (!only_failed || !row.passed) text += table_line(row) + "\n";
  }
  return text + table_summary(rows) + "\n";
}

std::string markdown_table(const std::vector<Row>& rows) {
  std::string text(legend);
  for (std::size_t begin = 0; begin < rows.size();) {
    std::vector<const Row*> section;
    while (begin < rows.size() && (section.empty() || rows[begin].test == section.front()->test)) {
      section.push_back(&rows[begin++]);
    }
    text += markdown_section(section);
  }
  return text;
}

}  // namespace rota::checks::litmus
