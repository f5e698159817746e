// Reads tables of a definition and words the errors.
#include "experiments/input/toml_section.hpp"
#include "runtime/near_name.hpp"

#include <cmath>

namespace rota::experiments {

bool came_from_set(const toml::node& node) {
  const toml::source_region& source = node.source();
  return source.path != nullptr && source.path->starts_with("--set ");
}

std::string shown(const toml::node& node) {
  if (node.is_table()) return "a table";
  if (node.is_array()) return "an array";
  if (const auto* text = node.as_string()) return "\"" + text->get() + "\"";
  if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  return "a date or a time";
}

std::string place_of(const toml::node& node, const std::string& file) {
  const toml::source_region& source = node.source();
  if (came_from_set(node)) return *source.path;
  return source.begin.line == 0 ? file : fmt::format("{}:{}", file, source.begin.line);
}

toml::table parse_toml(std::string_view text, const std::string& file) {
  try {
    return toml::parse(text, std::string_view(file));
  } catch (const toml::parse_error& error) {
    throw record::InputError(
        fmt::format("{}:{}: expected TOML, got: {}", file, error.source().begin.line, error.description()));
  }
}

TomlSection::TomlSection(const toml::table& table, std::string file, std::string path)
    : table_(table), file_(std::move(file)), path_(std::move(path)) {}

void TomlSection::fail(const toml::node& node, std::string_view key, std::string_view expected,
                       std::string_view got) const {
  std::string name = path_;
  if (!key.empty()) name += (name.empty() ? "" : ".") + std::string(key);
  throw record::InputError(
      fmt::format("{}: {}{}expected {}, got {}", place_of(node, file_), name, name.empty() ? "" : ": ", expected, got));
}

void TomlSection::fail(std::string_view key, std::string_view expected, std::string_view got) const {
  const toml::node* node = table_.get(key);
  fail(node != nullptr ? *node : table_, key, expected, got);
}

void TomlSection::only(std::initializer_list<std::string_view> keys) const {
  for (const auto& [key, node] : table_) {
    bool known = false;
    for (const auto& name : keys) known = known || name == key.str();
    if (!known)
      fail(node, key.str(), fmt::format("one of the keys {}", fmt::join(keys, ", ")),
           "an unknown key" + did_you_mean(key.str(), keys));
  }
}

std::string TomlSection::text(std::string_view key, std::string_view otherwise) const {
  return has(key) ? required_text(key, "a text") : std::string(otherwise);
}

std::string TomlSection::required_text(std::string_view key, std::string_view expected) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) fail(key, expected, "nothing");
  const auto* text = node->as_string();
  if (text == nullptr) fail(key, expected, shown(*node));
  return text->get();
}

std::string TomlSection::word(std::string_view key, std::string_view otherwise,
                              const std::vector<std::string>& words) const {
  if (!has(key)) return std::string(otherwise);
  const std::string expected = fmt::format("one of {}", fmt::join(words, ", "));
  std::string text = required_text(key, expected);
  for (const auto& word : words) {
    if (word == text) return text;
  }
  fail(key, expected, quoted_word(text, words));
}

std::int64_t TomlSection::integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                  std::int64_t most) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return otherwise;
  const auto* number = node->as_integer();
  if (number == nullptr || number->get() < least || number->get() > most)
    fail(key, fmt::format("an integer from {} to {}", least, most), shown(*node));
  return number->get();
}

bool TomlSection::flag(std::string_view key, bool otherwise) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return otherwise;
  const auto* flag = node->as_boolean();
  if (flag == nullptr) fail(key, "true or false", shown(*node));
  return flag->get();
}

std::optional<double> TomlSection::number(std::string_view key) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const auto number = node->is_number() ? node->value<double>() : std::nullopt;
  if (!number || !std::isfinite(*number)) fail(key, "a number", shown(*node));
  return number;
}

std::vector<std::string> TomlSection::required_texts(std::string_view key, std::string_view expected) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) fail(key, expected, "nothing");
  if (!node->is_array() || node->as_array()->empty()) fail(key, expected, shown(*node));
  std::vector<std::string> result;
  for (const auto& element : *node->as_array()) {
    if (!element.is_string()) fail(element, key, expected, shown(element));
    result.push_back(element.as_string()->get());
  }
  return result;
}

Duration TomlSection::duration(std::string_view key, Duration otherwise, Duration least, Duration most) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return otherwise;
  const auto* text = node->as_string();
  Duration result{};
  if (text == nullptr || !parse_duration(text->get(), result) || result < least || result > most)
    fail(key, fmt::format("a duration such as \"100ms\", from {} to {}", to_text(least), to_text(most)), shown(*node));
  return result;
}

SettingValue TomlSection::value(std::string_view key, const toml::node& node) const {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  fail(node, key, "a text, a number, true or false (several values go under sweep, as arrays)", shown(node));
}

SettingValues TomlSection::settings(std::string_view key) const {
  const TomlSection inner = section(key);
  SettingValues result;
  for (const auto& [name, node] : inner.table()) result.emplace(name.str(), inner.value(name.str(), node));
  return result;
}

TomlSection TomlSection::section(std::string_view key) const {
  static const toml::table empty;
  const std::string path = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  const toml::node* node = table_.get(key);
  if (node == nullptr) return {empty, file_, path};
  if (!node->is_table()) fail(key, "a table", shown(*node));
  return {*node->as_table(), file_, path};
}

std::vector<TomlSection> TomlSection::sections(std::string_view key) const {
  const std::string expected = fmt::format("tables that begin with [[{}]]", key);
  std::vector<TomlSection> result;
  const toml::node* node = table_.get(key);
  if (node == nullptr) return result;
  if (!node->is_array()) fail(key, expected, shown(*node));
  for (const auto& element : *node->as_array()) {
    if (!element.is_table()) fail(element, key, expected, shown(element));
    result.emplace_back(*element.as_table(), file_, path_.empty() ? std::string(key) : path_ + "." + std::string(key));
  }
  return result;
}

}  // namespace rota::experiments
