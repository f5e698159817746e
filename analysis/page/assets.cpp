// Embeds the page's files by the assembler, so that the program needs none of them beside it.
#include "analysis/page/assets.hpp"

// ROTA_PAGE_FOLDER is where the assembler finds them; CMake also makes them dependencies of this file.
#define ROTA_EMBED(symbol, file)                                                                                       \
  asm(".section .rodata\n" #symbol "_begin: .incbin \"" ROTA_PAGE_FOLDER "/" file "\"\n" #symbol                       \
      "_end: .byte 0\n.global " #symbol "_begin\n.global " #symbol "_end\n.hidden " #symbol "_begin\n.hidden " #symbol \
      "_end\n.text\n");                                                                                                \
  extern "C" const char symbol##_begin[], symbol##_end[]

ROTA_EMBED(rota_page_template, "browser/report.html");
ROTA_EMBED(rota_page_style, "browser/report.css");
ROTA_EMBED(rota_page_script, "browser/report.js");
ROTA_EMBED(rota_chart_script, "browser/charts.js");
ROTA_EMBED(rota_heat_script, "browser/heat.js");
ROTA_EMBED(rota_simulated_script, "browser/simulated.js");
ROTA_EMBED(rota_claims_script, "browser/claims.js");
ROTA_EMBED(rota_chart_library, "vendor/echarts.min.js");

namespace rota::analysis {

std::string_view page_template() { return {rota_page_template_begin, rota_page_template_end}; }
std::string_view page_style() { return {rota_page_style_begin, rota_page_style_end}; }
std::string_view page_script() { return {rota_page_script_begin, rota_page_script_end}; }
std::string_view chart_script() { return {rota_chart_script_begin, rota_chart_script_end}; }
std::string_view heat_script() { return {rota_heat_script_begin, rota_heat_script_end}; }
std::string_view simulated_script() { return {rota_simulated_script_begin, rota_simulated_script_end}; }
std::string_view claims_script() { return {rota_claims_script_begin, rota_claims_script_end}; }
std::string_view chart_library() { return {rota_chart_library_begin, rota_chart_library_end}; }

}  // namespace rota::analysis
