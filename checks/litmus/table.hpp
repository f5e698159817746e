// The results of the litmus tests as text: aligned for a terminal, and as Markdown for the documentation.
#pragma once

#include <string>
#include <vector>

#include "checks/litmus/run.hpp"

namespace rota::checks::litmus {

// One line for a row, aligned with table_heading(); what went wrong follows on a second line. No newline at the end.
[[nodiscard]] std::string table_heading();
[[nodiscard]] std::string table_line(const Row& row);

// "708 litmus rows: 708 right, 0 wrong; 123456 executions in 1.2 s".
[[nodiscard]] std::string table_summary(const std::vector<Row>& rows);

// Heading, the lines (or only those that did not pass) and the summary.
[[nodiscard]] std::string text_table(const std::vector<Row>& rows, bool only_failed);

// A table for each test. The orders that lead to the same outcomes share a line, and numbers that would change from one
// version of the explored world to the next (executions, times) are left out.
[[nodiscard]] std::string markdown_table(const std::vector<Row>& rows);

}  // namespace rota::checks::litmus
