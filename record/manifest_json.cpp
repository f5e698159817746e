// Writes and reads the manifest.
#include "record/manifest_json.hpp"

#include <algorithm>

#include "record/files.hpp"
#include "record/manifest_parts.hpp"
#include "record/request_json.hpp"
#include "record/world.hpp"

namespace rota::record {
namespace {

Json json_of(const PlannedCell& cell) {
  Json request = request_json(cell.request);
  request.erase("machine");  // the manifest has the text once, not in every cell
  return Json{{"id", cell.id},
              {"block", cell.block},
              {"key", cell.key},
              {"aa", cell.aa},
              {"timeout_s", cell.timeout_s},
              {"allocator", cell.allocator},
              {"request", std::move(request)}};
}

Json json_of(const std::map<std::string, std::string>& texts) {
  Json result = Json::object();
  for (const auto& [key, text] : texts) result[key] = text;
  return result;
}

PlannedCell cell_from(const Json& json, const std::string& path) {
  const JsonObject object(json, path);
  PlannedCell cell;
  cell.id = object.text("id");
  cell.block = static_cast<std::uint32_t>(object.natural("block", 0xffffffffU));
  cell.key = object.text("key");
  cell.aa = object.flag("aa");
  cell.timeout_s = object.number("timeout_s");
  cell.allocator = object.text("allocator");
  cell.request = request_from(json.at("request"), path + ".request");
  return cell;
}

void check_machine(const JsonObject& object, const Manifest& manifest, const PlannedCell& cell) {
  const CellRequest& request = cell.request;
  if (!is_simulated(request.world) || manifest.machines.contains(request.machine_name)) return;
  object.fail("machines", fmt::format("the file of \"{}\", on which {} runs", request.machine_name, cell.id), "none");
}

// An array of tables.
template <class Read> auto parts_from(const JsonObject& object, const char* key, Read read) {
  std::vector<decltype(read(object))> result;
  for (const auto& part : object.array(key))
    result.push_back(read(JsonObject(part, fmt::format("{}.{}[{}]", object.path(), key, result.size()))));
  return result;
}

// An object of tables.
template <class Facts>
std::map<std::string, Facts> facts_from(const JsonObject& object, const char* key, Facts (*read)(const JsonObject&)) {
  std::map<std::string, Facts> result;
  for (const auto& [name, facts] : object.objects(key)) result.emplace(name, read(facts));
  return result;
}

// Each peer that a cell needs must be there.
void check_peer(const JsonObject& object, const Manifest& manifest, const PlannedCell& cell) {
  const auto peer = peer_name(cell.request.policy.use);
  if (!peer || manifest.peers.contains(*peer)) return;
  object.fail("peers", fmt::format("the facts of \"{}\", which {} needs", *peer, cell.id), "none");
}

void check_allocator(const JsonObject& object, const Manifest& manifest, const PlannedCell& cell) {
  if (cell.allocator == own_allocator || manifest.allocators.contains(cell.allocator)) return;
  object.fail("allocators", fmt::format("the facts of \"{}\", which {} needs", cell.allocator, cell.id), "none");
}

// The label of each cell's policy and workload must be there; a twin's is that of its original.
void check_labels(const JsonObject& object, const Manifest& manifest, const PlannedCell& cell) {
  const auto check = [&](const char* key, const std::vector<Label>& labels, const std::string& label) {
    if (std::ranges::find(labels, label, &Label::label) == labels.end())
      object.fail(key, fmt::format("the label \"{}\", which {} has", label, cell.id), "none");
  };
  check("policies", manifest.policies, original_label(cell.request.policy.label));
  check("workloads", manifest.workloads, cell.request.workload.label);
}

Manifest manifest_from(const JsonObject& object) {
  Manifest manifest;
  manifest.format = static_cast<int>(object.natural("format", 1'000'000));
  if (manifest.format != manifest_format)
    object.fail("format", fmt::format("{}, which this version of Rota reads", manifest_format),
                fmt::format("{}, which another version wrote", manifest.format));
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
  manifest.machines = facts_from(object, "machines", machine_from);
  manifest.peers = facts_from(object, "peers", peer_from);
  manifest.allocators = facts_from(object, "allocators", allocator_from);
  manifest.policies = parts_from(object, "policies", label_from);
  manifest.workloads = parts_from(object, "workloads", label_from);
  manifest.report = parts_from(object, "report", chart_from);
  manifest.claims = parts_from(object, "claims", claim_from);
  manifest.not_spoken = parts_from(object, "not_spoken", not_spoken_from);
  for (const auto& cell : object.array("cells"))
    manifest.cells.push_back(cell_from(cell, fmt::format("{}.cells[{}]", object.path(), manifest.cells.size())));
  for (const auto& cell : manifest.cells) {
    check_machine(object, manifest, cell);
    check_peer(object, manifest, cell);
    check_allocator(object, manifest, cell);
    check_labels(object, manifest, cell);
  }
  return manifest;
}

}  // namespace

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
            {"host", json_of(manifest.host)}};
  const auto by_name = [](const auto& all) {
    Json object = Json::object();
    for (const auto& [name, facts] : all) object[name] = json_of(facts);
    return object;
  };
  json["machines"] = by_name(manifest.machines);
  json["peers"] = by_name(manifest.peers);
  json["allocators"] = by_name(manifest.allocators);
  const auto list = [](const auto& parts) {
    Json array = Json::array();
    for (const auto& part : parts) array.push_back(json_of(part));
    return array;
  };
  json["policies"] = list(manifest.policies);
  json["workloads"] = list(manifest.workloads);
  json["report"] = list(manifest.report);
  json["claims"] = list(manifest.claims);
  json["not_spoken"] = list(manifest.not_spoken);
  json["cells"] = list(manifest.cells);
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

}  // namespace rota::record
