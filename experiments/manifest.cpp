// The manifest as JSON.
#include "experiments/manifest.hpp"

#include "experiments/files.hpp"
#include "experiments/request_json.hpp"

namespace rota::experiments {
namespace {

constexpr int manifest_format = 1;

Json json_of(const ReportChart& chart) {
  return Json{{"chart", chart.chart}, {"metric", chart.metric},   {"x", chart.x},
              {"y", chart.y},         {"against", chart.against}, {"title", chart.title}};
}

Json json_of(const PlannedCell& cell) {
  Json request = request_json(cell.request);
  request.erase("machine");  // the manifest has the text once, not in every cell
  return Json{{"id", cell.id}, {"block", cell.block},         {"key", cell.key},
              {"aa", cell.aa}, {"timeout_s", cell.timeout_s}, {"request", std::move(request)}};
}

Json json_of(const std::map<std::string, std::string>& texts) {
  Json result = Json::object();
  for (const auto& [key, text] : texts) result[key] = text;
  return result;
}

ReportChart chart_from(const JsonObject& object) {
  return {object.text("chart"), object.text("metric"),  object.text("x"),
          object.text("y"),     object.text("against"), object.text("title")};
}

PlannedCell cell_from(const Json& json, const std::string& path) {
  const JsonObject object(json, path);
  PlannedCell cell;
  cell.id = object.text("id");
  cell.block = static_cast<std::uint32_t>(object.natural("block", 0xffffffffU));
  cell.key = object.text("key");
  cell.aa = object.flag("aa");
  cell.timeout_s = object.number("timeout_s");
  cell.request = request_from(json.at("request"), path + ".request");
  return cell;
}

void check_machine(const JsonObject& object, const Manifest& manifest, const PlannedCell& cell) {
  const CellRequest& request = cell.request;
  if (request.world == "real" || manifest.machines.contains(request.machine_name)) return;
  object.fail("machines", fmt::format("the file of \"{}\", on which {} runs", request.machine_name, cell.id), "none");
}

Manifest manifest_from(const JsonObject& object) {
  Manifest manifest;
  manifest.format = static_cast<int>(object.natural("format", 1'000'000));
  if (manifest.format != manifest_format)
    object.fail("format", fmt::format("{}", manifest_format), fmt::format("{}", manifest.format));
  manifest.experiment = object.text("experiment");
  manifest.question = object.text("question");
  manifest.analysis = object.text("analysis");
  manifest.definition = object.text("definition");
  for (const auto& text : object.array("overrides")) manifest.overrides.push_back(text.get<std::string>());
  manifest.created = object.text("created");
  manifest.seed = object.natural("seed", ~std::uint64_t{0});
  manifest.binary_sha256 = object.text("binary_sha256");
  manifest.tracing = object.text("tracing");
  manifest.build = object.texts("build");
  manifest.host = object.texts("host");
  if (object.has("machines")) manifest.machines = object.texts("machines");
  for (const auto& chart : object.array("report"))
    manifest.report.push_back(chart_from({chart, object.path() + ".report"}));
  for (const auto& cell : object.array("cells"))
    manifest.cells.push_back(cell_from(cell, fmt::format("{}.cells[{}]", object.path(), manifest.cells.size())));
  for (const auto& cell : manifest.cells) check_machine(object, manifest, cell);
  return manifest;
}

}  // namespace

CellRequest whole_request(const Manifest& manifest, const PlannedCell& cell) {
  CellRequest request = cell.request;
  if (request.world != "real") request.machine = manifest.machines.at(request.machine_name);
  return request;
}

std::string to_json(const Manifest& manifest) {
  Json json{{"format", manifest.format},
            {"experiment", manifest.experiment},
            {"question", manifest.question},
            {"analysis", manifest.analysis},
            {"definition", manifest.definition},
            {"overrides", manifest.overrides},
            {"created", manifest.created},
            {"seed", manifest.seed},
            {"binary_sha256", manifest.binary_sha256},
            {"tracing", manifest.tracing},
            {"build", json_of(manifest.build)},
            {"host", json_of(manifest.host)},
            {"machines", json_of(manifest.machines)}};
  json["report"] = Json::array();
  for (const auto& chart : manifest.report) json["report"].push_back(json_of(chart));
  json["cells"] = Json::array();
  for (const auto& cell : manifest.cells) json["cells"].push_back(json_of(cell));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest manifest_from_json(std::string_view text, const std::string& name) {
  try {
    const Json json = Json::parse(text);
    return manifest_from({json, name});
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("{}: expected the manifest of a run, got: {}", name, error.what()));
  }
}

Manifest read_manifest(const std::filesystem::path& run_folder) {
  const auto path = run_folder / "manifest.json";
  return manifest_from_json(read_file(path), path.string());
}

void write_manifest(const std::filesystem::path& run_folder, const Manifest& manifest) {
  write_file_whole(run_folder / "manifest.json", to_json(manifest));
}

}  // namespace rota::experiments
