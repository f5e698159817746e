// The files that are embedded in the program: the report's template, style and script, and the chart library.
#pragma once

#include <string_view>

namespace rota::analysis {

[[nodiscard]] std::string_view page_template();
[[nodiscard]] std::string_view page_style();
[[nodiscard]] std::string_view page_script();
[[nodiscard]] std::string_view chart_script();
[[nodiscard]] std::string_view heat_script();       // the map of gains, and
[[nodiscard]] std::string_view simulated_script();  // further kinds of chart
[[nodiscard]] std::string_view claims_script();     // the section of claims
[[nodiscard]] std::string_view chart_library();     // ECharts, see vendor/README.md

}  // namespace rota::analysis
