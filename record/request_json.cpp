// Writes and reads cell requests as JSON.
#include "record/request_json.hpp"

#include "record/json_text.hpp"

namespace rota::record {
namespace {

Json choice_json(const Choice& choice) {
  return Json{{"label", choice.label}, {"use", choice.use}, {"with", json_of(choice.with)}};
}

Choice choice_from(const JsonObject& object) {
  object.only({"label", "use", "with"});
  return {object.text("label"), object.text("use"), object.settings("with")};
}

Duration duration_from(const JsonObject& object, const char* key) {
  const std::string text = object.text(key);
  Duration result{};
  if (!parse_duration(text, result)) object.fail(key, "a duration such as \"100ms\"", "\"" + text + "\"");
  return result;
}

World world_from(const JsonObject& object, const Choice& policy) {
  const std::string text = object.text("world");
  const auto kind = kind_from(text);
  if (!kind) object.fail("world", "real or sim", "\"" + text + "\"");
  return is_simulated(*kind) ? *kind : world_of(policy.use);
}

}  // namespace

Json request_json(const CellRequest& request) {
  Json json{{"protocol", cell_protocol},
            {"experiment", request.experiment},
            {"policy", choice_json(request.policy)},
            {"workload", choice_json(request.workload)},
            {"world", to_text(request.world)},
            {"machine_name", request.machine_name},
            {"machine", request.machine},
            {"workers", request.workers},
            {"placement", request.placement},
            {"repetition", request.repetition},
            {"seed", request.seed},
            {"min_time", rota::to_text(request.min_time)},
            {"max_iterations", request.max_iterations},
            {"runtime", json_of(request.runtime)}};
  json["expect"] = Json::object();
  for (const auto& [name, answer] : request.expect) json["expect"][name] = answer;
  return json;
}

CellRequest request_from(const Json& json, const std::string& path) {
  const JsonObject object(json, path);
  object.only({"protocol", "experiment", "policy", "workload", "world", "machine_name", "machine", "workers",
               "placement", "repetition", "seed", "min_time", "max_iterations", "runtime", "expect"});
  if (const auto protocol = object.natural("protocol", 1'000'000); protocol != cell_protocol)
    object.fail("protocol", fmt::format("{}", cell_protocol), fmt::format("{}", protocol));
  CellRequest result;
  result.experiment = object.text("experiment");
  result.policy = choice_from(object.object("policy"));
  result.workload = choice_from(object.object("workload"));
  result.world = world_from(object, result.policy);
  if (object.has("machine_name")) result.machine_name = object.text("machine_name");
  if (object.has("machine")) result.machine = object.text("machine");
  result.workers = static_cast<std::uint32_t>(object.natural("workers", 0xffffffffU));
  result.placement = object.text("placement");
  result.repetition = static_cast<std::uint32_t>(object.natural("repetition", 0xffffffffU));
  result.seed = object.natural("seed", std::uint64_t{1} << 53);
  result.min_time = duration_from(object, "min_time");
  result.max_iterations = object.natural("max_iterations", std::uint64_t{1} << 53);
  if (object.has("runtime")) result.runtime = object.settings("runtime");
  if (object.has("expect")) result.expect = object.texts("expect");
  return result;
}

std::string to_json(const CellRequest& request) { return one_line(request_json(request)); }

CellRequest request_from_json(std::string_view text) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw InputError(fmt::format("request: expected one JSON object, got: {}", error.what()));
  }
  return request_from(json, "request");
}

std::string to_json(const SettingValues& values) { return one_line(json_of(values)); }

}  // namespace rota::record
