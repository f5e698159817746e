// Text forms and range checks of settings.
#include "runtime/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "runtime/near_name.hpp"

namespace rota {
namespace {

struct TimeUnit {
  std::string_view name;
  double nanoseconds;
};
constexpr std::array<TimeUnit, 6> time_units{
    {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"min", 60e9}, {"h", 3600e9}}};

bool refuse(SettingError& error, std::string expected, const SettingValue& got) {
  error.expected = std::move(expected);
  error.got = std::holds_alternative<std::string>(got) ? "\"" + to_text(got) + "\"" : to_text(got);
  return false;
}

std::string integer_range(double least, double most) {
  if (most >= 9e18) return fmt::format("an integer of at least {:.0f}", least);
  return fmt::format("an integer from {:.0f} to {:.0f}", least, most);
}

std::string number_range(double least, double most) {
  if (most >= 9e18) return fmt::format("a number of at least {:g}", least);
  return fmt::format("a number from {:g} to {:g}", least, most);
}

std::string duration_range(double least, double most) {
  std::string result = "a duration such as \"100us\"";
  if (least > 0) result += " of at least " + to_text(Duration(static_cast<std::int64_t>(least)));
  if (most < 9e18) result += " and at most " + to_text(Duration(static_cast<std::int64_t>(most)));
  return result;
}

template <class Integer>
bool assign_integer(Integer& field, const SettingValue& value, double least, double most, SettingError& error) {
  most = std::min(most, static_cast<double>(std::numeric_limits<Integer>::max()));
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || static_cast<double>(*number) < least || static_cast<double>(*number) > most)
    return refuse(error, integer_range(least, most), value);
  field = static_cast<Integer>(*number);
  return true;
}

SettingInfo make_info(std::string_view name, std::string_view help, std::string type, const SettingValue& value,
                      std::string expected) {
  return {std::string(name), std::move(type), std::string(help), to_text(value), std::move(expected), {}};
}

}  // namespace

std::string to_text(Duration value) {
  const auto ns = static_cast<double>(value.count());
  const TimeUnit* best = &time_units[0];
  for (const auto& unit : std::span(time_units).first(4)) {
    if (std::abs(ns) >= unit.nanoseconds) best = &unit;
  }
  return fmt::format("{:.12g}{}", ns / best->nanoseconds, best->name);
}

std::string to_text(const SettingValue& value) {
  struct {
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return fmt::format("{}", v); }
    std::string operator()(double v) const { return fmt::format("{}", v); }
    std::string operator()(const std::string& v) const { return v; }
  } visitor;
  return std::visit(visitor, value);
}

bool parse_duration(std::string_view text, Duration& out) {
  std::size_t digits = 0;
  while (digits < text.size() && (std::isdigit(static_cast<unsigned char>(text[digits])) != 0 || text[digits] == '.'))
    ++digits;
  if (digits == 0) return false;
  double number = 0;
  try {
    std::size_t used = 0;
    number = std::stod(std::string(text.substr(0, digits)), &used);
    if (used != digits) return false;
  } catch (const std::exception&) {
    return false;
  }
  for (const auto& unit : time_units) {
    if (text.substr(digits) != unit.name) continue;
    const double ns = number * unit.nanoseconds;
    if (ns > 9.2e18) return false;
    out = Duration(std::llround(ns));
    return true;
  }
  return false;
}

namespace settings {

bool assign(bool& field, const SettingValue& value, double, double, SettingError& error) {
  const auto* flag = std::get_if<bool>(&value);
  if (flag == nullptr) return refuse(error, "true or false", value);
  field = *flag;
  return true;
}

bool assign(std::uint32_t& field, const SettingValue& value, double least, double most, SettingError& error) {
  return assign_integer(field, value, least, most, error);
}

bool assign(std::uint64_t& field, const SettingValue& value, double least, double most, SettingError& error) {
  return assign_integer(field, value, least, most, error);
}

bool assign(double& field, const SettingValue& value, double least, double most, SettingError& error) {
  double number = 0;
  if (const auto* real = std::get_if<double>(&value)) {
    number = *real;
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    number = static_cast<double>(*integer);
  } else {
    return refuse(error, number_range(least, most), value);
  }
  if (!(number >= least && number <= most)) return refuse(error, number_range(least, most), value);
  field = number;
  return true;
}

bool assign(std::string& field, const SettingValue& value, double, double, SettingError& error) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return refuse(error, "a text", value);
  field = *text;
  return true;
}

bool assign(Duration& field, const SettingValue& value, double least, double most, SettingError& error) {
  const auto* text = std::get_if<std::string>(&value);
  Duration parsed{};
  if (text == nullptr || !parse_duration(*text, parsed)) return refuse(error, duration_range(least, most), value);
  const auto ns = static_cast<double>(parsed.count());
  if (ns < least || ns > most) return refuse(error, duration_range(least, most), value);
  field = parsed;
  return true;
}

SettingValue read(bool value) { return value; }
SettingValue read(std::uint32_t value) { return static_cast<std::int64_t>(value); }
SettingValue read(std::uint64_t value) { return static_cast<std::int64_t>(value); }
SettingValue read(double value) { return value; }
SettingValue read(const std::string& value) { return value; }
SettingValue read(Duration value) { return to_text(value); }

SettingInfo info(std::string_view name, std::string_view help, const bool& value, double, double) {
  return make_info(name, help, "bool", read(value), "true or false");
}
SettingInfo info(std::string_view name, std::string_view help, const std::uint32_t& value, double least, double most) {
  return make_info(name, help, "integer", read(value), integer_range(least, std::min(most, 4294967295.0)));
}
SettingInfo info(std::string_view name, std::string_view help, const std::uint64_t& value, double least, double most) {
  return make_info(name, help, "integer", read(value), integer_range(least, most));
}
SettingInfo info(std::string_view name, std::string_view help, const double& value, double least, double most) {
  return make_info(name, help, "number", read(value), number_range(least, most));
}
SettingInfo info(std::string_view name, std::string_view help, const std::string& value, double, double) {
  return make_info(name, help, "text", read(value), "a text");
}
SettingInfo info(std::string_view name, std::string_view help, const Duration& value, double least, double most) {
  return make_info(name, help, "duration", read(value), duration_range(least, most));
}

SettingInfo info_choice(std::string_view name, std::string_view help, std::string_view current,
                        std::vector<std::string> choices) {
  std::string expected = "one of";
  for (const auto& option : choices) expected += (&option == choices.data() ? " " : ", ") + option;
  SettingInfo result = make_info(name, help, "choice", std::string(current), std::move(expected));
  result.choices = std::move(choices);
  return result;
}

bool fail_unknown(const std::string& key, const std::vector<SettingInfo>& known, SettingError& error) {
  error = {key, known.empty() ? "no settings at all" : "one of the settings", "an unknown key"};
  std::vector<std::string_view> names;
  for (const auto& s : known) {
    error.expected += (&s == known.data() ? " " : ", ") + s.name;
    names.push_back(s.name);
  }
  error.got += did_you_mean(key, names);
  return false;
}

}  // namespace settings
}  // namespace rota
