// Settings as JSON and JSON objects with errors that name the key.
#include "record/json_text.hpp"

#include <cmath>

#include "runtime/near_name.hpp"

namespace rota::record {
namespace {

std::string shown(const Json& json) {
  std::string text = one_line(json);
  if (text.size() > 60) text = text.substr(0, 60) + "…";
  return text;
}

}  // namespace

Json json_of(const SettingValues& values) {
  Json result = Json::object();
  for (const auto& [key, value] : values) std::visit([&, &name = key](const auto& v) { result[name] = v; }, value);
  return result;
}

JsonObject::JsonObject(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
  if (!json_.is_object()) throw InputError(fmt::format("{}: expected a JSON object, got {}", path_, shown(json_)));
}

void JsonObject::fail(std::string_view key, std::string_view expected, std::string_view got) const {
  throw InputError(fmt::format("{}.{}: expected {}, got {}", path_, key, expected, got));
}

const Json& JsonObject::at(const char* key, std::string_view expected) const {
  const auto found = json_.find(key);
  if (found == json_.end()) fail(key, expected, "nothing");
  return *found;
}

std::string JsonObject::text(const char* key) const {
  const Json& value = at(key, "a text");
  if (!value.is_string()) fail(key, "a text", shown(value));
  return value.get<std::string>();
}

double JsonObject::number(const char* key) const {
  const Json& value = at(key, "a number");
  if (!value.is_number()) fail(key, "a number", shown(value));
  return value.get<double>();
}

bool JsonObject::flag(const char* key) const {
  const Json& value = at(key, "true or false");
  if (!value.is_boolean()) fail(key, "true or false", shown(value));
  return value.get<bool>();
}

std::uint64_t JsonObject::natural(const char* key, std::uint64_t most) const {
  const std::string expected = fmt::format("an integer from 0 to {}", most);
  const Json& value = at(key, expected);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) fail(key, expected, shown(value));
  return value.get<std::uint64_t>();
}

JsonObject JsonObject::object(const char* key) const { return {at(key, "an object"), path_ + "." + key}; }

std::vector<std::pair<std::string, JsonObject>> JsonObject::objects(const char* key) const {
  const JsonObject table = object(key);
  std::vector<std::pair<std::string, JsonObject>> result;
  for (const auto& [name, value] : table.json_.items())
    result.emplace_back(name, JsonObject(value, table.path_ + "." + name));
  return result;
}

const Json& JsonObject::array(const char* key) const {
  const Json& value = at(key, "an array");
  if (!value.is_array()) fail(key, "an array", shown(value));
  return value;
}

SettingValues JsonObject::settings(const char* key) const {
  const JsonObject table = object(key);
  SettingValues result;
  for (const auto& [name, value] : table.json_.items()) {
    if (value.is_boolean()) {
      result[name] = value.get<bool>();
    } else if (value.is_number_integer()) {
      result[name] = value.get<std::int64_t>();
    } else if (value.is_number_float()) {
      result[name] = value.get<double>();
    } else if (value.is_string()) {
      result[name] = value.get<std::string>();
    } else {
      table.fail(name, "a text, a number, true or false", shown(value));
    }
  }
  return result;
}

std::map<std::string, std::string> JsonObject::texts(const char* key) const {
  const JsonObject table = object(key);
  std::map<std::string, std::string> result;
  for (const auto& [name, value] : table.json_.items()) result[name] = table.text(name.c_str());
  return result;
}

std::vector<std::vector<std::uint64_t>> JsonObject::rows(const char* key) const {
  constexpr std::string_view expected = "an array of arrays of the same length, of integers from 0";
  std::vector<std::vector<std::uint64_t>> result;
  for (const auto& row : array(key)) {
    if (!row.is_array() || row.empty() || (!result.empty() && row.size() != result.front().size()))
      fail(key, expected, shown(row));
    auto& numbers = result.emplace_back();
    for (const auto& number : row) {
      if (!number.is_number_unsigned()) fail(key, expected, shown(number));
      numbers.push_back(number.get<std::uint64_t>());
    }
  }
  if (result.empty()) fail(key, expected, "none");
  return result;
}

void JsonObject::only(std::initializer_list<std::string_view> keys) const {
  for (const auto& [name, value] : json_.items()) {
    bool known = false;
    for (const auto& key : keys) known = known || key == name;
    if (!known)
      fail(name, fmt::format("one of the keys {}", fmt::join(keys, ", ")), "an unknown key" + did_you_mean(name, keys));
  }
}

}  // namespace rota::record
