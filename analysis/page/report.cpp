// Puts a page together from the template, the library and the runs' data.
#include "analysis/page/report.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "analysis/page/assets.hpp"
#include "analysis/page/page_data.hpp"
#include "record/input_error.hpp"

namespace rota::analysis {
namespace {

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string page_title(std::span<const record::Run> runs) {
  std::string title;
  for (const record::Run& run : runs) title += (title.empty() ? "" : ", ") + run.manifest.experiment;
  return title + " · Rota";
}

std::string part(std::string_view name, std::span<const record::Run> runs) {
  if (name == "title") return html_text(page_title(runs));
  if (name == "style") return std::string(page_style());
  if (name == "library") return std::string(chart_library());
  if (name == "charts") return std::string(chart_script());
  if (name == "heat") return std::string(heat_script());
  if (name == "simulated") return std::string(simulated_script());
  if (name == "claims") return std::string(claims_script());
  if (name == "script") return std::string(page_script());
  Json data = Json::array();
  for (const record::Run& run : runs) {
    const Summary summary = summarise(run);
    data.push_back(page_data(run, summary, judge_claims(run, summary)));
  }
  return script_json(data);
}

}  // namespace

// The template's {{name}} marks are replaced in one pass, so that a mark inside the data stays what it is.
std::string report_page(std::span<const record::Run> runs) {
  std::string page;
  std::string_view rest = page_template();
  for (auto open = rest.find("{{"); open != rest.npos; open = rest.find("{{")) {
    const auto close = rest.find("}}", open);
    page += rest.substr(0, open);
    page += part(rest.substr(open + 2, close - open - 2), runs);
    rest.remove_prefix(close + 2);
  }
  return page += rest;
}

void write_report(std::span<const record::Run> runs, const std::filesystem::path& file) {
  const std::string page = report_page(runs);
  const std::filesystem::path unfinished = file.string() + ".part";
  std::error_code error;
  {
    std::ofstream stream(unfinished, std::ios::binary);
    stream << page;
    stream.close();
    if (!stream) error.assign(errno, std::generic_category());
  }
  if (!error) std::filesystem::rename(unfinished, file, error);
  if (!error) return;
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  throw record::InputError(fmt::format("{}: cannot be written: {}", file.string(), error.message()));
}

std::string script_json(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

}  // namespace rota::analysis
