// Private to this folder: one table of a definition, read with errors that name file, line and key.
#pragma once

#include <fmt/format.h>

#include <toml++/toml.h>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/input_error.hpp"
#include "runtime/settings.hpp"

namespace rota::experiments {

// "\"abc\"", "3", "an array", "a table": a value as an error message shows it.
[[nodiscard]] std::string shown(const toml::node& node);
// It came from a --set, not from the file.
[[nodiscard]] bool came_from_set(const toml::node& node);
// "quickstart.toml:12", or the --set text that the node came from.
[[nodiscard]] std::string place_of(const toml::node& node, const std::string& file);

// Throws InputError "<file>:<line>: expected TOML, got: …".
[[nodiscard]] toml::table parse_toml(std::string_view text, const std::string& file);

class TomlSection {
 public:
  // `path` is what keys are called by: "workload.with"; empty for the whole file.
  TomlSection(const toml::table& table, std::string file, std::string path);

  [[nodiscard]] const toml::table& table() const { return table_; }
  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  void only(std::initializer_list<std::string_view> keys) const;

  [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise) const;
  [[nodiscard]] std::string required_text(std::string_view key, std::string_view expected) const;
  // A text that is one of `words`.
  [[nodiscard]] std::string word(std::string_view key, std::string_view otherwise,
                                 const std::vector<std::string>& words) const;
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                     std::int64_t most) const;
  [[nodiscard]] bool flag(std::string_view key, bool otherwise) const;
  // A finite number; nothing if the key is absent.
  [[nodiscard]] std::optional<double> number(std::string_view key) const;
  // An array of at least one text.
  [[nodiscard]] std::vector<std::string> required_texts(std::string_view key, std::string_view expected) const;
  [[nodiscard]] Duration duration(std::string_view key, Duration otherwise, Duration least, Duration most) const;
  // One value or an array of at least one; each is given to `one` with its node.
  template <class One> void each(std::string_view key, One one) const;
  // The table under this key as settings; no table, no settings.
  [[nodiscard]] SettingValues settings(std::string_view key) const;
  // A scalar as a setting.
  [[nodiscard]] SettingValue value(std::string_view key, const toml::node& node) const;
  [[nodiscard]] TomlSection section(std::string_view key) const;                // an empty one if the key is absent
  [[nodiscard]] std::vector<TomlSection> sections(std::string_view key) const;  // an array of tables

  // Throws InputError "<file>:<line>: <path>.<key>: expected <expected>, got <got>"; the line is the node's.
  [[noreturn]] void fail(const toml::node& node, std::string_view key, std::string_view expected,
                         std::string_view got) const;
  // The same at the key's own line, or the table's if the key is absent.
  [[noreturn]] void fail(std::string_view key, std::string_view expected, std::string_view got) const;
  [[noreturn]] void fail(const SettingError& error) const { fail(error.key, error.expected, error.got); }

 private:
  const toml::table& table_;
  std::string file_;
  std::string path_;
};

template <class One> void TomlSection::each(std::string_view key, One one) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr) return one(*node);
  if (array->empty()) fail(*node, key, "at least one value", "an empty array");
  for (const auto& element : *array) one(element);
}

}  // namespace rota::experiments
