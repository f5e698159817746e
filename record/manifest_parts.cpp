// The tables of a manifest as JSON.
#include "record/manifest_parts.hpp"

#include <array>
#include <utility>

namespace rota::record {
namespace {

struct NamedText {
  const char* key;
  std::string Claim::* text;
};
constexpr std::array claim_texts{NamedText{"says", &Claim::says},
                                 NamedText{"where", &Claim::where},
                                 NamedText{"why", &Claim::why},
                                 NamedText{"unmeasured", &Claim::unmeasured},
                                 NamedText{"row", &Claim::row},
                                 NamedText{"policy", &Claim::policy},
                                 NamedText{"plays", &Claim::plays},
                                 NamedText{"workload", &Claim::workload},
                                 NamedText{"metric", &Claim::metric},
                                 NamedText{"unit", &Claim::unit},
                                 NamedText{"placement", &Claim::placement}};

struct NamedNumber {
  const char* key;
  std::optional<double> Claim::* number;
};
constexpr std::array claim_numbers{NamedNumber{"low", &Claim::low}, NamedNumber{"high", &Claim::high},
                                   NamedNumber{"at_least", &Claim::at_least}, NamedNumber{"at_most", &Claim::at_most}};

std::string text_or_none(const JsonObject& object, const char* key) {
  return object.has(key) ? object.text(key) : std::string();
}

std::vector<std::string> texts_or_none(const JsonObject& object, const char* key) {
  std::vector<std::string> result;
  if (!object.has(key)) return result;
  for (const auto& text : object.array(key)) result.push_back(text.get<std::string>());
  return result;
}

}  // namespace

Json json_of(const ReportChart& chart) {
  return Json{{"chart", chart.chart}, {"metric", chart.metric},   {"x", chart.x},
              {"y", chart.y},         {"against", chart.against}, {"title", chart.title}};
}

ReportChart chart_from(const JsonObject& object) {
  return {object.text("chart"), object.text("metric"),  object.text("x"),
          object.text("y"),     object.text("against"), object.text("title")};
}

Json json_of(const Claim& claim) {
  Json json = Json::object();
  for (const auto& [key, text] : claim_texts) {
    if (!(claim.*text).empty()) json[key] = claim.*text;
  }
  if (claim.workers != 0) json["workers"] = claim.workers;
  for (const auto& [key, number] : claim_numbers) {
    if (claim.*number) json[key] = *(claim.*number);
  }
  if (!claim.ours.empty()) json["ours"] = claim.ours;
  if (!claim.against.empty()) json["against"] = claim.against;
  return json;
}

Claim claim_from(const JsonObject& object) {
  Claim claim;
  for (const auto& [key, text] : claim_texts) claim.*text = text_or_none(object, key);
  if (object.has("workers")) claim.workers = static_cast<std::uint32_t>(object.natural("workers", 0xffffffffU));
  for (const auto& [key, number] : claim_numbers) {
    if (object.has(key)) claim.*number = object.number(key);
  }
  claim.ours = texts_or_none(object, "ours");
  claim.against = texts_or_none(object, "against");
  return claim;
}

Json json_of(const PeerFacts& facts) {
  Json json{{"title", facts.title},       {"missing", facts.missing}, {"version", facts.version},
            {"compiler", facts.compiler}, {"program", facts.program}, {"sha256", facts.sha256}};
  json["packages"] = Json::object();
  for (const auto& [name, version] : facts.packages) json["packages"][name] = version;
  return json;
}

PeerFacts peer_from(const JsonObject& object) {
  return {.title = text_or_none(object, "title"),
          .missing = text_or_none(object, "missing"),
          .version = object.text("version"),
          .compiler = object.text("compiler"),
          .program = object.text("program"),
          .sha256 = object.text("sha256"),
          .packages = object.texts("packages")};
}

Json json_of(const AllocatorFacts& facts) {
  return Json{{"missing", facts.missing},
              {"package", facts.package},
              {"version", facts.version},
              {"library", facts.library},
              {"sha256", facts.sha256}};
}

AllocatorFacts allocator_from(const JsonObject& object) {
  return {.missing = object.text("missing"),
          .package = object.text("package"),
          .version = object.text("version"),
          .library = object.text("library"),
          .sha256 = object.text("sha256")};
}

Json json_of(const MachineFacts& facts) {
  Json sources = Json::array();
  for (const auto& [table, sentence] : facts.sources) sources.push_back({{"table", table}, {"source", sentence}});
  return Json{{"summary", facts.summary}, {"sources", std::move(sources)}, {"text", facts.text}};
}

MachineFacts machine_from(const JsonObject& object) {
  MachineFacts facts{.text = object.text("text"), .summary = object.text("summary"), .sources = {}};
  for (const auto& source : object.array("sources")) {
    const JsonObject one(source, object.path() + ".sources");
    facts.sources.push_back({one.text("table"), one.text("source")});
  }
  return facts;
}

Json json_of(const Label& label) { return Json{{"label", label.label}, {"family", label.family}}; }

Label label_from(const JsonObject& object) { return {object.text("label"), object.text("family")}; }

Json json_of(const NotSpoken& pair) {
  return Json{{"policy", pair.policy}, {"workload", pair.workload}, {"workers", pair.workers}};
}

NotSpoken not_spoken_from(const JsonObject& object) {
  return {object.text("policy"), object.text("workload"),
          static_cast<std::uint32_t>(object.natural("workers", 0xffffffffU))};
}

std::string record_text(const std::string& name, const PeerFacts& facts) {
  Json json = Json::object();
  json["name"] = name;
  json.update(json_of(facts));
  json.erase("missing");
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

PeerFacts record_from(std::string_view text, const std::string& file) {
  const Json json = Json::parse(text, nullptr, false);
  return peer_from({json, file});
}

}  // namespace rota::record
