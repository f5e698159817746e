// Picoseconds from and to text, in whole numbers throughout.
#include "experiments/machine/picoseconds.hpp"

#include <fmt/format.h>

#include <array>

namespace rota::experiments {
namespace {

using simulated::Ps;

struct Unit {
  std::string_view name;
  unsigned decimals;  // digits behind the point that are still whole picoseconds
};
constexpr std::array units{Unit{"ps", 0}, Unit{"ns", 3}, Unit{"us", 6}, Unit{"ms", 9}, Unit{"s", 12}};
constexpr Ps most = 1'000'000'000'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits up to something else, appended to `number`; false if it grew too large.
bool take_digits(std::string_view& text, Ps& number, unsigned& count) {
  for (count = 0; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++count) {
    if (number > most) return false;
    number = number * 10 + (text.front() - '0');
  }
  return true;
}

const Unit* unit_called(std::string_view name) {
  for (const auto& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

}  // namespace

bool parse_picoseconds(std::string_view text, Ps& out) {
  Ps number = 0;
  unsigned before = 0;
  unsigned after = 0;
  if (!take_digits(text, number, before) || before == 0) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits(text, number, after) || after == 0) return false;
  }
  const Unit* unit = unit_called(text);
  if (unit == nullptr) return false;
  for (; after > unit->decimals; --after, number /= 10) {
    if (number % 10 != 0) return false;
  }
  for (; after < unit->decimals; ++after) {
    if (number > most) return false;
    number *= 10;
  }
  out = number;
  return number <= most;
}

std::string picoseconds_text(Ps value) {
  const Unit* best = units.data();
  Ps size = 1;
  for (Ps scale = 1; const auto& unit : units) {
    if (value >= scale) best = &unit, size = scale;
    scale *= 1000;
  }
  std::string fraction = best->decimals == 0 ? "" : fmt::format("{:0{}}", value % size, best->decimals);
  while (fraction.ends_with('0')) fraction.pop_back();
  return fmt::format("{}{}{}{}", value / size, fraction.empty() ? "" : ".", fraction, best->name);
}

}  // namespace rota::experiments
