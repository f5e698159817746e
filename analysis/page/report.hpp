// The report: one HTML page that holds everything it shows (data, charts, library) and fetches nothing.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "analysis/words/json.hpp"
#include "record/run.hpp"

namespace rota::analysis {

// One section per run, in this order.
[[nodiscard]] std::string report_page(std::span<const record::Run> runs);

// Writes the page whole or not at all. Throws InputError if the file cannot be written.
void write_report(std::span<const record::Run> runs, const std::filesystem::path& file);

// JSON that is safe inside <script>: no "<" is left in it, so neither "</script" nor "<!--" can be.
[[nodiscard]] std::string script_json(const Json& json);

}  // namespace rota::analysis
