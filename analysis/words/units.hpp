// Figures as people read them: 41 200 ns is 41.2 µs, 3 221 225 472 bytes are 3.00 GiB.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rota::analysis {

// Multiply a figure by `factor` and write `name` behind it.
struct Scale {
  double factor = 1;
  std::string name;
};

// The scale in which `typical`, a figure in `unit` ("ns", "us", "ms", "s", "bytes", "1/s", "1" …), has few digits.
[[nodiscard]] Scale scale_for(std::string_view unit, double typical);

// Three significant digits: "0.0413", "1.80", "41.2", "412", "4120".
[[nodiscard]] std::string three_digits(double value);

// "41.2 µs"
[[nodiscard]] std::string human(double value, std::string_view unit);

// What a figure in `from` is multiplied by to be one in `to`: 1000 for "us" to "ns". None if they are of different
// kinds. "kB" and "MB" count in thousands, "KiB" and "MiB" in 1024.
[[nodiscard]] std::optional<double> conversion(std::string_view from, std::string_view to);

// "1k", "250k", "1M", "64": a parameter's value on an axis or in a sentence.
[[nodiscard]] std::string short_number(double value);

// A ratio: "0.0042", "0.96", "1.80", "12.4". Two decimals tell 0.97 from 1 without pretending to more.
[[nodiscard]] std::string ratio_digits(double value);

// What it means to be better by `gain` in this unit, for "a … b": "is 1.80× faster than", "needs 1.80× less memory
// than", "reaches 1.80× the rate of", "is 1.80× lower than".
[[nodiscard]] std::string better_by(std::string_view unit, std::string_view gain);

}  // namespace rota::analysis
