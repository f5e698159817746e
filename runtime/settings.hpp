// Settings: a Config struct described once, for TOML binding, --help, `rota describe` and the manifest.
//
//   struct Config {
//     std::uint32_t ring = 256;
//     Victim victim = Victim::random;
//     static constexpr auto settings() {
//       return std::tuple{
//           setting("ring", &Config::ring, "slots of a worker's local queue", 2, 65536),
//           choice("victim", &Config::victim, "whom to steal from first",
//                  std::array{named("random", Victim::random), named("nearest", Victim::nearest)})};
//     }
//   };
//
// Fields may be bool, std::uint32_t, std::uint64_t, double, std::string, Duration or an enumeration (with choice()).
// bind() fills a Config from named values, describe() lists its settings, unbind() writes every value back as text.
// A Config that extends another (struct Config : Inner::Config) joins both with std::tuple_cat.
// All of it is cold code; nothing here belongs on a path that is measured.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "worlds/time.hpp"

namespace rota {

// A value as a definition file or a command line gives it. Durations are strings such as "100us" there.
using SettingValue = std::variant<bool, std::int64_t, double, std::string>;
using SettingValues = std::map<std::string, SettingValue, std::less<>>;

// What `describe`, `--help` and `--json` show of one setting.
struct SettingInfo {
  std::string name;
  std::string type;                  // "bool", "integer", "number", "text", "duration", "choice"
  std::string help;                  // half a sentence, no full stop
  std::string default_value;         // as a definition file would write it
  std::string expected;              // "an integer from 2 to 65536", "one of random, nearest"
  std::vector<std::string> choices;  // only for "choice"
};

// Why a value was refused. `key` is the setting, `expected` what would have been right.
struct SettingError {
  std::string key;
  std::string expected;
  std::string got;
  [[nodiscard]] std::string sentence() const { return "'" + key + "': expected " + expected + ", got " + got; }
};

template <class Config, class Field> struct Setting {
  std::string_view name;
  Field Config::* field;
  std::string_view help;
  double least;  // inclusive; only for numbers and durations (there in nanoseconds)
  double most;
};

template <class Enum> struct Named {
  std::string_view name;
  Enum value;
};

template <class Config, class Enum, std::size_t N> struct Choice {
  std::string_view name;
  Enum Config::* field;
  std::string_view help;
  std::array<Named<Enum>, N> options;
};

template <class Config, class Field>
[[nodiscard]] constexpr auto setting(std::string_view name, Field Config::* field, std::string_view help,
                                     double least = 0, double most = 9.2e18) {
  return Setting<Config, Field>{name, field, help, least, most};
}

template <class Enum> [[nodiscard]] constexpr Named<Enum> named(std::string_view name, Enum value) {
  return {name, value};
}

template <class Config, class Enum, std::size_t N>
[[nodiscard]] constexpr auto choice(std::string_view name, Enum Config::* field, std::string_view help,
                                    std::array<Named<Enum>, N> options) {
  return Choice<Config, Enum, N>{name, field, help, options};
}

// Text forms, shared by TOML, the command line and the manifest. "250ns", "100us", "2ms", "1.5s", "3min", "2h".
[[nodiscard]] std::string to_text(const SettingValue& value);
[[nodiscard]] std::string to_text(Duration value);
[[nodiscard]] bool parse_duration(std::string_view text, Duration& out);

namespace settings {

// One assignment: checks type and range, writes the field; false and an error otherwise.
bool assign(bool& field, const SettingValue&, double least, double most, SettingError&);
bool assign(std::uint32_t& field, const SettingValue&, double least, double most, SettingError&);
bool assign(std::uint64_t& field, const SettingValue&, double least, double most, SettingError&);
bool assign(double& field, const SettingValue&, double least, double most, SettingError&);
bool assign(std::string& field, const SettingValue&, double least, double most, SettingError&);
bool assign(Duration& field, const SettingValue&, double least, double most, SettingError&);

SettingValue read(bool), read(std::uint32_t), read(std::uint64_t), read(double), read(const std::string&),
    read(Duration);

SettingInfo info(std::string_view name, std::string_view help, const bool&, double least, double most);
SettingInfo info(std::string_view name, std::string_view help, const std::uint32_t&, double least, double most);
SettingInfo info(std::string_view name, std::string_view help, const std::uint64_t&, double least, double most);
SettingInfo info(std::string_view name, std::string_view help, const double&, double least, double most);
SettingInfo info(std::string_view name, std::string_view help, const std::string&, double least, double most);
SettingInfo info(std::string_view name, std::string_view help, const Duration&, double least, double most);
SettingInfo info_choice(std::string_view name, std::string_view help, std::string_view current,
                        std::vector<std::string> choices);
bool fail_unknown(const std::string& key, const std::vector<SettingInfo>& known, SettingError&);

template <class Object, class Config, class Field>
bool put(Object& config, const Setting<Config, Field>& s, const SettingValue& value, SettingError& error) {
  error.key = s.name;
  return assign(config.*s.field, value, s.least, s.most, error);
}

template <class Object, class Config, class Enum, std::size_t N>
bool put(Object& config, const Choice<Config, Enum, N>& c, const SettingValue& value, SettingError& error) {
  const auto* text = std::get_if<std::string>(&value);
  error = {std::string(c.name), "one of", to_text(value)};
  for (const auto& option : c.options) {
    if (text != nullptr && *text == option.name) {
      config.*c.field = option.value;
      return true;
    }
    error.expected += (&option == c.options.data() ? " " : ", ") + std::string(option.name);
  }
  return false;
}

template <class Object, class Config, class Field>
SettingValue get(const Object& config, const Setting<Config, Field>& s) {
  return read(config.*s.field);
}

template <class Object, class Config, class Enum, std::size_t N>
SettingValue get(const Object& config, const Choice<Config, Enum, N>& c) {
  for (const auto& option : c.options) {
    if (option.value == config.*c.field) return std::string(option.name);
  }
  return std::string();
}

template <class Config, class Field> SettingInfo info_of(const Setting<Config, Field>& s) {
  return info(s.name, s.help, Config{}.*s.field, s.least, s.most);
}

template <class Config, class Enum, std::size_t N> SettingInfo info_of(const Choice<Config, Enum, N>& c) {
  std::vector<std::string> names;
  for (const auto& option : c.options) names.emplace_back(option.name);
  return info_choice(c.name, c.help, std::get<std::string>(get(Config{}, c)), std::move(names));
}

}  // namespace settings

// A Config without settings() has none.
template <class Config> [[nodiscard]] constexpr auto settings_of() {
  if constexpr (requires { Config::settings(); }) {
    return Config::settings();
  } else {
    return std::tuple{};
  }
}

template <class Config> [[nodiscard]] std::vector<SettingInfo> describe() {
  std::vector<SettingInfo> result;
  std::apply([&](const auto&... s) { (result.push_back(settings::info_of(s)), ...); }, settings_of<Config>());
  return result;
}

// Fills config from values. False and an error at the first value that is unknown, of a wrong type or out of range;
// config is then partly filled and must not be used.
template <class Config> [[nodiscard]] bool bind(Config& config, const SettingValues& values, SettingError& error) {
  for (const auto& [key, value] : values) {
    bool known = false;
    bool good = true;
    auto one = [&](const auto& s) {
      if (known || s.name != key) return;
      known = true;
      good = settings::put(config, s, value, error);
    };
    std::apply([&](const auto&... s) { (one(s), ...); }, settings_of<Config>());
    if (!known) return settings::fail_unknown(key, describe<Config>(), error);
    if (!good) return false;
  }
  return true;
}

// Every setting with its value: what the manifest records, defaults included.
template <class Config> [[nodiscard]] SettingValues unbind(const Config& config) {
  SettingValues result;
  std::apply([&](const auto&... s) { (result.emplace(std::string(s.name), settings::get(config, s)), ...); },
             settings_of<Config>());
  return result;
}

}  // namespace rota
