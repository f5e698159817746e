// Private to this folder: settings as JSON, and reading of JSON objects with errors that name the key.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/input_error.hpp"
#include "runtime/settings.hpp"

namespace rota::record {

using Json = nlohmann::ordered_json;

// One line; bytes that are not UTF-8 are replaced instead of refused.
[[nodiscard]] inline std::string one_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

[[nodiscard]] Json json_of(const SettingValues& values);

// Reads the keys of one JSON object. Every error is an InputError "<path>.<key>: expected …, got …".
class JsonObject {
 public:
  JsonObject(const Json& json, std::string path);

  [[nodiscard]] bool has(const char* key) const { return json_.contains(key); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string text(const char* key) const;
  [[nodiscard]] double number(const char* key) const;
  [[nodiscard]] bool flag(const char* key) const;
  [[nodiscard]] std::uint64_t natural(const char* key, std::uint64_t most) const;
  [[nodiscard]] JsonObject object(const char* key) const;
  // The members of the object under this key, each of which is an object.
  [[nodiscard]] std::vector<std::pair<std::string, JsonObject>> objects(const char* key) const;
  [[nodiscard]] const Json& array(const char* key) const;
  [[nodiscard]] SettingValues settings(const char* key) const;
  [[nodiscard]] std::map<std::string, std::string> texts(const char* key) const;
  // Rows of numbers, as many in each.
  [[nodiscard]] std::vector<std::vector<std::uint64_t>> rows(const char* key) const;
  void only(std::initializer_list<std::string_view> keys) const;

  [[noreturn]] void fail(std::string_view key, std::string_view expected, std::string_view got) const;

 private:
  [[nodiscard]] const Json& at(const char* key, std::string_view expected) const;

  const Json& json_;
  std::string path_;
};

}  // namespace rota::record
